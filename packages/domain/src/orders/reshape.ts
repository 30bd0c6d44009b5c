import {
  type Allocation,
  type AllocationPolicy,
  allocate,
  type Books,
  type Demand,
  leave,
  lineUnits,
  type Occasion,
  type Reservation,
  reserve,
  type Shelf,
  type StockChange,
  together,
} from '../inventory/index.js';
import { bug, err, ok, type Result } from '../kernel/index.js';
import { type InsufficientStock, takesByLine } from './decide-placements.js';
import type { LinesEdit, PlannedLines } from './line-edit.js';
import type { Order } from './order.js';
import type { OrderLine } from './order-line.js';
import { promisedUntil } from './payment.js';
import { shelvesAfter } from './serve-waiting.js';
import { takeOff } from './units-off-line.js';

/** An order whose lines are planned anew, on shelves that are locked, with what is promised to it. */
export type Reshaping = {
  readonly order: Order;
  readonly planned: PlannedLines;
  readonly open: readonly Reservation[];
  readonly shelves: readonly Shelf[];
  readonly books: Books;
};
export type Terms = { readonly onShortage: LinesEdit['onShortage']; readonly reason: string; readonly policy: AllocationPolicy };
export type Reshaped = {
  readonly lines: readonly OrderLine[];
  readonly stock: StockChange;
  readonly explanation: Allocation['explanation'];
};

/** Takes off lines what they have too much, and gives them what they lack, also of what others of them just gave back. */
export const reshape = (
  occasion: Occasion,
  reshaping: Reshaping,
  { onShortage, reason, policy }: Terms,
): Result<Reshaped, InsufficientStock> => {
  const { order, planned, open, books } = reshaping;
  const less = planned.lines.map((line) => takeOff(occasion, { line, open }, Math.max(0, -(planned.growth.get(line.id) ?? 0))));
  const freed = leave(
    books,
    occasion,
    less.flatMap(({ parts }) => parts),
    'released',
    reason,
  );
  const given = giveMore({ ...reshaping, shelves: shelvesAfter(reshaping.shelves, books) }, onShortage, policy);
  if (!given.granted) return err({ code: 'order.insufficient_stock', shortfalls: given.shortfalls });
  const reserved = reserve(books, occasion, given.takes, order.id, promisedUntil(order, occasion.at));
  const lines = withMore(
    less.map(({ line }) => line),
    planned,
    given,
  );
  const stock = together([...less.map(({ change }) => change), freed, reserved]);
  return ok({ lines, stock, explanation: given.explanation });
};

/** An order whose payment was waited for in vain gets nothing, and waits with all of it. */
const giveMore = (
  { order, planned, shelves }: Pick<Reshaping, 'order' | 'planned' | 'shelves'>,
  onShortage: LinesEdit['onShortage'],
  policy: AllocationPolicy,
): Allocation => {
  const demands = planned.lines.flatMap(({ id, sku, components }): Demand[] => {
    const quantity = planned.growth.get(id) ?? 0;
    return sku && quantity > 0 ? [{ lineId: id, sku, quantity, components }] : [];
  });
  const [given] = allocate(order.paymentExpired ? [] : shelves, [{ demands, onShortage }], policy);
  return given ?? bug('every request is allocated');
};

/** Units that were given are reserved, the others wait; of goods that nobody knows they are pending. */
const withMore = (lines: readonly OrderLine[], { growth }: PlannedLines, { takes }: Allocation): readonly OrderLine[] => {
  const taken = takesByLine(takes);
  return lines.map((line) => {
    const more = Math.max(0, growth.get(line.id) ?? 0);
    if (line.sku === null) return { ...line, pending: line.pending + more };
    const units = lineUnits(taken.get(line.id) ?? []);
    return { ...line, reserved: line.reserved + units, backordered: line.backordered + more - units };
  });
};
