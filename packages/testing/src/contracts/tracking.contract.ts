import { type AccountOfCarrier, evolveShipment, type KeptScan, type ParcelStanding, type Shipment } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import { keptAccount } from './carrier-accounts.contract.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { draftShipment } from './shipment-stage.js';
import { promisedStage } from './stock-stage.js';

const HOUR_MS = 3_600_000;

/** Shipments whose labels were bought, by their numbers. */
const soldStage = async (world: PersistenceWorld) => {
  const { stage, order, place } = await promisedStage(world);
  const sell = async (trackingNumber: string, facts: Partial<Shipment> = {}): Promise<Shipment> => {
    const begun = evolveShipment(draftShipment(stage, order, place), { status: 'purchasing' });
    const sold = evolveShipment(begun, { status: 'labelled', trackingNumber, ...facts });
    await stage.run(async ({ shipments }) => {
      await shipments.save(begun);
      await shipments.save(sold);
    });
    return sold;
  };
  const { now } = await stage.run(async ({ now }) => ({ now }));
  /** So many hours before the stage was set. */
  const ago = (hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);
  const find = ({ id }: Shipment) => stage.read(({ shipments }) => shipments.find(id));
  return { stage, order, place, sell, ago, find };
};

const scanOf = ({ id }: Shipment, facts: Partial<KeptScan> = {}): KeptScan => ({
  shipmentId: id,
  number: 'N1',
  at: { local: '2026-01-05T10:00:00', utcOffsetMinutes: 60 },
  code: 'PU',
  status: 'pickedUp',
  description: 'Picked up, with thanks — شكرا',
  place: 'Leipzig',
  ...facts,
});

const standing: ParcelStanding = { number: 'N1', status: 'inTransit', signedBy: null, deliveryOn: '2026-01-08' };

const inOrder = (scans: readonly KeptScan[]) => scans.map((scan) => JSON.stringify(scan, Object.keys(scan).sort())).sort();

