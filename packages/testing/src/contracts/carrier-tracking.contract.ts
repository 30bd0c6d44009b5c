import { momentOf, type Tracked } from '@rappit/domain';
import type { Scan } from '../fakes/carrier-fault.js';
import type { CarrierWorld } from './carrier-world.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';

const HOUR_MS = 3_600_000;

/** Scans an hour apart, from now on. */
const journey = (world: CarrierWorld, ...statuses: readonly Scan['status'][]): readonly Scan[] =>
  statuses.map((status, hours) => ({ status, at: new Date(world.now().getTime() + hours * HOUR_MS) }));

const followed = async (world: CarrierWorld, scans: readonly Scan[]): Promise<Tracked> => {
  const { trackingNumber } = expectOk(await world.carrier.buyLabel(world.order()), 'buying a label');
  await world.scan(trackingNumber, scans);
  const [tracked] = expectOk(await world.carrier.track([trackingNumber]), 'tracking it');
  expectThat(tracked?.trackingNumber === trackingNumber, 'the number that was asked for is answered');
  return tracked;
};

const statusesOf = ({ events }: Tracked) =>
  events.flatMap(({ status }) => (status === null || status === 'announced' ? [] : [status]));

const checkOrder = ({ events }: Tracked): void => {
  const times = events.map(({ at }) => momentOf(at));
  expectThat(times.every(Number.isFinite), 'each scan has a time');
  expectEqual(
    times,
    [...times].sort((one, other) => one - other),
    'the times of the scans',
  );
  expectThat(
    events.every(({ code }) => code.length > 0),
    'each scan has the code of the carrier',
  );
};

/** Only a carrier that tracks is held to these; one that doesn't has to say so. */
const whereTracked = (keeps: (world: CarrierWorld) => Promise<void>) => async (world: CarrierWorld) =>
  world.carrier.supports.trackAtOnce > 0
    ? keeps(world)
    : void expectRefused(await world.carrier.track(['1']), 'carrier.unsupported', 'tracking');

/** Where parcels are. */
export const carrierTracking: readonly ContractCase<CarrierWorld>[] = [
  {
    promise: 'follows a parcel to its delivery, scan by scan, oldest first',
    keeps: whereTracked(async (world) => {
      const tracked = await followed(world, journey(world, 'pickedUp', 'inTransit', 'outForDelivery', 'delivered'));
      checkOrder(tracked);
      expectEqual(statusesOf(tracked), ['pickedUp', 'inTransit', 'outForDelivery', 'delivered'], 'the scans');
      expectEqual(tracked.status, 'delivered', 'where it stands');
    }),
  },
  {
    promise: 'puts scans in order that the carrier has in another',
    keeps: whereTracked(async (world) => {
      const [picked, moved, out] = journey(world, 'pickedUp', 'inTransit', 'outForDelivery');
      const tracked = await followed(
        world,
        [moved, out, picked].flatMap((scan) => (scan ? [scan] : [])),
      );
      checkOrder(tracked);
      expectEqual(statusesOf(tracked), ['pickedUp', 'inTransit', 'outForDelivery'], 'the scans');
      expectEqual(tracked.status, 'outForDelivery', 'where it stands');
    }),
  },
  {
    promise: 'takes a parcel for returned that was sent back, also when it has arrived there',
    keeps: whereTracked(async (world) => {
      const tracked = await followed(world, journey(world, 'pickedUp', 'inTransit', 'returned', 'delivered'));
      expectEqual(tracked.status, 'returned', 'where it stands');
    }),
  },
  {
    promise: 'answers each number of many in the order they were asked for, and knows nothing of one that is not known',
    keeps: whereTracked(async (world) => {
      const buy = async () => expectOk(await world.carrier.buyLabel(world.order()), 'buying a label').trackingNumber;
      const [one, two, unseen] = [await buy(), await buy(), await buy()];
      await world.scan(one, journey(world, 'pickedUp'));
      await world.scan(two, journey(world, 'pickedUp', 'inTransit'));
      const numbers = [two, unseen, one].slice(0, world.carrier.supports.trackAtOnce);
      const tracked = expectOk(await world.carrier.track(numbers), 'tracking many');
      expectEqual(
        tracked.map(({ trackingNumber }) => trackingNumber),
        numbers,
        'the numbers that were answered',
      );
      tracked.forEach(checkOrder);
      expectEqual(
        tracked.map((parcel) => statusesOf(parcel)),
        [['pickedUp', 'inTransit'], [], ['pickedUp']].slice(0, numbers.length),
        'the scans',
      );
    }),
  },
];
