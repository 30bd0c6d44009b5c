import { bug, err, ok, type Result } from '../kernel/index.js';
import { otherKitParts, type Parts } from './kit-parts.js';
import { available } from './level.js';
import type { LocationId } from './location.js';
import type { Reference } from './movement.js';
import { leave, upTo } from './promise.js';
import type { Reservation } from './reservation.js';
import type { Sku } from './sku.js';
import { type Books, type Move, noChange, type Occasion, type StockChange, together } from './stock-change.js';

type Place = { readonly sku: Sku; readonly locationId: LocationId };

type Arrival = Place & { readonly quantity: number };

/** Goods arrived. */
export const receive = (
  books: Books,
  occasion: Occasion,
  { reference, ...arrival }: Arrival & { readonly reference: Reference | null },
): StockChange => arrive(books, occasion, arrival, { kind: 'receipt', reference });

/** Goods that were sold came back, and may be sold again. `returnId` is what the return is known by. */
export const restock = (
  books: Books,
  occasion: Occasion,
  { returnId, ...arrival }: Arrival & { readonly returnId: string },
): StockChange => arrive(books, occasion, arrival, { kind: 'restock', reference: { kind: 'return', id: returnId } });

/** Goods that were sold came back, and can't be sold again: they come, and go at once as damaged. What is on hand stays as it was. */
export const writeOffReturned = (
  books: Books,
  occasion: Occasion,
  { returnId, ...arrival }: Arrival & { readonly returnId: string },
): StockChange => {
  const { sku, locationId, quantity } = arrival;
  const reference = { kind: 'return', id: returnId } as const;
  const came = restock(books, occasion, { ...arrival, returnId });
  const went: Move = {
    kind: 'adjustment',
    sku,
    locationId,
    onHandDelta: -quantity,
    reservedDelta: 0,
    reason: 'damage',
    reference,
  };
  return together([came, { ...noChange, movements: [books.move(occasion, went)] }]);
};

const arrive = (
  books: Books,
  occasion: Occasion,
  { sku, locationId, quantity }: Arrival,
  why: Pick<Move, 'kind' | 'reference'>,
): StockChange => {
  const movement = books.move(occasion, { ...why, sku, locationId, onHandDelta: quantity, reservedDelta: 0, reason: null });
  return { ...noChange, movements: [movement] };
};

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

/** Open reservations of a level in the order in which they break, and of those that are parts of kits the kits' other parts. */
export type Breakable = { readonly here: readonly Reservation[]; readonly kitParts: readonly Reservation[] };

/**
 * A person counted, found or lost something: a fact, never refused for what was promised.
 * - When less is left than is promised, only the missing units break, in the order in which `breakable.here` stands.
 * - A kit breaks whole: what else was put aside for it is released.
 * - `breakable.here` holds all open reservations of the level. The caller has checked that no more is taken away than is on hand.
 */
export const adjust = (
  books: Books,
  occasion: Occasion,
  at: Place & { readonly delta: number; readonly reason: string },
  breakable: Breakable,
): Adjusted => {
  const level = books.level(at);
  if (level.onHand + at.delta < 0) bug(`an adjustment would leave ${level.onHand + at.delta} on hand`);
  const missing = Math.max(0, level.reserved - (level.onHand + at.delta));
  const broken = breaking(occasion, breakable.here, missing);
  const released = otherKitParts(occasion, broken.parts, breakable.kitParts);
  const left = together([
    broken.change,
    released.change,
    end(books, occasion, broken.parts, 'broken'),
    end(books, occasion, released.parts, 'released'),
  ]);
  const counted = books.move(occasion, {
    kind: 'adjustment',
    sku: at.sku,
    locationId: at.locationId,
    onHandDelta: at.delta,
    reservedDelta: 0,
    reason: at.reason,
    reference: null,
  });
  return { change: together([left, { ...noChange, movements: [counted] }]), broken: broken.parts };
};

/** As many as are missing; of a kit's, what is missing rounded up to whole kits. */
const breaking = (occasion: Occasion, here: readonly Reservation[], units: number): Parts => {
  const broken: Parts[] = [];
  let missing = units;
  for (const reservation of here) {
    if (missing <= 0) break;
    const perUnit = reservation.unitQuantity ?? 1;
    const quantity = Math.min(reservation.quantity, Math.ceil(missing / perUnit) * perUnit);
    broken.push(upTo(occasion, [reservation], quantity));
    missing -= quantity;
  }
  if (missing > 0) bug(`I2: ${missing} promised units have no open reservation`);
  return { change: together(broken.map(({ change }) => change)), parts: broken.flatMap(({ parts }) => parts) };
};

/** Even those that a shipment holds: what isn't there can't be shipped. */
const end = (books: Books, occasion: Occasion, reservations: readonly Reservation[], to: 'broken' | 'released'): StockChange => {
  const pins = reservations.filter(({ shipmentId }) => shipmentId).map(({ id }) => ({ id, shipmentId: null }));
  const unpinned = reservations.map((reservation) => ({ ...reservation, shipmentId: null }));
  return together([{ ...noChange, pins }, leave(books, occasion, unpinned, to, to === 'released' ? 'kitBroken' : null)]);
};