const keptCases: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'saves where shipments stand and when they are tracked, and nothing else of them',
    keeps: async (world) => {
      const { stage, sell, ago, find } = await soldStage(world);
      const [one, other] = [await sell('N1', { warnings: ['Mind the step.'] }), await sell('N2')];
      const facts = {
        status: 'inTransit',
        parcelStandings: [standing],
        trackedAt: ago(1),
        trackAt: ago(-2),
        trackFailures: 2,
      } as const;
      const changed = [one, other].map((shipment) => evolveShipment(shipment, facts));
      await stage.run(({ shipments }) => shipments.saveTracked(changed.map((shipment) => ({ ...shipment, warnings: [] }))));
      expectEqual(await find(one), { ...one, ...facts, version: one.version + 1 }, 'the first');
      expectEqual(await find(other), { ...other, ...facts, version: other.version + 1 }, 'the second');
    },
  },
  {
    promise: 'saves none of several tracked shipments when one was changed meanwhile',
    keeps: async (world) => {
      const { stage, sell, find } = await soldStage(world);
      const [one, other] = [await sell('N1'), await sell('N2')];
      const late = [evolveShipment(one, { status: 'pickedUp' }), { ...evolveShipment(other, {}), version: other.version + 2 }];
      await expectNotDone(
        stage.attempt(async ({ shipments }) => ({ ok: true as const, value: await shipments.saveTracked(late) })),
        'a change of an old version',
      );
      expectEqual([await find(one), await find(other)], [one, other], 'the shipments');
    },
  },
  {
    promise: 'keeps each scan once, by its shipment, number, local time, code and place, as it was kept last',
    keeps: async (world) => {
      const { stage, sell } = await soldStage(world);
      const [one, other] = [await sell('N1'), await sell('N2')];
      const scans = [
        scanOf(one),
        scanOf(one, { number: 'N9' }),
        scanOf(one, { at: { local: '2026-01-05T11:00:00', utcOffsetMinutes: null } }),
        scanOf(one, { code: 'XX', status: null }),
        scanOf(one, { place: null }),
        scanOf(other),
      ];
      await stage.run(({ shipments }) => shipments.keepScans(scans));
      const again = scanOf(one, { at: { local: '2026-01-05T10:00:00', utcOffsetMinutes: null }, status: null, description: 'x' });
      await stage.run(({ shipments }) => shipments.keepScans([again]));
      const scansOf = (...of: readonly Shipment[]) => stage.read(({ shipments }) => shipments.scansOf(of.map(({ id }) => id)));
      expectEqual(inOrder(await scansOf(one)), inOrder([again, ...scans.slice(1, 5)]), 'the scans of one');
      expectEqual((await scansOf(one, other)).length, 6, 'the scans of both');
      expectEqual(await scansOf(), [], 'the scans of none');
    },
  },
  {
    promise: 'finds shipments by their own numbers and those of their parcels, of one carrier and account',
    keeps: async (world) => {
      const { stage, order, place, sell } = await soldStage(world);
      const [one, other] = [await sell('N1', { parcelNumbers: ['P1', 'P2'] }), await sell('N2')];
      await stage.run(({ shipments }) => shipments.save({ ...draftShipment(stage, order, place), version: 1 }));
      const found = async (carrier: string, ...numbers: readonly string[]) =>
        (await stage.read(({ shipments }) => shipments.byNumbers({ carrier, accountId: null }, numbers))).map(({ id }) => id);
      expectEqual(await found('fake', 'N1', 'N3'), [one.id], 'by its own');
      expectEqual(await found('fake', 'P2', 'N2', 'P1'), [one.id, other.id], "by its parcels'");
      const { id: accountId } = await keptAccount(stage);
      const { id: ofAccount } = await sell('N1', { accountId });
      expectEqual(await found('fake', 'N1'), [one.id], 'by its own, of the same account');
      const onAccount = await stage.read(({ shipments }) => shipments.byNumbers({ carrier: 'fake', accountId }, ['N1', 'N2']));
      expectEqual(
        onAccount.map(({ id }) => id),
        [ofAccount],
        'those of an account',
      );
      expectEqual(await found('dhl', 'N1', 'P1'), [], "another carrier's");
      expectEqual(await found('fake'), [], 'by none');
    },
  },
  {
    promise: 'locks shipments in the order of their ids, and answers all of an order',
    keeps: async (world) => {
      const { stage, order, place, sell } = await soldStage(world);
      const [one, other] = [await sell('N1'), await sell('N2')];
      const elsewhere = await stage.place([exampleLine('MUG', 1)]);
      const foreign = { ...draftShipment(stage, elsewhere, place), version: 1 };
      await stage.run(({ shipments }) => shipments.save(foreign));
      const ids = [other.id, foreign.id, one.id];
      expectEqual(await stage.run(({ shipments }) => shipments.lockAll(ids)), [one, other, foreign], 'those that are locked');
      expectEqual(await stage.read(({ shipments }) => shipments.ofOrders([order.id])), [one, other], 'those of the order');
    },
  },
];

