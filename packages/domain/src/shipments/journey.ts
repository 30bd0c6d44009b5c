import { type ShipmentStatus, shipmentTransitions } from './shipment.js';
import type { TrackingStatus } from './standing.js';
import { momentOf, shipmentStatusOf, type TrackingEvent } from './tracking.js';

/** A carrier names its scans by nothing: the same code at the same time by the clock on the wall, at the same place, is the same scan. */
const scanKey = ({ code, at, place }: TrackingEvent): string => `${at.local}\n${code}\n${place ?? ''}`;

/** The same scan, told twice: how far its clock is from UTC is told by some answers only. */
const merged = (known: TrackingEvent, told: TrackingEvent): TrackingEvent => {
  const offsets = [known.at.utcOffsetMinutes, told.at.utcOffsetMinutes].filter((offset) => offset !== null);
  const utcOffsetMinutes = offsets.length === 0 ? null : Math.min(...offsets);
  const status = known.status ?? told.status;
  if (utcOffsetMinutes === known.at.utcOffsetMinutes && status === known.status) return known;
  return { ...known, at: { ...known.at, utcOffsetMinutes }, status };
};

/** Every scan once, whatever order they were told in and however often. What isn't new is the very object that was known. */
export const mergeScans = (
  known: readonly TrackingEvent[],
  told: readonly TrackingEvent[],
): { readonly scans: readonly TrackingEvent[]; readonly changed: readonly TrackingEvent[] } => {
  const scans = new Map(known.map((scan) => [scanKey(scan), scan]));
  const changed = new Set<string>();
  for (const scan of told) {
    const key = scanKey(scan);
    const before = scans.get(key);
    const after = before ? merged(before, scan) : scan;
    if (after !== before) changed.add(key);
    scans.set(key, after);
  }
  return { scans: [...scans.values()], changed: [...changed].flatMap((key) => scans.get(key) ?? []) };
};

/** How far along each is: a shipment never goes to a lower one. Among those of one number it may go to and fro. */
export const stageOf: Readonly<Partial<Record<ShipmentStatus, number>>> = {
  labelled: 0,
  pickedUp: 1,
  inTransit: 2,
  outForDelivery: 2,
  exception: 2,
  delivered: 3,
  returned: 4,
};

const statusOf = (status: TrackingStatus | null): ShipmentStatus => (status && shipmentStatusOf[status]) ?? 'labelled';

/** What was seen first comes first; of the same moment what says less, so that nothing depends on the order in which it was told. */
const bySequence = (one: TrackingEvent, other: TrackingEvent): number =>
  momentOf(one.at) - momentOf(other.at) ||
  (stageOf[statusOf(one.status)] ?? 0) - (stageOf[statusOf(other.status)] ?? 0) ||
  (scanKey(one) < scanKey(other) ? -1 : 1);

/** Scans in the order of time. */
export const inSequence = <Scan extends TrackingEvent>(scans: readonly Scan[]): readonly Scan[] => [...scans].sort(bySequence);

/**
 * Where a parcel stands after all its scans, in the order of time: each moves it where the machine of shipments lets it, and is passed over
 * where it doesn't. So a parcel that was sent back stays returned when it arrives there, and one that was delivered isn't on its way again.
 */
export const journeyOf = (scans: readonly TrackingEvent[]): TrackingStatus | null => {
  let standing: TrackingStatus | null = null;
  for (const { status } of inSequence(scans)) {
    if (status === null) continue;
    const [from, to] = [statusOf(standing), statusOf(status)];
    if (from === to || shipmentTransitions[from].includes(to)) standing = status;
  }
  return standing;
};

const ended: readonly ShipmentStatus[] = ['delivered', 'returned'];

/**
 * Where a shipment stands whose parcels stand so.
 * - It is delivered when every parcel is, and returned when every parcel has arrived somewhere and any came back.
 * - Until then it is what the farthest of the others is, an exception before anything else; parcels that have arrived show that it moves.
 */
export const statusOfParcels = (parcels: readonly (TrackingStatus | null)[]): ShipmentStatus => {
  const statuses = parcels.map(statusOf);
  const open = statuses.filter((status) => !ended.includes(status));
  if (open.length === 0) return statuses.includes('returned') ? 'returned' : 'delivered';
  const among: readonly ShipmentStatus[] = open.length === statuses.length ? open : [...open, 'inTransit'];
  const farthest = (['exception', 'outForDelivery', 'inTransit', 'pickedUp'] as const).find((status) => among.includes(status));
  return farthest ?? 'labelled';
};
