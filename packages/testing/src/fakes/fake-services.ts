import { type Carrier, err, inOrder, ok, standingOf, type TrackingEvent } from '@rappit/domain';
import { type CarrierFault, type Scan, whileAway } from './carrier-fault.js';
import { fakePaper, fakePrice } from './fake-label.js';

type Books = {
  readonly code: string;
  readonly faultNow: () => CarrierFault | null;
  readonly isSold: (trackingNumber: string) => boolean;
};

type Services = Pick<
  Carrier,
  'quoteRates' | 'voidLabel' | 'track' | 'proofOfDelivery' | 'bookPickup' | 'cancelPickup' | 'validateAddress'
>;

const refused = (message: string, path: string | null = null) => err({ code: 'carrier.refused', message, path } as const);

const asEvent = ({ at, status }: Scan): TrackingEvent => ({
  at: { local: at.toISOString().slice(0, 19), utcOffsetMinutes: 0 },
  code: status.toUpperCase(),
  status,
  description: status,
  place: null,
});

/** What a carrier does besides selling, from memory. */
export const fakeServices = ({ code, faultNow, isSold }: Books) => {
  const voided = new Set<string>();
  const pickups = new Set<string>();
  const scans = new Map<string, readonly Scan[]>();
  let booked = 0;
  const away = () => whileAway(faultNow(), code);
  const isLost = () => !['slow', null].includes(faultNow());
  const lost = err({ code: 'carrier.unknown_outcome', message: 'the answer was lost' } as const);
  const eventsOf = (number: string) => inOrder((scans.get(number) ?? []).map(asEvent));
  const operations: Services = {
    quoteRates: async (consignment) =>
      away() ??
      ok(
        ['standard', 'express'].map((service) => ({
          service,
          name: `Fake ${service}`,
          price: fakePrice(consignment, service),
          deliveryOn: null,
        })),
      ),
    voidLabel: async (number) => {
      const gone = away();
      if (gone) return gone;
      if (!isSold(number)) return refused('There is no such label.');
      if (scans.has(number)) return refused('The parcel is on its way.');
      voided.add(number);
      return isLost() ? lost : ok(null);
    },
    track: async (numbers) =>
      away() ??
      ok(
        numbers.map((trackingNumber) => {
          const events = eventsOf(trackingNumber);
          return { trackingNumber, events, status: standingOf(events), signedBy: null, deliveryOn: null };
        }),
      ),
    proofOfDelivery: async (number) =>
      away() ?? ok(standingOf(eventsOf(number)) === 'delivered' ? [fakePaper('proofOfDelivery', 'pdf', number)] : []),
    bookPickup: async ({ on, service }) => {
      const gone = away();
      if (gone) return gone;
      booked += 1;
      const confirmation = `PICKUP-${booked}`;
      pickups.add(confirmation);
      return isLost() ? lost : ok({ confirmation, on, service, station: null });
    },
    cancelPickup: async ({ confirmation }) => {
      const gone = away();
      if (gone) return gone;
      pickups.delete(confirmation);
      return isLost() ? lost : ok(null);
    },
    validateAddress: async ({ countryCode, city }) =>
      away() ??
      (/^[A-Z]{2}$/.test(countryCode)
        ? ok({ deliverable: city !== 'Nowhere', residential: null, better: null, remarks: [] })
        : refused('There is no such country.', 'countryCode')),
  };
  return {
    operations,
    scan: (number: string, seen: readonly Scan[]) => void scans.set(number, [...(scans.get(number) ?? []), ...seen]),
    voided: () => [...voided],
    pickups: () => [...pickups],
  };
};
