import {
  type AllocationPolicy,
  adjust,
  type Books,
  type Count,
  countable,
  countOfRow,
  everyLocation,
  type LevelPlace,
  levelKey,
  type Occasion,
  openBooks,
  type Reservation,
  type RowFault,
  type RowsDone,
  type RowsToDo,
  type Shelf,
  type StockColumn,
  type StockLevel,
  skuOfRow,
  together,
  toldTwice,
} from '../inventory/index.js';
import { err, ok, type Result, type StoreConflict } from '../kernel/index.js';
import { bookAdjustment, tellBroken } from './break-promises.js';
import { lockToServe } from './lock-to-serve.js';
import { shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';

type Counting = { readonly occasion: Occasion; readonly policy: AllocationPolicy };

/**
 * Sets levels to what was counted, and says what is kept back of them: facts, whatever was promised.
 * Each row is an adjustment by the difference to what is on hand once the level is locked. Orders that wait are served, and promises that
 * can't be kept break, as by any other adjustment. A row that breaks no promise costs no statement of its own.
 */
export const importStock = async (
  stores: OrderStores,
  counting: Counting,
  todo: RowsToDo<StockColumn>,
): Promise<Result<RowsDone, StoreConflict>> => {
  const { counts, faults } = await readCounts(stores, todo);
  const done = todo.dryRun ? ok(await foresee(stores, counts)) : await book(stores, counting, counts);
  return done.ok ? ok({ ...done.value, refused: todo.rows.length - counts.length, faults }) : done;
};

const readCounts = async ({ items, locations }: OrderStores, { dryRun, columns, rows }: RowsToDo<StockColumn>) => {
  const skus = rows.flatMap((row) => skuOfRow(columns, row) ?? []);
  const known = countable(await (dryRun ? items.findMany(skus) : items.lockMany(skus)), await everyLocation(locations));
  const counts: Count[] = [];
  const faults: RowFault[] = [];
  for (const row of rows) {
    const count = toldTwice(row) ?? countOfRow(columns, row, known);
    if (count.ok) counts.push(count.value);
    else faults.push(...count.error);
  }
  return { counts, faults };
};

type Outcomes = Pick<RowsDone, 'created' | 'changed' | 'unchanged' | 'adjustments'>;

const outcomes = (counts: readonly Count[], done: Omit<Outcomes, 'unchanged'>): Outcomes => ({
  ...done,
  unchanged: counts.length - done.created - done.changed,
});

/** A row with nothing in it to be done makes no level. */
const saysAnything = ({ onHand, safetyStock }: Count): boolean => onHand !== null || safetyStock !== null;

const differs = (count: Count, level: Pick<StockLevel, 'onHand' | 'safetyStock'>): boolean =>
  (count.onHand ?? level.onHand) !== level.onHand || (count.safetyStock ?? level.safetyStock) !== level.safetyStock;

/** What `book` would do, from levels that nobody has locked. */
const foresee = async ({ stock }: OrderStores, counts: readonly Count[]): Promise<Outcomes> => {
  const standing = await stock.standing(counts.map(({ sku }) => sku));
  const levels = new Map(standing.map(({ level }) => [levelKey(level), level]));
  const said = counts.filter(saysAnything).map((count) => ({ count, level: levels.get(levelKey(count)) }));
  const created = said.filter(({ level }) => !level).length;
  const changed = said.filter(({ count, level }) => level && differs(count, level)).length;
  return outcomes(counts, { created, changed, adjustments: 0 });
};

const book = async (
  stores: OrderStores,
  { occasion, policy }: Counting,
  counts: readonly Count[],
): Promise<Result<Outcomes, StoreConflict>> => {
  const said = counts.filter(saysAnything);
  const opened = new Set((await stores.stock.openMany(said)).map(levelKey));
  const before = await lockToServe(stores, [...new Set(said.map(({ sku }) => sku))]);
  const books = openBooks(before.map(({ level }) => level));
  const changed = said.filter((count) => differs(count, books.level(count)));
  const adjustments = changed.flatMap((count) => adjustmentTo(count, books.level(count)));
  const losses = await adjustAll(stores, occasion, { books, adjustments });
  if (!losses.ok) return losses;
  const now = await keepBack(stores, shelvesAfter(before, books), changed);
  await tellBroken(stores, occasion, { losses: losses.value, shelves: now });
  await settleStock(stores, occasion, { before, now }, policy);
  const created = opened.size;
  const others = changed.filter((count) => !opened.has(levelKey(count)));
  return ok(outcomes(counts, { created, changed: others.length, adjustments: adjustments.length }));
};

type Adjustment = LevelPlace & { readonly delta: number; readonly reason: 'count'; readonly breaks: boolean };

/** The difference between what was counted and what is on hand, if there is one. */
const adjustmentTo = ({ sku, locationId, onHand }: Count, level: StockLevel): readonly Adjustment[] =>
  onHand === null || onHand === level.onHand
    ? []
    : [{ sku, locationId, delta: onHand - level.onHand, reason: 'count', breaks: onHand < level.reserved }];

const NOTHING_BREAKS = { here: [], kitParts: [] };

/**
 * First at once all that leave every promise alone, then one after another those that don't: what one of them breaks may have to do with
 * the next. Answers what broke by each.
 */
const adjustAll = async (
  { stock }: OrderStores,
  occasion: Occasion,
  { books, adjustments }: { readonly books: Books; readonly adjustments: readonly Adjustment[] },
): Promise<Result<readonly (readonly Reservation[])[], StoreConflict>> => {
  const quiet = adjustments.filter(({ breaks }) => !breaks);
  await stock.apply(together(quiet.map((adjustment) => adjust(books, occasion, adjustment, NOTHING_BREAKS).change)));
  const losses: (readonly Reservation[])[] = [];
  for (const adjustment of adjustments.filter(({ breaks }) => breaks)) {
    const broken = await bookAdjustment({ stock }, occasion, { books, adjustment });
    if (!broken.ok) return err(broken.error);
    losses.push(broken.value);
  }
  return ok(losses);
};

/** The shelves with what is kept back of them from now on. */
const keepBack = async (
  { stock }: OrderStores,
  shelves: readonly Shelf[],
  counts: readonly Count[],
): Promise<readonly Shelf[]> => {
  const plans = new Map(
    counts.flatMap(({ sku, locationId, safetyStock }) =>
      safetyStock === null ? [] : [[levelKey({ sku, locationId }), { sku, locationId, safetyStock }] as const],
    ),
  );
  await stock.keepBackMany([...plans.values()]);
  return shelves.map(({ level, location }) => ({ level: { ...level, ...plans.get(levelKey(level)) }, location }));
};
