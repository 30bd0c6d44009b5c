import {
  evolveShipment,
  noExtras,
  type Shipment,
  type ShipmentDocument,
  type ShipmentFilter,
  ShipmentId,
  usualOptions,
} from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import { keptAccount } from './carrier-accounts.contract.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { draftShipment } from './shipment-stage.js';
import { promisedStage } from './stock-stage.js';

/** A shipment that has been saved once, being bought. */
const begunStage = async (world: PersistenceWorld) => {
  const { stage, order, place } = await promisedStage(world);
  const shipment = evolveShipment(draftShipment(stage, order, place), {
    status: 'purchasing',
    purchaseStartedAt: order.placedAt,
  });
  await stage.run(({ shipments }) => shipments.save(shipment));
  return { stage, order, place, shipment };
};

export const shipmentsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds and locks a shipment with every fact as it was saved last',
    keeps: async (world) => {
      const { stage, shipment } = await begunStage(world);
      expectEqual(await stage.read(({ shipments }) => shipments.find(shipment.id)), shipment, 'the shipment');
      const refusal = { code: 'carrier.refused', message: 'Too heavy.', path: 'parcels[0].weightGrams' };
      const draft = evolveShipment(shipment, { status: 'draft', refusal });
      const account = await keptAccount(stage);
      const bought = evolveShipment(evolveShipment(draft, { status: 'purchasing' }), {
        options: {
          labelFormat: 'zpl',
          shipOn: '2026-01-06',
          extras: { ...noExtras, insuredFor: { amountMinor: 9_900, currency: 'EUR' }, signature: true },
          customs: { ...usualOptions.customs, purpose: 'gift', invoiceNumber: 'R-1' },
        },
        status: 'labelled',
        accountId: account.id,
        trackingNumber: 'FAKE1',
        parcelNumbers: ['FAKE1', 'FAKE1-2'],
        warnings: ['Saturday is a working day here.'],
        voidAskedAt: new Date('2026-01-05T09:58:00Z'),
        lookUpAt: new Date('2026-01-05T10:00:00Z'),
        service: 'express',
        cost: { amountMinor: 490, currency: 'EUR' },
        refusal: null,
        short: true,
      });
      await stage.run(async ({ shipments }) => {
        await shipments.save(draft);
        await shipments.save({ ...draft, status: 'purchasing', version: draft.version + 1 });
        await shipments.save(bought);
      });
      expectEqual(await stage.run(({ shipments }) => shipments.lock(shipment.id)), bought, 'the shipment afterwards');
      expectEqual(
        await stage.read(({ shipments }) => shipments.find(ShipmentId(world.ids.next()))),
        undefined,
        'an id that nobody has',
      );
    },
  },
  {
    promise: 'keeps why a carrier refused',
    keeps: async (world) => {
      const { stage, shipment } = await begunStage(world);
      const refused = evolveShipment(shipment, {
        status: 'draft',
        refusal: { code: 'carrier.refused', message: 'Too heavy.', path: null },
      });
      await stage.run(({ shipments }) => shipments.save(refused));
      expectEqual(await stage.read(({ shipments }) => shipments.find(shipment.id)), refused, 'the shipment');
    },
  },
  {
    promise: 'never saves a change of a shipment that somebody else has changed meanwhile',
    keeps: async (world) => {
      const { stage, shipment } = await begunStage(world);
      const [bought, unknown] = [
        evolveShipment(shipment, { status: 'labelled' }),
        evolveShipment(shipment, { status: 'unknown' }),
      ];
      const saving = (changed: typeof bought) =>
        stage.attempt(async ({ shipments }) => ({ ok: true as const, value: await shipments.save(changed) }));
      expectEqual((await saving(bought)).ok, true, 'whether the first change was saved');
      await expectNotDone(saving(unknown), 'a change of an old version');
      expectEqual(await stage.read(({ shipments }) => shipments.find(shipment.id)), bought, 'the shipment afterwards');
    },
  },
  {
    promise: 'lets one of many changes win that were decided on the same version at once',
    keeps: async (world) => {
      const { stage, shipment } = await begunStage(world);
      const settling = async () => {
        const answer = await stage.attempt(async ({ shipments }) => ({
          ok: true as const,
          value: await shipments.save(evolveShipment(shipment, { status: 'labelled' })),
        }));
        return answer.ok;
      };
      const done = await Promise.all([settling(), settling(), settling()].map((one) => one.catch(() => false)));
      expectEqual(done.filter(Boolean).length, 1, 'changes that were saved');
    },
  },
  {
    promise: 'keeps documents byte for byte, in their order',
    keeps: async (world) => {
      const { stage, shipment } = await begunStage(world);
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const documents: readonly ShipmentDocument[] = [
        { kind: 'label', format: 'zpl', content: new TextEncoder().encode('^XA^FDRückgabe^XZ') },
        { kind: 'customs', format: 'pdf', content: bytes },
        { kind: 'invoice', format: 'png', content: new Uint8Array() },
      ];
      await stage.run(({ shipments }) => shipments.addDocuments(shipment.id, documents));
      const kept = await stage.read(async ({ shipments }) => shipments.documents(await shipments.papers([shipment.id])));
      expectEqual(
        kept.map(({ kind, format, content }) => [kind, format, [...content]]),
        documents.map(({ kind, format, content }) => [kind, format, [...content]]),
        'the documents',
      );
    },
  },
  {
    promise: 'tells which papers shipments have and how large they are, and hands out those that are wanted',
    keeps: async (world) => {
      const { stage, order, place, shipment } = await begunStage(world);
      const other = evolveShipment(draftShipment(stage, order, place), { status: 'purchasing' });
      const paper = (kind: ShipmentDocument['kind'], size: number): ShipmentDocument => ({
        kind,
        format: 'pdf',
        content: new Uint8Array(size).fill(size),
      });
      const papers = (...ids: readonly ShipmentId[]) => stage.read(({ shipments }) => shipments.papers(ids));
      expectEqual(await papers(shipment.id), [], 'the papers before');
      await stage.run(async ({ shipments }) => {
        await shipments.save(other);
        await shipments.addDocuments(other.id, [paper('label', 5)]);
        await shipments.addDocuments(shipment.id, [paper('label', 3), paper('invoice', 0)]);
      });
      const [a, b] = [shipment.id, other.id];
      const nobody = ShipmentId(world.ids.next());
      const kept = [
        { shipmentId: a, position: 0, kind: 'label', format: 'pdf', bytes: 3 },
        { shipmentId: a, position: 1, kind: 'invoice', format: 'pdf', bytes: 0 },
        { shipmentId: b, position: 0, kind: 'label', format: 'pdf', bytes: 5 },
      ];
      expectEqual(await papers(b, nobody, a), kept, 'the papers');
      const wanted = [b, a, nobody].map((shipmentId) => ({ shipmentId, position: 0 }));
      const found = await stage.read(({ shipments }) => shipments.documents([...wanted, { shipmentId: b, position: 1 }]));
      expectEqual(
        found.map(({ shipmentId, position, content }) => [shipmentId, position, [...content]]),
        [
          [a, 0, [3, 3, 3]],
          [b, 0, [5, 5, 5, 5, 5]],
        ],
        'the papers that are wanted',
      );
      expectEqual(await stage.read(({ shipments }) => shipments.documents([])), [], 'none');
    },
  },
  {
    promise: 'finds many shipments at once, each once and in the order of their ids',
    keeps: async (world) => {
      const { stage, order, place, shipment } = await begunStage(world);
      const other = evolveShipment(draftShipment(stage, order, place), { status: 'purchasing' });
      await stage.run(({ shipments }) => shipments.save(other));
      const ids = [other.id, ShipmentId(world.ids.next()), shipment.id, other.id];
      expectEqual(await stage.read(({ shipments }) => shipments.findMany(ids)), [shipment, other], 'the shipments');
    },
  },
  {
    promise: 'finds the labels that were asked back and not answered for, when somebody should ask again',
    keeps: async (world) => {
      const { stage, shipment } = await begunStage(world);
      const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 10, minute));
      const dueAt = async (minute: number) =>
        (await stage.read(({ shipments }) => shipments.toLookUp(at(minute), 10))).map(({ id }) => id);
      const save = (changed: Shipment) => stage.run(({ shipments }) => shipments.save(changed));
      const labelled = evolveShipment(shipment, { status: 'labelled', lookUpAt: at(0) });
      await save(labelled);
      expectEqual(await dueAt(30), [], 'before it is asked back');
      const asked = evolveShipment(labelled, { voidAskedAt: at(0), lookUpAt: at(9) });
      await save(asked);
      expectEqual([await dueAt(8), await dueAt(9)], [[], [shipment.id]], 'when its next turn comes');
      const abandoned = evolveShipment(asked, { lookUpAt: null });
      await save(abandoned);
      expectEqual([await dueAt(1), await dueAt(2)], [[], [shipment.id]], 'when whoever asked has died');
      await save(evolveShipment(abandoned, { status: 'pickedUp' }));
      expectEqual(await dueAt(30), [], 'when its parcel is on its way');
    },
  },
  {
    promise: 'finds the purchases that somebody should look up by then, those begun first before others',
    keeps: async (world) => {
      const { stage, order, place, shipment } = await begunStage(world);
      const begunAt = (shipment.purchaseStartedAt ?? order.placedAt).getTime();
      const after = (minutes: number) => new Date(begunAt + minutes * 60_000);
      const another = (facts: Partial<Shipment>) =>
        evolveShipment(draftShipment(stage, order, place), { status: 'purchasing', ...facts });
      const earlier = another({ purchaseStartedAt: after(-1) });
      const putOff = evolveShipment(another({ purchaseStartedAt: after(-9) }), { status: 'unknown', lookUpAt: after(30) });
      const unknown = evolveShipment(another({ purchaseStartedAt: after(0) }), { status: 'unknown' });
      const settled = evolveShipment(another({ purchaseStartedAt: after(-9) }), { status: 'labelled' });
      for (const one of [earlier, putOff, unknown, settled])
        await stage.run(async ({ shipments }) => {
          if (one.version > 1) await shipments.save({ ...one, version: 1 });
          await shipments.save(one);
        });
      const dueAt = async (minutes: number, limit = 10) =>
        (await stage.read(({ shipments }) => shipments.toLookUp(after(minutes), limit))).map(({ id }) => id);
      const begun = [shipment.id, unknown.id].sort();
      expectEqual(await dueAt(0.5), [], 'before any counts as abandoned');
      expectEqual(await dueAt(1), [earlier.id], 'two minutes after the first was begun');
      expectEqual(await dueAt(2), [earlier.id, ...begun], 'two minutes after the others');
      expectEqual(await dueAt(30), [putOff.id, earlier.id, ...begun], 'when what was put off is due');
      expectEqual(await dueAt(30, 2), [putOff.id, earlier.id], 'no more than were asked for');
    },
  },
  {
    promise: 'lists shipments newest first, page by page, each once, of one order or status when asked',
    keeps: async (world) => {
      const { stage, order, place, shipment } = await begunStage(world);
      const other = await stage.place([exampleLine('MUG', 1)]);
      const more = [order, other, other].map((one) => evolveShipment(draftShipment(stage, one, place), { status: 'purchasing' }));
      for (const one of more) await stage.run(({ shipments }) => shipments.save(one));
      const all = await allPages(2, (page) => stage.read(({ shipments }) => shipments.list(page, {})));
      expectEqual(
        all.map(({ id }) => id),
        [shipment, ...more].map(({ id }) => id).reverse(),
        'all shipments',
      );
      const ofOrder = await allPages(1, (page) => stage.read(({ shipments }) => shipments.list(page, { orderId: order.id })));
      const [second] = more;
      expectThat(second !== undefined, 'there is a second shipment');
      expectEqual(ofOrder, [second, shipment], 'the shipments of one order');
      const labelled = evolveShipment(shipment, { status: 'labelled' });
      await stage.run(({ shipments }) => shipments.save(labelled));
      const listed = (filter: ShipmentFilter) =>
        allPages(1, (page) => stage.read(({ shipments }) => shipments.list(page, filter)));
      expectEqual(await listed({ status: 'labelled' }), [labelled], 'the shipments that are labelled');
      expectEqual(await listed({ orderId: order.id, status: 'purchasing' }), [second], 'those of one order and status');
    },
  },
];
