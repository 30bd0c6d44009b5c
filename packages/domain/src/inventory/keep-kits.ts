import { err, isQuantity, MAX_QUANTITY, ok, type Result } from '../kernel/index.js';
import { type Component, MAX_COMPONENTS } from './kit.js';
import type { Sku } from './sku.js';
import type { InventoryStores } from './stores.port.js';

export type KitFault = { readonly path: string; readonly message: string };
/** The components don't make a kit: every fault at once. */
export type KitInvalid = { readonly code: 'kit.invalid'; readonly faults: readonly KitFault[] };
/** A kit holds no stock itself: its components do. */
export type ItemIsKit = { readonly code: 'item.is_kit' };
/** A kit can't become an item with stock of its own, nor the other way round. */
export type KitFixed = { readonly code: 'item.kit_fixed' };

/** Components are items with stock of their own, each named once. They are kept from being removed until the unit of work ends. */
export const checkComponents = async (
  { items, stock }: InventoryStores,
  kit: Sku,
  components: readonly Component[] | null,
): Promise<Result<undefined, KitInvalid>> => {
  if (components === null) return ok(undefined);
  const skus = [...new Set(components.map(({ sku }) => sku))].sort();
  await stock.lock(skus);
  const found = new Map((await items.findMany(skus)).map((item) => [item.sku, item]));
  const faults = components.flatMap(({ sku, quantity }, index): KitFault[] => {
    const path = `components[${index}]`;
    const item = found.get(sku);
    if (!isQuantity(quantity)) return [{ path: `${path}.quantity`, message: `must be an integer from 1 to ${MAX_QUANTITY}` }];
    if (sku === kit) return [{ path: `${path}.sku`, message: 'is the kit itself' }];
    if (components.findIndex((one) => one.sku === sku) < index) return [{ path: `${path}.sku`, message: 'is named twice' }];
    if (!item) return [{ path: `${path}.sku`, message: 'is not a SKU of this organization' }];
    return item.components ? [{ path: `${path}.sku`, message: 'is a kit itself' }] : [];
  });
  if (components.length < 1 || components.length > MAX_COMPONENTS)
    faults.push({ path: 'components', message: `must hold 1 to ${MAX_COMPONENTS} components` });
  return faults.length > 0 ? err({ code: 'kit.invalid', faults }) : ok(undefined);
};
