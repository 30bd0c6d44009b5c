import type { DomainEvent } from '../kernel/index.js';
import type { Item } from './item.js';
import { available, type Shelf } from './level.js';
import type { Sku } from './sku.js';
import type { Occasion } from './stock-change.js';

/** Units that may still be promised, by SKU. A SKU that isn't named has none. */
export type UnitsBySku = ReadonlyMap<Sku, number>;

/** What may still be promised of each SKU, over all active locations together. */
export const availableBySku = (shelves: readonly Shelf[]): UnitsBySku => {
  const units = new Map<Sku, number>();
  for (const { level, location } of shelves)
    units.set(level.sku, (units.get(level.sku) ?? 0) + (location.active ? available(level) : 0));
  return units;
};

/** No more is available than the threshold; never so without one. */
export const isLow = (units: number, threshold: number | null): boolean => threshold !== null && units <= threshold;

/**
 * An event for each item of which more than its threshold was available and no more than that is now; each item is named once.
 * - An item that was low before is silent, however much lower it gets, until it was above its threshold again.
 * - Each event is an aggregate of its own, since no other depends on it: it waits for none and holds none up.
 */
export const fellLow = (
  occasion: Occasion,
  { before, now }: { readonly before: UnitsBySku; readonly now: UnitsBySku },
  items: readonly Pick<Item, 'sku' | 'lowStockThreshold'>[],
): readonly DomainEvent[] =>
  items.flatMap(({ sku, lowStockThreshold: threshold }) => {
    const units = now.get(sku) ?? 0;
    if (isLow(before.get(sku) ?? 0, threshold) || !isLow(units, threshold)) return [];
    return [
      {
        type: 'inventory.low_stock',
        aggregateId: occasion.ids.next(),
        aggregateVersion: 1,
        at: occasion.at,
        data: { sku, available: units, threshold },
      },
    ];
  });
