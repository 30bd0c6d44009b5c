import { bug } from '../kernel/index.js';
import type { Take } from './allocate.js';
import type { MovementKind } from './movement.js';
import { type Exit, type Reservation, ReservationId } from './reservation.js';
import { type Books, noChange, type Occasion, type StockChange } from './stock-change.js';

/** Opens a reservation for each take. The takes come from `allocate` on the same levels. */
export const reserve = (
  books: Books,
  occasion: Occasion,
  takes: readonly Take[],
  orderId: string,
  expiresAt: Date | null,
): StockChange => {
  const opened = takes.map(
    ({ lineId, sku, locationId, quantity }): Reservation => ({
      id: ReservationId(occasion.ids.next()),
      orderId,
      orderLineId: lineId,
      sku,
      locationId,
      quantity,
      status: 'open',
      shipmentId: null,
      expiresAt,
      createdAt: occasion.at,
      endedAt: null,
    }),
  );
  const movements = opened.map(({ sku, locationId, quantity }) =>
    books.move(occasion, {
      kind: 'reserve',
      sku,
      locationId,
      onHandDelta: 0,
      reservedDelta: quantity,
      reason: null,
      reference: { kind: 'order', id: orderId },
    }),
  );
  return { ...noChange, opened, movements };
};

const kindOf: Readonly<Record<Exit, MovementKind>> = {
  consumed: 'consume',
  released: 'release',
  expired: 'expire',
  broken: 'break',
};

/**
 * Ends open reservations whole. `consumed` takes the units off what is on hand, each other exit gives them back to what is available.
 * A pinned reservation leaves only with the shipment it is pinned to, by `consumed`.
 */
export const leave = (
  books: Books,
  occasion: Occasion,
  reservations: readonly Reservation[],
  to: Exit,
  reason: string | null,
): StockChange => {
  const movements = reservations.map((reservation) => {
    const { sku, locationId, quantity, shipmentId, orderId } = reservation;
    if (reservation.status !== 'open') bug(`I5: reservation ${reservation.id} has left open before`);
    if (to !== 'consumed' && shipmentId !== null) bug(`reservation ${reservation.id} is pinned to a shipment`);
    return books.move(occasion, {
      kind: kindOf[to],
      sku,
      locationId,
      onHandDelta: to === 'consumed' ? -quantity : 0,
      reservedDelta: -quantity,
      reason,
      reference: to === 'consumed' && shipmentId ? { kind: 'shipment', id: shipmentId } : { kind: 'order', id: orderId },
    });
  });
  return { ...noChange, exits: reservations.map(({ id, quantity }) => ({ id, quantity, to, at: occasion.at })), movements };
};

/** Parts `units` off an open reservation as a reservation of its own, open too; the ledger doesn't see it. */
export const split = (
  occasion: Occasion,
  reservation: Reservation,
  units: number,
): { readonly change: StockChange; readonly off: Reservation } => {
  if (units < 1 || units >= reservation.quantity) bug(`can't part ${units} off a reservation of ${reservation.quantity}`);
  const off: Reservation = { ...reservation, id: ReservationId(occasion.ids.next()), quantity: units };
  return { change: { ...noChange, splits: [{ id: reservation.id, of: reservation.quantity, off }] }, off };
};