const dueCases: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'puts due shipments off and answers them as they were, those that were due first before others',
    keeps: async (world) => {
      const { stage, sell, ago, find } = await soldStage(world);
      const later = await sell('N1', { trackAt: ago(1) });
      const first = await sell('N2', { trackAt: ago(5) });
      const never = await sell('N3');
      for (const facts of [{ trackAt: ago(-1) }, { trackAt: ago(3), status: 'labelled' }] as const) {
        const other = await sell('N4', facts);
        if (facts.status) await stage.run(({ shipments }) => shipments.save(evolveShipment(other, { status: 'cancelled' })));
      }
      const until = ago(-9);
      const claim = (limit: number) => stage.run(({ shipments }) => shipments.claimToTrack(limit, until));
      expectEqual(await claim(2), [never, first], 'those that are due first');
      expectEqual(await claim(9), [later], 'the rest');
      expectEqual(await claim(9), [], 'those that are due then');
      expectEqual(await find(first), { ...first, trackAt: until }, 'one that was put off');
      await stage.run(({ shipments }) => shipments.putOffTracking([{ id: first.id, until: ago(2) }]));
      expectEqual(await claim(9), [{ ...first, trackAt: ago(2) }], 'one that is due again');
      const putOff = (failures?: number) =>
        stage.run(({ shipments }) =>
          shipments.putOffTracking([{ id: first.id, until: ago(2), ...(failures !== undefined && { failures }) }]),
        );
      await putOff(3);
      expectEqual(await find(first), { ...first, trackAt: ago(2), trackFailures: 3 }, 'one whose carrier has not answered');
      await putOff();
      expectEqual((await find(first))?.trackFailures, 3, 'how often it has not, when nothing is said of that');
    },
  },
  {
    promise: 'puts off what falls due of one carrier and account before it may be asked again, and nothing else',
    keeps: async (world) => {
      const { stage, sell, ago, find } = await soldStage(world);
      const { id: accountId } = await keptAccount(stage);
      const until = ago(-6);
      const falling = [
        await sell('N1'),
        await sell('N2', { trackAt: ago(2), trackFailures: 3 }),
        await sell('N3', { trackAt: ago(-5) }),
      ];
      const ended = evolveShipment(await sell('N4', { trackAt: ago(2) }), { status: 'cancelled' });
      await stage.run(({ shipments }) => shipments.save(ended));
      const onAccount = await sell('N5', { accountId });
      const others = [await sell('N6', { trackAt: ago(-7) }), await sell('N7', { carrier: 'other' }), ended];
      const seen = (of: readonly Shipment[]) => Promise.all(of.map(find));
      const putOff = (account: AccountOfCarrier) => stage.run(({ shipments }) => shipments.putOffAccount(account, until));
      const after = (one: Shipment) => ({ ...one, trackAt: until, trackFailures: Math.max(1, one.trackFailures) });
      await putOff({ carrier: 'fake', accountId: null });
      expectEqual(await seen(falling), falling.map(after), 'those that fall due');
      expectEqual(await seen([...others, onAccount]), [...others, onAccount], 'the others');
      await putOff({ carrier: 'fake', accountId });
      expectEqual(await find(onAccount), after(onAccount), 'the one on an account');
      expectEqual(await seen([...falling, ...others]), [...falling.map(after), ...others], 'those of no account');
    },
  },
  {
    promise: 'gives each due shipment to one of several who claim at once',
    keeps: async (world) => {
      const { stage, sell, ago } = await soldStage(world);
      const due = [await sell('N1'), await sell('N2'), await sell('N3', { trackAt: ago(1) })].map(({ id }) => id);
      const claims = await Promise.all([1, 2, 3].map(() => stage.run(({ shipments }) => shipments.claimToTrack(3, ago(-1)))));
      const rest = await stage.run(({ shipments }) => shipments.claimToTrack(3, ago(-1)));
      expectEqual([...claims.flat(), ...rest].map(({ id }) => id).sort(), [...due].sort(), 'those that were claimed');
    },
  },
];

const doorCases: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds the organizations of numbers through the door, of the installation’s own account only',
    keeps: async (world) => {
      const [ours, theirs] = [await soldStage(world), await soldStage(world)];
      const unique = world.ids.next();
      await ours.sell(`${unique}-1`, { parcelNumbers: [`${unique}-2`] });
      await theirs.sell(`${unique}-2`);
      const { id: accountId } = await keptAccount(ours.stage);
      await ours.sell(`${unique}-3`, { accountId });
      const found = async (carrier: string, ...ends: readonly string[]) =>
        (
          await world.door.organizationsOfNumbers(
            carrier,
            ends.map((end) => `${unique}-${end}`),
          )
        )
          .map(({ organizationId, number }) => `${organizationId} ${number.slice(-1)}`)
          .sort();
      const [we, they] = [ours.stage.organizationId, theirs.stage.organizationId];
      expectEqual(await found('fake', '1', '3'), [`${we} 1`], 'by its own number');
      expectEqual(await found('fake', '2'), [`${we} 2`, `${they} 2`].sort(), "by its own number, and by a parcel's");
      expectEqual(await found('dhl', '1'), [], "another carrier's");
      expectEqual(await found('fake'), [], 'none');
    },
  },
];

export const trackingContract: readonly ContractCase<PersistenceWorld>[] = [...keptCases, ...dueCases, ...doorCases];
