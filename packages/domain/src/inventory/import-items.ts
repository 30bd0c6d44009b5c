import type { Moment } from '../kernel/index.js';
import type { RowsDone, RowsToDo } from './import.js';
import type { Item } from './item.js';
import { itemOfRow } from './item-row.js';
import { type ItemColumn, itemCells, itemColumns } from './item-sheet.js';
import { type RowFault, skuOfRow, toldTwice } from './read-row.js';
import type { InventoryStores } from './stores.port.js';

/** Adds or changes an item for each row, with as many statements for many rows as for one. A deleted item is revived. */
export const importItems = async (
  { items, now }: Pick<InventoryStores, 'items'> & Moment,
  { dryRun, columns, rows }: RowsToDo<ItemColumn>,
): Promise<RowsDone> => {
  const skus = rows.flatMap((row) => skuOfRow(columns, row) ?? []);
  const before = new Map((await (dryRun ? items.findMany(skus) : items.lockMany(skus))).map((item) => [item.sku, item]));
  const faults: RowFault[] = [];
  const sound: Item[] = [];
  for (const row of rows) {
    const item = toldTwice(row) ?? itemOfRow(columns, row, { before, now });
    if (item.ok) sound.push(item.value);
    else faults.push(...item.error);
  }
  const created = sound.filter(({ sku }) => !before.has(sku));
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

const isChanged = (before: Item | undefined, now: Item): boolean => {
  if (!before) return false;
  const [was, is] = [itemCells(before), itemCells(now)];
  return itemColumns.some((column) => was[column] !== is[column]);
};
