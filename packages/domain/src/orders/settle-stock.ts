import { type AllocationPolicy, availableBySku, fellLow, lowStockEvent, type Occasion, type Shelf } from '../inventory/index.js';
import { serveWaiting } from './serve-waiting.js';
import type { OrderStores } from './stores.port.js';

/** Shelves as they were locked, and as a change left them. */
export type StockShift = { readonly before: readonly Shelf[]; readonly now: readonly Shelf[] };

/**
 * The end of every change of stock but placing orders, in its transaction: orders that wait get what has become available, and then an
 * event tells of each SKU that is low now and wasn't before. Answers how many orders got something.
 */
export const settleStock = async (
  stores: OrderStores,
  occasion: Occasion,
  { before, now }: StockShift,
  policy: AllocationPolicy,
): Promise<number> => {
  const { orders, shelves } = await serveWaiting(stores, occasion, now, policy);
  await tellLowStock(stores, occasion, { before, now: shelves });
  return orders;
};

const tellLowStock = async ({ items, outbox }: OrderStores, occasion: Occasion, shift: StockShift): Promise<void> => {
  const [before, now] = [availableBySku(shift.before), availableBySku(shift.now)];
  const fewer = [...before].filter(([sku, units]) => (now.get(sku) ?? 0) < units).map(([sku]) => sku);
  const fallen = fewer.length > 0 ? fellLow(before, now, await items.findMany(fewer)) : [];
  await outbox.announce(fallen.map((one) => lowStockEvent(occasion, one)));
};
