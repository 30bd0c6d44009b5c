import type { Moment } from '../kernel/index.js';
import type { RowsDone, RowsToDo } from './import.js';
import type { Item } from './item.js';
import { itemOfRow } from './item-row.js';
import { type ItemColumn, itemCells, itemColumns } from './item-sheet.js';
import { type RowFault, skuOfRow, toldTwice } from './read-row.js';
import type { InventoryStores } from './stores.port.js';

/**
 * Adds or changes an item for each row, with as many statements for many rows as for one. A deleted item is revived.
 * Of the rows that make an item, the first `room` are taken, and the others refused; null is as many as there are.
 */
export const importItems = async (
  { items, now }: Pick<InventoryStores, 'items'> & Moment,
  { dryRun, columns, rows, room }: RowsToDo<ItemColumn> & { readonly room: number | null },
): Promise<RowsDone> => {
  const skus = rows.flatMap((row) => skuOfRow(columns, row) ?? []);
  const before = new Map((await (dryRun ? items.findMany(skus) : items.lockMany(skus))).map((item) => [item.sku, item]));
  const faults: RowFault[] = [];
  const sound: Item[] = [];
  const created: Item[] = [];
  for (const row of rows) {
    const item = toldTwice(row) ?? itemOfRow(columns, row, { before, now });
    if (!item.ok) faults.push(...item.error);
    else if (before.has(item.value.sku)) sound.push(item.value);
    else if (created.length === room) faults.push({ line: row.line, column: null, ...beyondPlan });
    else {
      created.push(item.value);
      sound.push(item.value);
    }
  }
  const changed = sound.filter((item) => isChanged(before.get(item.sku), item));
  if (!dryRun) {
    await items.addMany(created);
    await items.changeMany(changed);
  }
  const unchanged = sound.length - created.length - changed.length;
  return {
    created: created.length,
    changed: changed.length,
    unchanged,
    refused: rows.length - sound.length,
    adjustments: 0,
    faults,
  };
};

const beyondPlan = { code: 'subscription.limit_reached', message: 'is an item more than the plan includes' } as const;

const isChanged = (before: Item | undefined, now: Item): boolean => {
  if (!before) return false;
  const [was, is] = [itemCells(before), itemCells(now)];
  return itemColumns.some((column) => was[column] !== is[column]);
};
