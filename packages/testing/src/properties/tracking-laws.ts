import {
  evolveShipment,
  type Followed,
  follow,
  inSequence,
  type KeptScan,
  numbersOf,
  OrderId,
  type Shipment,
  stageOf,
  type Tracked,
  type TrackingEvent,
  trackingStatuses,
} from '@rappit/domain';
import fc from 'fast-check';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { draftShipment } from '../contracts/shipment-stage.js';
import { fakeIds } from '../fakes/fake-ids.js';
import { type Law, law } from './law.js';

const NOW = new Date('2026-01-20T12:00:00Z');
const places = ['Leipzig', 'Tokyo', null] as const;
const offsets = { Leipzig: 60, Tokyo: 540 } as const;

/** A scan at one of few moments and places, so that many are the same or at the same time; told with its clock's distance from UTC or without. */
const anyScan = (): fc.Arbitrary<TrackingEvent> =>
  fc
    .record({
      hour: fc.nat({ max: 6 }),
      status: fc.option(fc.constantFrom(...trackingStatuses), { freq: 9 }),
      place: fc.constantFrom(...places),
      withOffset: fc.boolean(),
    })
    .map(({ hour, status, place, withOffset }) => ({
      at: { local: `2026-01-0${1 + hour}T10:00:00`, utcOffsetMinutes: withOffset && place ? offsets[place] : null },
      code: status ?? 'XX',
      status,
      description: '',
      place,
    }));

/** What a carrier may say at once: scans of one of up to three parcels. */
const anyTelling = (): fc.Arbitrary<Tracked> =>
  fc
    .record({ parcel: fc.nat({ max: 2 }), events: fc.array(anyScan(), { maxLength: 4 }) })
    .map(({ parcel, events }) => ({ trackingNumber: `P${parcel}`, status: null, events, signedBy: null, deliveryOn: null }));

const tellings = () => fc.array(anyTelling(), { maxLength: 8 });
const parcels = () => fc.integer({ min: 1, max: 3 });

const labelled = (count: number): Shipment => {
  const draft = draftShipment(
    { ids: fakeIds() },
    { id: OrderId('order'), lines: [], placedAt: NOW } as never,
    {
      locationId: 'location',
    } as never,
  );
  const numbers = ['P0', 'P1', 'P2'].slice(0, count);
  const begun = evolveShipment(draft, { status: 'purchasing' });
  return evolveShipment(begun, { status: 'labelled', trackingNumber: 'P0', parcelNumbers: numbers });
};

const pace = { trackParcels: true, trackEveryMinutes: 60 };
type Following = typeof follow;
type State = { readonly shipment: Shipment; readonly known: readonly KeptScan[] };

const keyOf = ({ number, at, code, place }: KeptScan): string => `${number} ${at.local} ${code} ${place}`;

/** What is kept after a telling, as a store keeps it. */
const hear =
  (following: Following) =>
  ({ shipment, known }: State, told: readonly Tracked[]): State => {
    const heard: Followed = following({ shipment, known, pace, now: NOW }, told);
    const kept = new Map([...known, ...heard.scans].map((scan) => [keyOf(scan), scan]));
    return { shipment: heard.shipment, known: [...kept.values()] };
  };

const standing = ({ shipment: { status, parcelStandings }, known }: State) => ({
  status,
  parcels: Object.fromEntries(parcelStandings.map((one) => [one.number, one.status])),
  scans: inSequence(known).map(({ code, at, place }) => `${code} ${at.local} ${at.utcOffsetMinutes} ${place}`),
});

const withAllNumbers = (told: readonly Tracked[], shipment: Shipment): readonly Tracked[] => [
  ...numbersOf(shipment, pace).map((trackingNumber) => ({
    trackingNumber,
    status: null,
    events: [],
    signedBy: null,
    deliveryOn: null,
  })),
  ...told,
];

/** Carriers tell late, twice, and in any order. */
export const trackingIgnoresTheOrder = (following: Following = follow): Law =>
  law(
    'scans lead to the same, whatever order they are told in, in whatever pieces, and however often',
    fc.record({ count: parcels(), told: tellings(), again: fc.array(fc.nat({ max: 7 }), { maxLength: 8 }), seed: fc.nat() }),
    ({ count, told, again, seed }) => {
      const shipment = labelled(count);
      const start = hear(following)({ shipment, known: [] }, withAllNumbers([], shipment));
      const atOnce = hear(following)(start, told);
      const repeated = [...told, ...again.flatMap((index) => told[index] ?? [])];
      const shuffled = repeated
        .map((one, index) => ({ one, place: (Math.imul(index + 1, 2_654_435_761) ^ Math.imul(seed + 1, 40_503)) >>> 0 }))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one);
      for (const order of [shuffled, [...shuffled].reverse()])
        expectEqual(
          standing(order.reduce((state, one) => hear(following)(state, [one]), start)),
          standing(atOnce),
          'where it stands',
        );
    },
  );

/** A status never goes back, whatever is heard. */
export const trackingNeverGoesBack = (following: Following = follow): Law =>
  law('no scan moves a shipment back', fc.record({ count: parcels(), told: tellings() }), ({ count, told }) => {
    let state: State = { shipment: labelled(count), known: [] };
    for (const one of told) {
      const after = hear(following)(state, [one]);
      const [from, to] = [stageOf[state.shipment.status] ?? -1, stageOf[after.shipment.status] ?? -1];
      expectThat(from <= to, `from ${state.shipment.status} to ${after.shipment.status}`);
      expectEqual(after.shipment.version - state.shipment.version <= 1, true, 'one change is one version');
      state = after;
    }
  });

/** Hearing the same again is no change. */
export const trackingIsQuietAboutWhatIsKnown = (following: Following = follow): Law =>
  law('what was heard before changes nothing', fc.record({ count: parcels(), told: tellings() }), ({ count, told }) => {
    const once = hear(following)({ shipment: labelled(count), known: [] }, told);
    const twice = following({ ...once, pace, now: NOW }, told);
    expectThat(twice.shipment === once.shipment, 'the shipment is the very same');
    expectEqual(twice.scans, [], 'the scans to keep');
  });

/** A shipment counts as delivered only when each of its parcels was. */
export const deliveredMeansEveryParcel = (following: Following = follow): Law =>
  law('delivered are all parcels or none', fc.record({ count: parcels(), told: tellings() }), ({ count, told }) => {
    const { shipment } = hear(following)({ shipment: labelled(count), known: [] }, told);
    if (shipment.status !== 'delivered') return;
    expectEqual(
      shipment.parcelStandings.map(({ status }) => status),
      Array.from({ length: count }, () => 'delivered'),
      'the parcels of a delivered shipment',
    );
  });
