import { bug } from '../kernel/index.js';
import type { Take } from './allocate.js';
import type { MovementKind } from './movement.js';
import { type Exit, type Reservation, ReservationId } from './reservation.js';
import { type Books, noChange, type Occasion, type StockChange, together } from './stock-change.js';

/** Opens a reservation for each take. The takes come from `allocate` on the same levels. `expiresAt` is until when payment is waited for. */
export const reserve = (
  books: Books,
  occasion: Occasion,
  takes: readonly Take[],
  orderId: string,
  expiresAt: Date | null,
): StockChange => {
  const opened = takes.map(
    ({ lineId, sku, locationId, quantity, unitQuantity }): Reservation => ({
      id: ReservationId(occasion.ids.next()),
      orderId,
      orderLineId: lineId,
      sku,
      locationId,
      quantity,
      unitQuantity: unitQuantity ?? null,
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

/** Parts of them that come to so many units: whole reservations first to last, the last one split where need be. */
export const upTo = (
  occasion: Occasion,
  reservations: readonly Reservation[],
  units: number,
): { readonly change: StockChange; readonly parts: readonly Reservation[] } => {
  const changes: StockChange[] = [];
  const parts: Reservation[] = [];
  let missing = units;
  for (const reservation of reservations) {
    if (missing === 0) break;
    if (reservation.quantity <= missing) parts.push(reservation);
    else {
      const { change, off } = split(occasion, reservation, missing);
      changes.push(change);
      parts.push(off);
    }
    missing -= Math.min(missing, reservation.quantity);
  }
  if (missing > 0) bug(`I2: ${missing} promised units have no open reservation`);
  return { change: together(changes), parts };
};
