import type { Brand } from '../kernel/index.js';
import type { LocationId } from './location.js';
import type { Sku } from './sku.js';

export type ReservationId = Brand<string, 'ReservationId'>;
export const ReservationId = (text: string): ReservationId => text as ReservationId;

/** I5: a reservation leaves `open` once, by one of these. */
export const exits = ['consumed', 'released', 'expired', 'broken'] as const;
export type Exit = (typeof exits)[number];

/** The whole machine (I5): what comes back later is a new reservation. */
export const reservationTransitions: Readonly<Record<'open' | Exit, readonly Exit[]>> = {
  open: exits,
  consumed: [],
  released: [],
  expired: [],
  broken: [],
};

/** Units of one level promised to one order line. */
export type Reservation = {
  readonly id: ReservationId;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly quantity: number;
  /** How many of them one unit of the order line takes when it is a kit; null when it isn't. */
  readonly unitQuantity: number | null;
  readonly status: 'open' | Exit;
  /** The shipment whose label is being, or was, bought for these units. While it is set and the status is open, they can't leave otherwise. */
  readonly shipmentId: string | null;
  /** Until when payment is waited for; null for a promise that lasts. */
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

/** A label is being bought for these units: they are neither released nor broken meanwhile. */
export const isPinned = (reservation: Reservation): boolean => reservation.status === 'open' && reservation.shipmentId !== null;

/** Payment was waited for long enough: the units count as free, though they stay reserved until somebody expires the reservation. */
export const isLapsed = ({ status, shipmentId, expiresAt }: Reservation, now: Date): boolean =>
  status === 'open' && shipmentId === null && expiresAt !== null && expiresAt <= now;
