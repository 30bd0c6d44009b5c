import { type Component, type Item, parseSku, type Sku } from '../inventory/index.js';
import type { DraftLine } from './draft.js';

/** What a line is of; no SKU for goods that we don't know. */
export type Goods = { readonly sku: Sku | null; readonly components: readonly Component[] | null; readonly name: string };

/** The item that a line names by its SKU, in any way of writing it. */
export const goodsOf = (
  { sku, name }: Pick<DraftLine, 'sku' | 'name'>,
  items: ReadonlyMap<string, Pick<Item, 'sku' | 'name' | 'components'>>,
): Goods => {
  const parsed = sku === null ? undefined : parseSku(sku);
  const item = parsed?.ok ? items.get(parsed.value) : undefined;
  return { sku: item?.sku ?? null, components: item?.components ?? null, name: name ?? item?.name ?? sku ?? '' };
};
