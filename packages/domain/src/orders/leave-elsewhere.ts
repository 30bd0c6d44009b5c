import { type Books, leave, type Occasion, type Reservation, type StockChange, together } from '../inventory/index.js';
import type { NewsLines } from './news-lines.js';
import { takePromised } from './units-off-line.js';

/** Promised units that a shop says have left, taken off what is on hand; those that only wait are there no more. */
export const leaveElsewhere = (
  books: Books,
  occasion: Occasion,
  planned: NewsLines,
  open: readonly Reservation[],
): { readonly planned: NewsLines; readonly stock: StockChange } => {
  const taken = planned.lines.map((line) => takePromised(occasion, { line, open }, planned.leftElsewhere.get(line.id) ?? 0));
  const gone = leave(
    books,
    occasion,
    taken.flatMap(({ parts }) => parts),
    'consumed',
    'shippedElsewhere',
  );
  const growth = new Map(taken.map(({ line, units }) => [line.id, (planned.growth.get(line.id) ?? 0) + units] as const));
  return {
    planned: { ...planned, lines: taken.map(({ line }) => line), growth },
    stock: together([...taken.map(({ change }) => change), gone]),
  };
};
