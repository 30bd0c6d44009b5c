import type { DomainEvent } from '../kernel/index.js';
import type { Take } from './allocate.js';
import type { Item } from './item.js';
import { available, type Shelf } from './level.js';
import type { Sku } from './sku.js';
import type { Occasion } from './stock-change.js';

/** Units that may still be promised, by SKU. A SKU that isn't named has none. */
export type UnitsBySku = ReadonlyMap<Sku, number>;

/** What is asked of an item to know whether it is low. */
export type Watched = Pick<Item, 'sku' | 'lowStockThreshold'>;

/** An item that has become low, and what is left of it. */
export type FallenLow = { readonly sku: Sku; readonly available: number; readonly threshold: number };

/** What may still be promised of each SKU, over all active locations together. */
export const availableBySku = (shelves: readonly Shelf[]): UnitsBySku => {
  const units = new Map<Sku, number>();
  for (const { level, location } of shelves)
    units.set(level.sku, (units.get(level.sku) ?? 0) + (location.active ? available(level) : 0));
  return units;
};

/** No more is available than the threshold; never so without one. */
export const isLow = (units: number, threshold: number | null): boolean => threshold !== null && units <= threshold;

const falls = (before: number, now: number, threshold: number): boolean => !isLow(before, threshold) && isLow(now, threshold);

/**
 * The items of which more than their threshold was available and no more than that is now; each is named once in `items`.
 * One that was low before isn't among them, however much lower it gets, until it was above its threshold again.
 */
export const fellLow = (before: UnitsBySku, now: UnitsBySku, items: readonly Watched[]): readonly FallenLow[] =>
  items.flatMap(({ sku, lowStockThreshold: threshold }) => {
    const units = now.get(sku) ?? 0;
    return threshold !== null && falls(before.get(sku) ?? 0, units, threshold) ? [{ sku, available: units, threshold }] : [];
  });

/** Each is an aggregate of its own: none says anything of another, so it waits for none and holds none up. */
export const lowStockEvent = (occasion: Occasion, fallen: FallenLow): DomainEvent => ({
  type: 'inventory.low_stock',
  aggregateId: occasion.ids.next(),
  aggregateVersion: 1,
  at: occasion.at,
  data: fallen,
});

type Takes = readonly Pick<Take, 'sku' | 'quantity'>[];

/**
 * Watches a batch of orders take from the shelves, one after another: answers for each which items it brought low. Every unit that is
 * taken was available. Undefined when no item has a threshold, so that the others cost nothing.
 */
export const lowStockWatch = (
  shelves: readonly Shelf[],
  items: readonly Watched[],
): ((takes: Takes) => readonly FallenLow[]) | undefined => {
  const thresholds = new Map<Sku, number>();
  for (const { sku, lowStockThreshold } of items) if (lowStockThreshold !== null) thresholds.set(sku, lowStockThreshold);
  if (thresholds.size === 0) return undefined;
  const now = new Map(availableBySku(shelves));
  return (takes) => {
    const fallen: [Sku, number][] = [];
    for (const { sku, quantity } of takes) {
      const threshold = thresholds.get(sku);
      if (threshold === undefined) continue;
      const before = now.get(sku) ?? 0;
      now.set(sku, before - quantity);
      if (falls(before, before - quantity, threshold)) fallen.push([sku, threshold]);
    }
    return fallen.map(([sku, threshold]) => ({ sku, available: now.get(sku) ?? 0, threshold }));
  };
};
