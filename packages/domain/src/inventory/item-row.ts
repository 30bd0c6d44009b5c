import { err, MAX_QUANTITY, ok, type Result } from '../kernel/index.js';
import type { CustomsFacts, Dimensions, Item } from './item.js';
import { hsCodePattern, itemLimits } from './item-limits.js';
import type { ItemColumn } from './item-sheet.js';
import { type RowFault, type RowReader, readRow, skuIn } from './read-row.js';
import type { SheetRow } from './sheet.js';
import type { Sku } from './sku.js';

type Column = ItemColumn;

/**
 * The item that a row makes, or makes of an item that is there.
 * - A fact whose column the file doesn't have stays; an empty cell takes it away.
 * - Length, width and height go together, and so do the facts for customs.
 */
export const itemOfRow = (
  columns: readonly Column[],
  row: SheetRow,
  { before, now }: { readonly before: ReadonlyMap<Sku, Item>; readonly now: Date },
): Result<Item, readonly RowFault[]> => {
  const reader = readRow(columns, row);
  const sku = skuIn(reader);
  if (sku === undefined) return err(reader.faults);
  const found = before.get(sku);
  if (!found && looksRounded(sku)) reader.fault('sku', 'cell.invalid', ROUNDED);
  const sides = { min: 1, max: itemLimits.sideMm };
  const item = {
    components: null,
    ...found,
    sku,
    name: nameIn(reader, found),
    barcode: kept(barcodeIn(reader), found?.barcode),
    weightGrams: kept(reader.whole('weightGrams', { min: 1, max: itemLimits.weightGrams }), found?.weightGrams),
    dimensions: together<Dimensions>(reader, {
      lengthMm: ['lengthMm', kept(reader.whole('lengthMm', sides), found?.dimensions?.lengthMm)],
      widthMm: ['widthMm', kept(reader.whole('widthMm', sides), found?.dimensions?.widthMm)],
      heightMm: ['heightMm', kept(reader.whole('heightMm', sides), found?.dimensions?.heightMm)],
    }),
    customs: customsIn(reader, found),
    lowStockThreshold: kept(reader.whole('lowStockThreshold', { min: 0, max: MAX_QUANTITY }), found?.lowStockThreshold),
    createdAt: found?.createdAt ?? now,
  };
  return reader.faults.length > 0 ? err(reader.faults) : ok(item);
};

/** What the file says; what it doesn't speak of stays as it was. */
const kept = <Value>(said: Value | null | undefined, before: Value | null | undefined): Value | null =>
  said === undefined ? (before ?? null) : said;

const nameIn = (reader: RowReader<Column>, found: Item | undefined): string => {
  const name = kept(reader.text('name', { max: itemLimits.name }), found?.name);
  if (name === null && isSound(reader, 'name'))
    reader.fault('name', 'cell.required', found ? 'an item has a name' : 'a new item needs a name');
  return name ?? '';
};

const barcodeIn = (reader: RowReader<Column>): string | null | undefined => {
  const barcode = reader.text('barcode', { max: itemLimits.barcode });
  return barcode && looksRounded(barcode) ? reader.fault('barcode', 'cell.invalid', ROUNDED) : barcode;
};

/** What a spreadsheet makes of a long number when it takes a code for one. */
const looksRounded = (code: string): boolean => /^\d[.,]\d+E[+-]?\d+$/i.test(code.trim());
const ROUNDED = 'was rounded by a spreadsheet: format the column as text there, and enter the code again';

const customsIn = (reader: RowReader<Column>, found: Item | undefined): CustomsFacts | null => {
  const hsCode = { max: 10, pattern: new RegExp(hsCodePattern), should: '6 to 10 digits' };
  const country = { max: 2, pattern: /^[A-Z]{2}$/, should: 'two capital letters, such as DE' };
  return together<CustomsFacts>(reader, {
    hsCode: ['hsCode', kept(reader.text('hsCode', hsCode), found?.customs?.hsCode)],
    originCountryCode: ['originCountryCode', kept(reader.text('originCountryCode', country), found?.customs?.originCountryCode)],
    description: [
      'customsDescription',
      kept(reader.text('customsDescription', { max: itemLimits.customsDescription }), found?.customs?.description),
    ],
  });
};

/** Whether nothing was found wrong with a cell before. */
const isSound = ({ faults }: RowReader<Column>, column: Column): boolean => faults.every((fault) => fault.column !== column);

type Parts<Whole> = { readonly [Name in keyof Whole]: readonly [Column, Whole[Name] | null] };

/** All of the parts, or none of them. */
const together = <Whole extends object>(reader: RowReader<Column>, parts: Parts<Whole>): Whole | null => {
  const entries = Object.entries<readonly [Column, unknown]>(parts);
  if (entries.every(([, [, value]]) => value === null)) return null;
  const columns = entries.map(([, [column]]) => column).join(', ');
  for (const [, [column, value]] of entries)
    if (value === null && isSound(reader, column))
      reader.fault(column, 'cell.required', `${columns} go together: all of them, or none`);
  return Object.fromEntries(entries.map(([name, [, value]]) => [name, value])) as Whole;
};
