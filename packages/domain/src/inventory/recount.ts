import { bug, err, ok, type Result } from '../kernel/index.js';
import { available } from './level.js';
import type { LocationId } from './location.js';
import type { Reference } from './movement.js';
import { leave, split } from './promise.js';
import type { Reservation } from './reservation.js';
import type { Sku } from './sku.js';
import { type Books, noChange, type Occasion, type StockChange, together } from './stock-change.js';

type Place = { readonly sku: Sku; readonly locationId: LocationId };

/** Goods arrived. */
export const receive = (
  books: Books,
  occasion: Occasion,
  at: Place & { readonly quantity: number; readonly reference: Reference | null },
): StockChange => ({
  ...noChange,
  movements: [
    books.move(occasion, {
      kind: 'receipt',
      sku: at.sku,
      locationId: at.locationId,
      onHandDelta: at.quantity,
      reservedDelta: 0,
      reason: null,
      reference: at.reference,
    }),
  ],
});

export type TransferRefused = { readonly code: 'transfer.insufficient_stock'; readonly available: number };

type Transfer = { readonly sku: Sku; readonly from: LocationId; readonly to: LocationId; readonly quantity: number };

/** Goods moved from one location to another, each side naming the other. What is promised stays where it is: only what is available may go. */
export const transfer = (
  books: Books,
  occasion: Occasion,
  { sku, from, to, quantity }: Transfer,
): Result<StockChange, TransferRefused> => {
  const there = available(books.level({ sku, locationId: from }));
  if (quantity > there) return err({ code: 'transfer.insufficient_stock', available: there });
  const side = (kind: 'transferOut' | 'transferIn', locationId: LocationId, other: LocationId, onHandDelta: number) =>
    books.move(occasion, {
      kind,
      sku,
      locationId,
      onHandDelta,
      reservedDelta: 0,
      reason: null,
      reference: { kind: 'location', id: other },
    });
  return ok({ ...noChange, movements: [side('transferOut', from, to, -quantity), side('transferIn', to, from, quantity)] });
};

export type AdjustmentRefused = { readonly code: 'adjustment.below_zero'; readonly onHand: number };

/** What an adjustment did: the change, and the reservations, or parts of them, that had to break. */
export type Adjusted = { readonly change: StockChange; readonly broken: readonly Reservation[] };

/**
 * A person counted, found or lost something: a fact, never refused for what was promised.
 * - When less is left than is promised, only the missing units break, in the order in which `breakable` stands.
 * - `breakable` holds all open reservations of the level; the last ones are broken last.
 * - The caller has checked that no more is taken away than is on hand.
 */
export const adjust = (
  books: Books,
  occasion: Occasion,
  at: Place & { readonly delta: number; readonly reason: string },
  breakable: readonly Reservation[],
): Adjusted => {
  const level = books.level(at);
  if (level.onHand + at.delta < 0) bug(`an adjustment would leave ${level.onHand + at.delta} on hand`);
  const { change: broke, broken } = breakUnits(
    books,
    occasion,
    breakable,
    Math.max(0, level.reserved - (level.onHand + at.delta)),
  );
  const counted = books.move(occasion, {
    kind: 'adjustment',
    sku: at.sku,
    locationId: at.locationId,
    onHandDelta: at.delta,
    reservedDelta: 0,
    reason: at.reason,
    reference: null,
  });
  return { change: together([broke, { ...noChange, movements: [counted] }]), broken };
};

const breakUnits = (books: Books, occasion: Occasion, breakable: readonly Reservation[], units: number): Adjusted => {
  const changes: StockChange[] = [];
  const broken: Reservation[] = [];
  let missing = units;
  for (const reservation of breakable) {
    if (missing === 0) break;
    if (reservation.quantity <= missing) {
      broken.push(reservation);
    } else {
      const { change, off } = split(occasion, reservation, missing);
      changes.push(change);
      broken.push(off);
    }
    missing -= Math.min(missing, reservation.quantity);
  }
  if (missing > 0) bug(`I2: ${missing} promised units have no open reservation`);
  const unpinned = broken.map((reservation) => ({ ...reservation, shipmentId: null }));
  changes.push({ ...noChange, pins: broken.filter(({ shipmentId }) => shipmentId).map(({ id }) => ({ id, shipmentId: null })) });
  changes.push(leave(books, occasion, unpinned, 'broken', null));
  return { change: together(changes), broken };
};
