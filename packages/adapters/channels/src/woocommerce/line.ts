import type { ExternalLine } from '@rappit/domain';
import { signedMinor } from '../wire/money.js';
import { object, type Reader, required } from '../wire/reading.js';
import { digits, filled, units } from '../wire/scalars.js';
import { externalItemId } from './items.js';
import { amountOrNone, idOrNone } from './scalars.js';
import { unitsGone } from './status.js';

export type WooLine = {
  readonly id: string;
  readonly name: string | null;
  readonly productId: string | null;
  readonly variationId: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly subtotalMinor: number;
  readonly totalMinor: number;
  readonly taxMinor: number;
};

/** Amounts of lines are without tax, whether or not the prices of the store include it (`prices_include_tax`); `price` is a rounded quotient, and not read. */
export const wooLine = (currency: string): Reader<WooLine> => {
  const amount = signedMinor(currency);
  return object<WooLine>({
    id: required('id', digits),
    name: filled('name'),
    productId: idOrNone('product_id'),
    variationId: idOrNone('variation_id'),
    sku: filled('sku'),
    quantity: required('quantity', units),
    subtotalMinor: required('subtotal', amount),
    totalMinor: required('total', amount),
    taxMinor: amountOrNone('total_tax', amount),
  });
};

/**
 * WooCommerce prices a line, we price a unit. A unit's price that isn't whole is rounded up, and what that is too much is in the discount, so
 * that the line comes to exactly what the shop says. A line that gives money back costs nothing and is discounted.
 */
const priceOf = ({ quantity, subtotalMinor, totalMinor, taxMinor }: WooLine) => {
  const before = Math.max(subtotalMinor, totalMinor, 0);
  const unitPriceMinor = (before + ((quantity - (before % quantity)) % quantity)) / quantity;
  const discountMinor = unitPriceMinor * quantity - totalMinor + Math.max(0, -taxMinor);
  return { unitPriceMinor, discountMinor, taxMinor: Math.max(0, taxMinor) };
};

export const externalLine = (
  line: WooLine,
  refundedUnits: number,
  order: { readonly status: string; readonly dateCompleted: Date | null },
): ExternalLine => ({
  sku: line.sku,
  name: line.name,
  quantity: line.quantity,
  ...priceOf(line),
  ...unitsGone(line.quantity, refundedUnits, order),
  external: { lineId: line.id, variantId: externalItemId(line.productId, line.variationId), sku: line.sku },
});
