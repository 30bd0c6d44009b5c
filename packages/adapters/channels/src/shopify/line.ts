import type { ExternalLine } from '@rappit/domain';
import { sum } from '../wire/money.js';
import { type Field, listed, needed, object, optional, type Reader, required, unreadable, within } from '../wire/reading.js';
import { digits, filled, units } from '../wire/scalars.js';
import { idOf } from './ids.js';
import { type AmountOf, amountAlone } from './money.js';
import type { Progress } from './progress.js';

type Counts = { readonly quantity: number; readonly current: number | null; readonly fulfillable: number | null };

const threeCounts = object<Counts>({
  quantity: required('quantity', units),
  current: optional('current_quantity', units),
  fulfillable: optional('fulfillable_quantity', units),
});

/** More can't be left of a line than was ordered. */
const counts: Field<Counts> = (fields, path) => {
  const read = threeCounts(fields, path);
  if (!read.ok) return read;
  return (read.value.current ?? 0) > read.value.quantity ? unreadable(within(path, 'current_quantity')) : read;
};

export type ShopLine = {
  readonly lineId: string;
  readonly variantId: string | null;
  readonly sku: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly variantTitle: string | null;
  readonly counts: Counts;
  readonly fulfilment: string | null;
  readonly unitPriceMinor: number;
  readonly allocatedDiscounts: readonly number[];
  readonly ownDiscountMinor: number | null;
  readonly taxes: readonly number[];
};

export const shopLine = (amount: AmountOf): Reader<ShopLine> =>
  object<ShopLine>({
    lineId: needed('id', idOf('LineItem')),
    variantId: optional('variant_id', digits),
    sku: filled('sku'),
    name: filled('name'),
    title: filled('title'),
    variantTitle: filled('variant_title'),
    counts,
    fulfilment: filled('fulfillment_status'),
    unitPriceMinor: needed('price', amount('price')),
    allocatedDiscounts: listed('discount_allocations', amountAlone('amount', amount)),
    ownDiscountMinor: amount('total_discount'),
    taxes: listed('tax_lines', amountAlone('price', amount)),
  });

const nameOf = ({ name, title, variantTitle }: ShopLine): string | null =>
  name ?? (title && variantTitle ? `${title} - ${variantTitle}` : title);

/** Units that left, and units given up. What remains of the quantity is still to be shipped. */
const goneOf = ({ lineId, counts, fulfilment }: ShopLine, progress: Progress): Pick<ExternalLine, 'shipped' | 'cancelled'> => {
  const { quantity, fulfillable } = counts;
  const current = counts.current ?? Math.max(0, quantity - progress.refundedUnits(lineId));
  const hasLeft = fulfilment === 'fulfilled' || fulfilment === 'partial' || progress.hasLeft(lineId);
  const shipped = hasLeft && fulfillable !== null ? Math.max(0, current - fulfillable) : 0;
  return { shipped, cancelled: quantity - (progress.cancelled ? shipped : current) };
};

export const externalLine = (line: ShopLine, progress: Progress): ExternalLine => ({
  sku: line.sku,
  name: nameOf(line),
  quantity: line.counts.quantity,
  unitPriceMinor: line.unitPriceMinor,
  taxMinor: sum(line.taxes),
  discountMinor: line.allocatedDiscounts.length > 0 ? sum(line.allocatedDiscounts) : (line.ownDiscountMinor ?? 0),
  ...goneOf(line, progress),
  external: { lineId: line.lineId, variantId: line.variantId, sku: line.sku },
});
