import { ok, type ShopPlace } from '@rappit/domain';
import { type Field, needed, object, optional, type Reader, required, unreadable } from '../wire/reading.js';
import { digits, filled, text, written } from '../wire/scalars.js';
import { externalItemId } from './items.js';
import { idOrNone } from './scalars.js';

/** What a product or a variation shows, in whole units. */
export type Shown = { readonly place: ShopPlace; readonly available: number | null };

/** A whole number, also below none: where backorders are allowed a shop counts on. Half a unit is not there to be sold. */
const wholeUnits: Reader<number> = (value, path) => {
  const number = written(value, path);
  const parts = number.ok ? /^(-?\d{1,15})(?:\.\d*)?$/.exec(number.value) : null;
  return parts ? ok(Math.floor(Number(parts[0]))) : unreadable(path);
};

/** `manage_stock`: whether it is counted; a variation that is counted with its product says `parent`. */
const isCounted: Field<boolean | null> = (fields, path) =>
  optional<boolean>('manage_stock', (value) => ok(value === true || value === 'parent' || value === 'yes'))(fields, path);

const counted = {
  isCounted,
  quantity: optional('stock_quantity', wholeUnits),
};

const shownStock = object<{
  readonly id: string;
  readonly parentId: string | null;
  readonly type: string | null;
  readonly isCounted: boolean | null;
  readonly quantity: number | null;
}>({ id: required('id', digits), parentId: idOrNone('parent_id'), type: filled('type'), ...counted });

const available = ({
  isCounted,
  quantity,
}: {
  readonly isCounted: boolean | null;
  readonly quantity: number | null;
}): number | null => (isCounted ? quantity : null);

/** A product, or a variation that says whose it is: both come as `product.*`. */
export const shownBy: Reader<Shown> = (value, path) => {
  const read = shownStock(value, path);
  if (!read.ok) return read;
  const { id, parentId, type } = read.value;
  const isVariation = type === 'variation' && parentId !== null;
  const externalId = isVariation ? externalItemId(parentId, id) : id;
  return ok({ place: { externalItemId: externalId ?? id, externalLocationId: null }, available: available(read.value) });
};

/** A product or variation as the catalogue and stock need it. */
export type WooProduct = {
  readonly id: string;
  readonly name: string | null;
  readonly type: string;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly isVirtual: boolean;
  readonly available: number | null;
  /** What sets a variation apart: `Black`, `M`. */
  readonly options: readonly string[];
};

const flag =
  (name: string): Field<boolean> =>
  (fields, path) => {
    const read = optional<boolean>(name, (value) => ok(value === true))(fields, path);
    return read.ok ? ok(read.value ?? false) : read;
  };

const option = object({ option: optional('option', text) });

/** Of a product the attributes have `options`, and none is chosen. */
const options: Field<readonly string[]> = (fields, path) => {
  const told = fields['attributes'];
  const read = Array.isArray(told) ? told.map((one, index) => option(one, `${path}.attributes[${index}]`)) : [];
  return ok(read.flatMap((one) => (one.ok && one.value.option !== null ? one.value.option : [])));
};

const product = object<Omit<WooProduct, 'available'> & { readonly isCounted: boolean | null; readonly quantity: number | null }>({
  id: needed('id', optional('id', digits)),
  name: filled('name'),
  type: (fields, path) => {
    const read = filled('type')(fields, path);
    return read.ok ? ok(read.value ?? 'simple') : read;
  },
  sku: filled('sku'),
  barcode: filled('global_unique_id'),
  isVirtual: flag('virtual'),
  options,
  ...counted,
});

export const wooProduct: Reader<WooProduct> = (value, path) => {
  const read = product(value, path);
  if (!read.ok) return read;
  const { isCounted: _, quantity: __, ...facts } = read.value;
  return ok({ ...facts, available: available(read.value) });
};
