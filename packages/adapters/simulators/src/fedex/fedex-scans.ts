import type { CarrierBooks, SeenScan, ShipDays, Sold } from '../scenario/books.js';

const codes: Readonly<Record<SeenScan['status'], readonly [code: string, description: string]>> = {
  pickedUp: ['PU', 'Picked up'],
  inTransit: ['DP', 'Left FedEx origin facility'],
  outForDelivery: ['OD', 'On FedEx vehicle for delivery'],
  delivered: ['DL', 'Delivered'],
  returned: ['RS', 'Returning package to shipper'],
};

/** By the wall in Memphis in winter. */
const scanEvent = ({ at, status }: SeenScan) => {
  const [eventType, eventDescription] = codes[status];
  const local = new Date(at.getTime() - 6 * 3_600_000).toISOString().slice(0, 19);
  const scanLocation = { city: 'MEMPHIS', stateOrProvinceCode: 'TN', countryCode: 'US' };
  return { date: `${local}-06:00`, eventType, eventDescription, derivedStatusCode: eventType, scanLocation };
};

/** A shipment as tracking shows one of its parcels; the latest status is that of the last scan in the books. */
export const trackResult = (sale: Sold, scans: readonly SeenScan[], sequenceNumber: number) => {
  const events = scans.map(scanEvent).toReversed();
  const latest = [...events].sort((one, other) => other.date.localeCompare(one.date))[0];
  return {
    ...(latest && { latestStatusDetail: { code: latest.eventType, derivedCode: latest.eventType } }),
    scanEvents: events,
    dateAndTimes: [{ type: 'SHIP', dateTime: sale.soldAt.toISOString() }],
    packageDetails: { sequenceNumber: String(sequenceNumber), count: String(sale.pieces.length) },
    serviceDetail: { type: sale.service },
    deliveryDetails: scans.some(({ status }) => status === 'delivered') ? { receivedByName: 'J.LINDQVIST' } : {},
  };
};

const notFound = (code: string) => ({ error: { code, message: 'Tracking number cannot be found.' } });

/** Each number that was asked for; one that isn't known has an error in its place. */
export const trackedNumbers = (books: CarrierBooks, numbers: readonly string[]) =>
  numbers.map((trackingNumber) => {
    const sale = books.byNumber(trackingNumber);
    const scans = books.scansOf(trackingNumber);
    const known = sale && scans.length > 0;
    return { trackingNumber, trackResults: [known ? trackResult(sale, scans, 1) : notFound('TRACKING.TRACKINGNUMBER.NOTFOUND')] };
  });

/** As `2026-11-24`. */
const inMemphis = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago', dateStyle: 'short' });
export const dayInMemphis = (at: Date): string => inMemphis.format(at);

/** Every parcel that carries a reference, of what ships on these days. */
export const trackedReference = (books: CarrierBooks, reference: string, days: ShipDays) =>
  books.byReference(reference, days).flatMap((sale) =>
    sale.pieces.map((trackingNumber, index) => ({
      trackingNumber,
      trackResults: [trackResult(sale, books.scansOf(trackingNumber), index + 1)],
    })),
  );
