import type { LocationId } from '../inventory/index.js';
import { type Brand, bug } from '../kernel/index.js';
import type { CarrierAccountId } from './carrier-account-id.js';
import type { Pickup, PickupOrder } from './pickup.js';
import { ABANDONED_AFTER_MS, type CarrierAnswer, type ShipmentId } from './shipment.js';

export type PickupBookingId = Brand<string, 'PickupBookingId'>;
export const PickupBookingId = (text: string): PickupBookingId => text as PickupBookingId;

/**
 * `booking` and `cancelling` are written down before the carrier is asked. A booking whose answer was lost is `unknown`, since no carrier
 * tells what it has booked: it isn't asked for again. Cancelling may be asked twice.
 */
export const pickupStatuses = ['booking', 'unknown', 'booked', 'refused', 'cancelling', 'cancelled'] as const;
export type PickupStatus = (typeof pickupStatuses)[number];

/**
 * The whole machine. The answer to a booking may come after it counts as `unknown`, or after somebody has said that nobody comes; what a
 * carrier won't cancel stays `booked`.
 */
export const pickupTransitions: Readonly<Record<PickupStatus, readonly PickupStatus[]>> = {
  booking: ['booked', 'refused', 'unknown'],
  unknown: ['booked', 'refused'],
  booked: ['cancelling'],
  refused: ['booked'],
  cancelling: ['booked', 'cancelled'],
  cancelled: [],
};

/** Somebody comes, or may come: what is in such a pickup isn't asked for once more. */
export const openPickupStatuses = ['booking', 'unknown', 'booked', 'cancelling'] as const satisfies readonly PickupStatus[];

/** Somebody who comes for parcels of one account, at one location. */
export type PickupBooking = {
  readonly id: PickupBookingId;
  readonly carrier: string;
  readonly accountId: CarrierAccountId | null;
  readonly locationId: LocationId;
  readonly shipmentIds: readonly ShipmentId[];
  readonly wanted: PickupOrder;
  readonly status: PickupStatus;
  /** What the carrier knows the pickup by. */
  readonly confirmation: string | null;
  readonly station: string | null;
  /** The last thing that the carrier didn't do. */
  readonly refusal: CarrierAnswer | null;
  readonly askedAt: Date;
  readonly createdAt: Date;
  /** Rises with every change. */
  readonly version: number;
};

/** What the carrier wants to hear of it again; null of one that it hasn't confirmed. */
export const confirmedPickup = ({ confirmation, station, wanted }: PickupBooking): Pickup | null =>
  confirmation === null ? null : { confirmation, station, on: wanted.on, service: wanted.service };

/** As it counts at a moment: whoever was booking it so long ago has died, and nobody knows any more what the carrier did. */
export const standingPickup = (pickup: PickupBooking, now: Date): PickupBooking =>
  pickup.status === 'booking' && now.getTime() - pickup.askedAt.getTime() >= ABANDONED_AFTER_MS
    ? { ...pickup, status: 'unknown', refusal: pickup.refusal ?? UNANSWERED }
    : pickup;

/** What is said of a booking that waits for its answer. */
export const UNANSWERED = {
  code: 'carrier.unknown_outcome',
  message: 'the pickup was asked for, and not answered yet',
  path: null,
} as const satisfies CarrierAnswer;

/** A pickup after a change: one version on. A move the machine doesn't have is a bug. */
export const evolvePickup = (before: PickupBooking, change: Partial<PickupBooking>): PickupBooking => {
  const after = { ...before, ...change, version: before.version + 1 };
  if (after.status !== before.status && !pickupTransitions[before.status].includes(after.status))
    bug(`a pickup can't go from ${before.status} to ${after.status}`);
  return after;
};
