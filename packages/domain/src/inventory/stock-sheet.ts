import type { Item } from './item.js';
import { available, type StockLevel } from './level.js';
import type { Location } from './location.js';
import type { Cells, SheetForm } from './sheet.js';

/** The columns of a sheet of stock: what somebody who counts needs to find the shelf, and what is there. */
export const stockColumns = ['sku', 'name', 'location', 'onHand', 'reserved', 'available', 'safetyStock'] as const;
export type StockColumn = (typeof stockColumns)[number];

/** Without a column for locations, all of it is at the only active one. */
export const stockForm: SheetForm<StockColumn> = { columns: stockColumns, required: ['sku', 'onHand'] };

/** The location is named by its code. */
export const stockCells = (
  level: StockLevel,
  { name }: Pick<Item, 'name'>,
  { code }: Pick<Location, 'code'>,
): Cells<StockColumn> => ({
  sku: level.sku,
  name,
  location: code,
  onHand: level.onHand,
  reserved: level.reserved,
  available: available(level),
  safetyStock: level.safetyStock,
});
