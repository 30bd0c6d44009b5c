import type { Item, ItemStore } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import { Conflict, type Workbench } from './workbench.js';

/** Items by SKU; a removed one stays, marked, until its SKU is added again. */
export const memoryItems = ({ state, change }: Workbench): ItemStore => {
  const living = (): readonly Item[] => [...state().items.values()].flatMap(({ item, removedAt }) => (removedAt ? [] : [item]));
  const find = (sku: Item['sku']): Item | undefined => {
    const row = state().items.get(sku);
    return row && !row.removedAt ? row.item : undefined;
  };
  const put = (item: Item, removedAt: Date | null): void =>
    change({ items: having(state().items, item.sku, { item, removedAt }) });
  const putAll = (items: readonly Item[]): void => {
    const rows = items.map((item) => [item.sku, { item, removedAt: null }] as const);
    change({ items: new Map([...state().items, ...rows]) });
  };
  return {
    find: async (sku) => find(sku),
    // Units of work run one after another: nobody else changes what one of them has found.
    lock: async (sku) => find(sku),
    lockToRemove: async (sku) => find(sku),
    uses: async (sku) => ({
      listings: [...state().listings.values()].filter((listing) => listing.sku === sku).length,
      waiting: [...state().orders.values()]
        .flatMap(({ lines }) => lines)
        .reduce((units, line) => (line.sku === sku ? units + line.pending + line.backordered : units), 0),
      kits: living().filter(({ components }) => components?.some((part) => part.sku === sku)).length,
    }),
    lockMany: async (skus) => [...new Set(skus)].flatMap((sku) => find(sku) ?? []),
    addMany: async (items) => {
      if (items.some(({ sku }) => find(sku))) throw new Conflict('an item is there already');
      putAll(items);
    },
    changeMany: async (items) => {
      if (!items.every(({ sku }) => find(sku))) throw new Conflict('an item is gone');
      putAll(items.map((item) => ({ ...item, createdAt: find(item.sku)?.createdAt ?? item.createdAt })));
    },
    findMany: async (skus) => [...new Set(skus)].flatMap((sku) => find(sku) ?? []),
    list: async (page, text = '') => {
      const starts = ({ sku, name }: Item): boolean => sku.startsWith(text) || name.toLowerCase().startsWith(text.toLowerCase());
      return pageOf(living().filter(starts), page, { placeOf: ({ sku }) => sku });
    },
    add: async (item) => {
      if (find(item.sku)) return false;
      put(item, null);
      return true;
    },
    change: async (item) => {
      const found = find(item.sku);
      if (!found) return false;
      put({ ...item, createdAt: found.createdAt }, null);
      return true;
    },
    remove: async (sku, at) => {
      const found = find(sku);
      if (!found) return false;
      put(found, at);
      return true;
    },
  };
};
