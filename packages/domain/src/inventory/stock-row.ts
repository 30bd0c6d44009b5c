import { err, MAX_QUANTITY, ok, type Result } from '../kernel/index.js';
import type { Item } from './item.js';
import type { Location } from './location.js';
import { type RowFault, type RowReader, readRow, skuIn } from './read-row.js';
import type { SheetRow } from './sheet.js';
import type { Sku } from './sku.js';
import type { StockColumn } from './stock-sheet.js';
import type { LevelPlace } from './stores.port.js';

/** What a row says of a level. What it doesn't speak of is null, and stays. */
export type Count = LevelPlace & { readonly onHand: number | null; readonly safetyStock: number | null };

/** What rows may name. A sheet without locations means the only active one, which is null when there are several. */
export type Countable = {
  readonly items: ReadonlyMap<Sku, Item>;
  readonly byCode: ReadonlyMap<string, Location>;
  readonly only: Location | null;
};

export const countable = (items: readonly Item[], locations: readonly Location[]): Countable => {
  const active = locations.filter((location) => location.active);
  return {
    items: new Map(items.map((item) => [item.sku, item])),
    byCode: new Map(locations.map((location) => [location.code, location])),
    only: active.length === 1 ? (active[0] ?? null) : null,
  };
};

/** The count that a row is. Of a sheet as it was exported, what follows from the rest is passed over: name, reserved, available. */
export const countOfRow = (
  columns: readonly StockColumn[],
  row: SheetRow,
  known: Countable,
): Result<Count, readonly RowFault[]> => {
  const reader = readRow(columns, row);
  const sku = skuIn(reader);
  const item = sku === undefined ? undefined : itemIn(reader, known.items.get(sku));
  const location = locationIn(reader, known);
  const units = { min: 0, max: MAX_QUANTITY };
  const [onHand, safetyStock] = [reader.whole('onHand', units), reader.whole('safetyStock', units)];
  if (!item || !location || reader.faults.length > 0) return err(reader.faults);
  return ok({ sku: item.sku, locationId: location.id, onHand: onHand ?? null, safetyStock: safetyStock ?? null });
};

const itemIn = (reader: RowReader<StockColumn>, item: Item | undefined): Item | undefined => {
  if (!item) return reader.fault('sku', 'item.not_found', 'there is no such item');
  return item.components ? reader.fault('sku', 'item.is_kit', 'is a kit, which has no stock of its own: count its parts') : item;
};

const locationIn = (reader: RowReader<StockColumn>, { byCode, only }: Countable): Location | undefined => {
  if (!reader.has('location')) return only ?? reader.fault(null, 'location.needed', NEEDED);
  const code = reader.text('location', { max: Number.POSITIVE_INFINITY });
  if (code === undefined) return undefined;
  if (code === null) return reader.fault('location', 'cell.required', 'is empty');
  return byCode.get(code.trim()) ?? reader.fault('location', 'location.not_found', 'there is no location with this code');
};

const NEEDED = 'the sheet needs a column location, since not exactly one location is active';
