import { evolvePickup, type PickupBooking, PickupBookingId, pickupStatuses, ShipmentId } from '@rappit/domain';
import { exampleAddress, exampleParcel } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';

/** A pickup at a location, not saved yet. */
const pickupStage = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const locationId = await stage.addLocation('MAIN');
  const make = (): PickupBooking => ({
    id: PickupBookingId(stage.ids.next()),
    carrier: 'fake',
    accountId: null,
    locationId,
    shipmentIds: [],
    wanted: {
      from: exampleAddress,
      parcels: [exampleParcel],
      on: '2026-01-06',
      readyAt: '09:00',
      closesAt: '17:30',
      place: 'reception',
      service: null,
      abroad: true,
    },
    status: 'booking',
    confirmation: null,
    station: null,
    refusal: null,
    askedAt: new Date('2026-01-05T09:00:00Z'),
    createdAt: new Date('2026-01-05T09:00:00Z'),
    version: 1,
  });
  return { stage, make, save: (pickup: PickupBooking) => stage.run(({ pickups }) => pickups.save(pickup)) };
};

export const pickupsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds and locks a pickup with every fact as it was saved last',
    keeps: async (world) => {
      const { stage, make, save } = await pickupStage(world);
      const pickup = make();
      await save(pickup);
      const find = () => stage.read(({ pickups }) => pickups.find(pickup.id));
      expectEqual(await find(), pickup, 'the pickup');
      const lost = evolvePickup(pickup, {
        status: 'unknown',
        refusal: { code: 'carrier.unknown_outcome', message: 'lost', path: null },
      });
      const booked = evolvePickup(lost, { status: 'booked', confirmation: 'P-1', station: 'FRA', refusal: null });
      await save(lost);
      expectEqual(await find(), lost, 'the pickup whose answer was lost');
      await save(booked);
      expectEqual(await stage.run(({ pickups }) => pickups.lock(pickup.id)), booked, 'the booked pickup');
      const nobody = PickupBookingId(stage.ids.next());
      expectEqual(await stage.read(({ pickups }) => pickups.find(nobody)), undefined, 'an id that nobody has');
    },
  },
  {
    promise: 'never saves a change of a pickup that somebody else has changed meanwhile',
    keeps: async (world) => {
      const { stage, make, save } = await pickupStage(world);
      const pickup = make();
      await save(pickup);
      const booked = evolvePickup(pickup, { status: 'booked', confirmation: 'P-1' });
      await save(booked);
      await expectNotDone(
        stage.attempt(async ({ pickups }) => ({
          ok: true as const,
          value: await pickups.save(evolvePickup(pickup, { status: 'refused' })),
        })),
        'a change of an old version',
      );
      expectEqual(await stage.read(({ pickups }) => pickups.find(pickup.id)), booked, 'the pickup afterwards');
    },
  },
  {
    promise:
      'knows of each shipment the pickups that come for it or may come, in every status, the oldest first, and none of another organization',
    keeps: async (world) => {
      const { stage, make, save } = await pickupStage(world);
      const [mine, alsoMine, nobodys] = [stage.ids.next(), stage.ids.next(), stage.ids.next()].map(ShipmentId) as [
        ShipmentId,
        ShipmentId,
        ShipmentId,
      ];
      const confirmed = ['booked', 'cancelling', 'cancelled'];
      const kept = pickupStatuses.map((status) => ({
        ...make(),
        status,
        shipmentIds: [alsoMine, mine],
        confirmation: confirmed.includes(status) ? 'P-1' : null,
      }));
      for (const pickup of kept) await save(pickup);
      await save({ ...make(), shipmentIds: [] });
      await save({ ...make(), shipmentIds: [ShipmentId(stage.ids.next())] });
      const open = kept.filter(({ status }) => status !== 'refused' && status !== 'cancelled');
      const openFor = (ids: readonly ShipmentId[]) => stage.read(({ pickups }) => pickups.openFor(ids));
      expectEqual(await openFor([nobodys, mine]), open, 'those for one of the shipments');
      expectEqual(await openFor([mine, alsoMine]), open, 'those for both, each once');
      expectEqual(await openFor([nobodys]), [], 'those for a shipment in none');
      expectEqual(await openFor([]), [], 'those for no shipment');
      const other = await openStage(world);
      expectEqual(await other.read(({ pickups }) => pickups.openFor([mine])), [], "another's");
    },
  },
  {
    promise: 'lists pickups newest first, page by page, each once, and none of another organization',
    keeps: async (world) => {
      const { stage, make, save } = await pickupStage(world);
      const all = [make(), make(), make()];
      for (const pickup of all) await save(pickup);
      const listed = await allPages(2, (page) => stage.read(({ pickups }) => pickups.list(page)));
      expectEqual(listed, [...all].reverse(), 'all pickups');
      const other = await openStage(world);
      expectEqual((await other.read(({ pickups }) => pickups.list({ limit: 9 }))).data, [], "another's pickups");
      const [first] = all;
      if (first) expectEqual(await other.read(({ pickups }) => pickups.find(first.id)), undefined, "another's pickup");
    },
  },
];
