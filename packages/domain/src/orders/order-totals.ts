import type { Totals } from './order.js';
import type { OrderLine } from './order-line.js';

type Priced = Pick<OrderLine, 'ordered' | 'unitPriceMinor' | 'taxMinor' | 'discountMinor'>;

const sumsOf = (lines: readonly Priced[]): Pick<Totals, 'subtotalMinor' | 'discountMinor' | 'taxMinor'> => {
  const sum = (part: (line: Priced) => number): number => lines.reduce((total, line) => total + part(line), 0);
  return {
    subtotalMinor: sum((line) => line.unitPriceMinor * line.ordered),
    discountMinor: sum((line) => line.discountMinor),
    taxMinor: sum((line) => line.taxMinor),
  };
};

/**
 * An order's totals after its lines changed: moved by what the lines differ, so that whatever else a shop had in them stays.
 * Tax is added to the total as it was before: on top, or not at all where prices include it.
 */
export const totalsAfter = (totals: Totals, before: readonly Priced[], after: readonly Priced[]): Totals => {
  const [was, is] = [sumsOf(before), sumsOf(after)];
  const subtotalMinor = totals.subtotalMinor + is.subtotalMinor - was.subtotalMinor;
  const discountMinor = totals.discountMinor + is.discountMinor - was.discountMinor;
  const taxMinor = totals.taxMinor + is.taxMinor - was.taxMinor;
  const net = totals.subtotalMinor - totals.discountMinor + totals.shippingMinor;
  const taxIncluded = totals.taxMinor > 0 && totals.totalMinor === net;
  const moved = subtotalMinor - totals.subtotalMinor - (discountMinor - totals.discountMinor);
  const taxed = taxIncluded ? 0 : taxMinor - totals.taxMinor;
  return {
    subtotalMinor,
    discountMinor,
    taxMinor,
    shippingMinor: totals.shippingMinor,
    totalMinor: totals.totalMinor + moved + taxed,
  };
};
