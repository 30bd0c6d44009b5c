import type { Item } from './item.js';
import { stockedAs, wholeKits } from './kit.js';
import { promisable } from './level.js';
import type { LocationId } from './location.js';
import type { Standing } from './stores.port.js';

/** How many units of an item a new order could get, in all and from where. */
export type Availability = {
  readonly available: number;
  readonly locations: readonly { readonly locationId: LocationId; readonly available: number }[];
};

/**
 * Of a kit: the whole kits that can be put together at each location, added up (design §4.2). Inactive locations count for nothing,
 * and what orders wait for isn't taken off. `standing` holds the levels of the item, or of all its components.
 */
export const availabilityOf = (item: Pick<Item, 'sku' | 'components'>, standing: readonly Standing[]): Availability => {
  const parts = item.components ?? [{ sku: item.sku, quantity: 1 }];
  const skus = new Set(stockedAs(item));
  const places = new Set(
    standing.filter(({ level, location }) => location.active && skus.has(level.sku)).map((one) => one.location.id),
  );
  const locations = [...places].sort().map((locationId) => {
    const at = new Map(
      standing.filter((one) => one.location.id === locationId).map(({ level }) => [level.sku, promisable(level)]),
    );
    return { locationId, available: wholeKits(parts, (sku) => at.get(sku) ?? 0) };
  });
  return { available: locations.reduce((sum, one) => sum + one.available, 0), locations };
};
