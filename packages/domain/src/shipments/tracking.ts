import type { ShipmentStatus } from './shipment.js';
import type { TrackingStatus } from './standing.js';

/** A moment by the clock on the wall where it happened, `YYYY-MM-DDTHH:mm:ss`. Carriers don't always say how far that clock is from UTC. */
export type LocalMoment = { readonly local: string; readonly utcOffsetMinutes: number | null };

/** One scan. `code` is the carrier's own; `status` null says nothing of where the parcel stands. */
export type TrackingEvent = {
  readonly at: LocalMoment;
  readonly code: string;
  readonly status: TrackingStatus | null;
  readonly description: string;
  readonly place: string | null;
};

/** What a carrier knows of one number. A number that it doesn't know (yet) has no events. */
export type Tracked = {
  readonly trackingNumber: string;
  readonly status: TrackingStatus | null;
  /** Oldest first. */
  readonly events: readonly TrackingEvent[];
  readonly signedBy: string | null;
  /** A day at the recipient's, `YYYY-MM-DD`. */
  readonly deliveryOn: string | null;
};

/** What each says of a shipment; null says nothing: such a parcel is where it was. */
export const shipmentStatusOf: Readonly<Record<TrackingStatus, ShipmentStatus | null>> = {
  announced: null,
  pickedUp: 'pickedUp',
  inTransit: 'inTransit',
  outForDelivery: 'outForDelivery',
  readyForPickup: 'outForDelivery',
  onHold: 'exception',
  delayed: 'exception',
  deliveryFailed: 'exception',
  damaged: 'exception',
  delivered: 'delivered',
  returned: 'returned',
  cancelled: 'exception',
};

const MINUTE_MS = 60_000;

/** The moment in milliseconds since 1970; a clock whose distance from UTC isn't known counts as UTC, which is good for an order and not for a time. */
export const momentOf = ({ local, utcOffsetMinutes }: LocalMoment): number =>
  Date.parse(`${local}Z`) - (utcOffsetMinutes ?? 0) * MINUTE_MS;

const sameScan = (one: TrackingEvent, other: TrackingEvent): boolean =>
  one.code === other.code && one.at.local === other.at.local && one.place === other.place;

/** Each scan once, oldest first; those of the same moment stay in the order they came in. */
export const inOrder = (events: readonly TrackingEvent[]): readonly TrackingEvent[] =>
  events
    .filter((event, index) => events.findIndex((other) => sameScan(event, other)) === index)
    .sort((one, other) => momentOf(one.at) - momentOf(other.at));

/**
 * Where a parcel with these scans stands, whatever order they are in.
 * A parcel that was sent back is returned, also when its last scan says delivered: that was at the sender's.
 */
export const standingOf = (events: readonly TrackingEvent[]): TrackingStatus | null => {
  const said = inOrder(events).flatMap(({ status }) => (status === null ? [] : [status]));
  return said.includes('returned') ? 'returned' : (said.at(-1) ?? null);
};
