import type { CarrierSupports } from './carrier.port.js';
import { journeyOf, mergeScans, statusOfParcels } from './journey.js';
import { evolveShipment, type Shipment, type ShipmentId, type ShipmentStatus, shipmentTransitions } from './shipment.js';
import type { ParcelStanding } from './standing.js';
import { momentOf, type Tracked, type TrackingEvent } from './tracking.js';

/** A scan as it is kept: which number of which shipment was seen. */
export type KeptScan = TrackingEvent & { readonly shipmentId: ShipmentId; readonly number: string };

/** What a carrier said of a number of a shipment. */
export type Told = { readonly shipment: Pick<Shipment, 'id' | 'orderId'>; readonly tracked: Tracked };

/** How a carrier may be asked where parcels are. */
export type Pace = Pick<CarrierSupports, 'trackParcels' | 'trackEveryMinutes'>;

/** The numbers that a shipment is followed by: those of its parcels where the carrier follows each by itself. None before its label is bought. */
export const numbersOf = ({ trackingNumber, parcelNumbers }: Shipment, { trackParcels }: Pick<Pace, 'trackParcels'>) => {
  if (trackingNumber === null) return [];
  return trackParcels && parcelNumbers.length > 0 ? [...new Set(parcelNumbers)] : [trackingNumber];
};

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;
const MAX_CODE = 50;
const MAX_TEXT = 300;
const MAX_SCANS = 500;

const sound = (text: string, length: number): string => text.slice(0, length).replace(/[\p{Cc}\p{Cs}]/gu, ' ');

/** What may be kept of what a carrier said: scans whose time can be read, texts of some length; of very many the youngest. */
const soundScans = (events: readonly TrackingEvent[]): readonly TrackingEvent[] =>
  events
    .filter(({ at }) => LOCAL.test(at.local) && Number.isFinite(momentOf(at)))
    .slice(-MAX_SCANS)
    .map(({ at, code, status, description, place }) => ({
      at: { local: at.local, utcOffsetMinutes: Number.isSafeInteger(at.utcOffsetMinutes) ? at.utcOffsetMinutes : null },
      code: sound(code, MAX_CODE),
      status,
      description: sound(description, MAX_TEXT),
      place: sound(place ?? '', MAX_TEXT) || null,
    }));

/** A carrier's summary at times says more than any scan: it is kept as a scan of the moment at which it was said. */
const summarised = ({ status, events }: Tracked, known: readonly TrackingEvent[], now: Date): readonly TrackingEvent[] => {
  const scans = soundScans(events);
  if (status === null || [...known, ...scans].some((scan) => scan.status === status)) return scans;
  const at = { local: now.toISOString().slice(0, 19), utcOffsetMinutes: 0 };
  return [...scans, { at, code: status, status, description: '', place: null }];
};

export type Followed = {
  readonly shipment: Shipment;
  /** New ones, and those of which more is known now. */
  readonly scans: readonly KeptScan[];
};

type Following = { readonly shipment: Shipment; readonly known: readonly KeptScan[]; readonly pace: Pace; readonly now: Date };

/**
 * A shipment after what its carrier said of its numbers; what was said of other numbers is left out.
 * Where it stands follows from all scans that are known, and from nothing else: neither from the order in which they were told, nor from
 * how often. It never goes back.
 */
export const follow = ({ shipment, known, pace, now }: Following, told: readonly Tracked[]): Followed => {
  const numbers = numbersOf(shipment, pace);
  if (numbers.length === 0) return { shipment, scans: [] };
  const scans: KeptScan[] = [];
  const parcels = numbers.map((number): ParcelStanding => {
    const before = shipment.parcelStandings.find((one) => one.number === number) ?? unseen(number);
    const said = told.filter(({ trackingNumber }) => trackingNumber === number);
    if (said.length === 0) return before;
    const mine = known.filter((scan) => scan.number === number).map(({ shipmentId: _, number: __, ...scan }) => scan);
    const merged = mergeScans(
      mine,
      said.flatMap((tracked) => summarised(tracked, mine, now)),
    );
    scans.push(...merged.changed.map((scan) => ({ ...scan, shipmentId: shipment.id, number })));
    const last = said.at(-1);
    return {
      number,
      status: journeyOf(merged.scans),
      signedBy: last?.signedBy ?? before.signedBy,
      deliveryOn: last?.deliveryOn ?? before.deliveryOn,
    };
  });
  return { shipment: moved(shipment, parcels), scans };
};

const unseen = (number: string): ParcelStanding => ({ number, status: null, signedBy: null, deliveryOn: null });

const sameStandings = (some: readonly ParcelStanding[], others: readonly ParcelStanding[]): boolean =>
  some.length === others.length &&
  some.every(({ number, status, signedBy, deliveryOn }, index) => {
    const other = others[index];
    return other?.number === number && other.status === status && other.signedBy === signedBy && other.deliveryOn === deliveryOn;
  });

const moving: readonly ShipmentStatus[] = ['labelled', 'pickedUp', 'inTransit', 'outForDelivery', 'exception', 'delivered'];

/** What scans still move. What is returned or cancelled stays so. */
export const isMoving = ({ status }: Shipment): boolean => moving.includes(status);

const moved = (shipment: Shipment, parcels: readonly ParcelStanding[]): Shipment => {
  const status = isMoving(shipment) ? statusOfParcels(parcels.map((parcel) => parcel.status)) : shipment.status;
  const change = { status, parcelStandings: parcels };
  if (status === shipment.status)
    return sameStandings(parcels, shipment.parcelStandings) ? shipment : evolveShipment(shipment, change);
  if (shipmentTransitions[shipment.status].includes(status)) return evolveShipment(shipment, change);
  // An exception was told of late, or one parcel has arrived before the others: what is open has gone on through it.
  const through = { ...evolveShipment(shipment, { status: 'exception' }), version: shipment.version };
  return evolveShipment(through, change);
};
