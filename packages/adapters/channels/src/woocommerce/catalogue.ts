import { ok, type Result, type ShopAskRefused, type ShopCatalogue, type ShopVariant } from '@rappit/domain';
import type { WooSession } from './client.js';
import { externalItemId } from './items.js';
import { allOf, rowsOf } from './paging.js';
import { type WooProduct, wooProduct } from './product.js';

/** Each may have variations, which are asked for one product at a time. */
const PAGE = 20;
/** A page begins a little earlier than the last one ended, since rows move up when something before them is deleted. */
const ROWS_TWICE = 2;

/** A group is a list of other products, and an external product is sold by somebody else. */
const holdsNothing: ReadonlySet<string> = new Set(['grouped', 'external']);

const variantOf = (product: WooProduct, of: WooProduct | null): ShopVariant => {
  const externalVariantId = (of ? externalItemId(of.id, product.id) : product.id) ?? product.id;
  return {
    externalVariantId,
    externalItemId: product.isVirtual ? null : externalVariantId,
    sku: product.sku,
    barcode: product.barcode,
    name: [of?.name ?? product.name ?? externalVariantId, ...(of ? [product.options.join(', ')] : [])]
      .filter(Boolean)
      .join(' - '),
  };
};

const productsIn = (rows: readonly unknown[]): readonly WooProduct[] =>
  rows.flatMap((row) => {
    const read = wooProduct(row, '');
    return read.ok ? read.value : [];
  });

/** What the store sells, by the ids of products. Whatever is not virtual counts: stock that is shown is counted from then on. */
export const catalogue = async (session: WooSession, cursor: string | null): Promise<Result<ShopCatalogue, ShopAskRefused>> => {
  const handedOut = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const offset = Math.max(0, handedOut - ROWS_TWICE);
  const answer = await session.ask('wc/v3/products', { per_page: PAGE, offset, orderby: 'id', order: 'asc' });
  const rows = answer.ok ? rowsOf(answer.value) : answer;
  if (!rows.ok) return rows;
  const variants: ShopVariant[] = [];
  for (const product of productsIn(rows.value)) {
    if (holdsNothing.has(product.type)) continue;
    if (!product.type.startsWith('variable')) {
      variants.push(variantOf(product, null));
      continue;
    }
    const variations = await allOf(session, `wc/v3/products/${product.id}/variations`, { orderby: 'id', order: 'asc' });
    if (!variations.ok) return variations;
    variants.push(...productsIn(variations.value).map((variation) => variantOf(variation, product)));
  }
  return ok({ variants, cursor: String(offset + rows.value.length), more: rows.value.length === PAGE });
};
