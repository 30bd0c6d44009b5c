import type { Item } from './item.js';
import type { Cells, SheetForm } from './sheet.js';

/** The columns of a sheet of items: an item's facts by their own names, without nesting. */
export const itemColumns = [
  'sku',
  'name',
  'barcode',
  'weightGrams',
  'lengthMm',
  'widthMm',
  'heightMm',
  'hsCode',
  'originCountryCode',
  'customsDescription',
  'lowStockThreshold',
] as const;
export type ItemColumn = (typeof itemColumns)[number];

/** Of an item that is there already a file may name any fact, and leave the others. */
export const itemForm: SheetForm<ItemColumn> = { columns: itemColumns, required: ['sku'] };

export const itemCells = ({ dimensions, customs, ...item }: Item): Cells<ItemColumn> => ({
  sku: item.sku,
  name: item.name,
  barcode: item.barcode,
  weightGrams: item.weightGrams,
  lengthMm: dimensions?.lengthMm ?? null,
  widthMm: dimensions?.widthMm ?? null,
  heightMm: dimensions?.heightMm ?? null,
  hsCode: customs?.hsCode ?? null,
  originCountryCode: customs?.originCountryCode ?? null,
  customsDescription: customs?.description ?? null,
  lowStockThreshold: item.lowStockThreshold,
});
