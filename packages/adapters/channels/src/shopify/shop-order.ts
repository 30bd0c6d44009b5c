import type { Address, Customer, ExternalLine, ExternalOrder, Totals } from '@rappit/domain';
import { sum } from '../wire/money.js';
import { externalLine, type ShopLine } from './line.js';
import { paymentMethodOf, paymentStatusOf } from './payment.js';
import { progressOf, type ShopProgress } from './progress.js';
import { cancelReasonOf } from './refunded.js';
import { tagsOf } from './tags.js';

export type ShopTotals = {
  readonly lineItems: number | null;
  readonly discounts: number | null;
  readonly tax: number | null;
  readonly shipping: number | null;
  readonly shippingLines: readonly number[];
  readonly total: number;
};

/** An order of Shopify's, in whichever of its two languages it was told: statuses and reasons in the small letters of the older one. */
export type ShopOrder = {
  readonly id: string;
  readonly name: string | null;
  readonly updatedAt: Date;
  readonly customer: Customer | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly lines: readonly ShopLine[];
  readonly progress: ShopProgress;
  readonly totals: ShopTotals;
  readonly refundedMinor: number | null;
  readonly financialStatus: string | null;
  readonly cancelReason: string | null;
  readonly gatewayNames: readonly string[];
  /** With commas between them. */
  readonly tags: string | null;
};

/** The same in our words, whoever told it: what a webhook says and what we read ourselves come out alike. */
export const orderOf = (order: ShopOrder, currency: string): ExternalOrder => {
  const progress = progressOf(order.progress);
  const lines = order.lines.filter(({ counts }) => counts.quantity > 0).map((line) => externalLine(line, progress));
  const totals = totalsOf(order.totals, lines);
  return {
    externalId: order.id,
    externalNumber: order.name,
    updatedAt: order.updatedAt,
    currency,
    customer: order.customer,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    lines,
    shippingMinor: totals.shippingMinor,
    totals,
    paymentStatus: paymentStatusOf(order.financialStatus),
    paymentMethod: paymentMethodOf(order.gatewayNames),
    tags: tagsOf(order.tags),
    refundedMinor: order.refundedMinor,
    cancelReason: cancelReasonOf(order.cancelReason, progress.cancelled),
    statuses: statusesOf(order),
  };
};

/** In Shopify's words, with those that we don't know. */
const statusesOf = ({ financialStatus, progress }: ShopOrder): ExternalOrder['statuses'] => ({
  ...(financialStatus !== null && { payment: financialStatus }),
  ...(progress.fulfilment !== null && { fulfilment: progress.fulfilment }),
});

/**
 * The order's own totals; what it doesn't tell is added up from its lines.
 * Our subtotal is before discounts, so it is Shopify's `total_line_items_price`: its `subtotal_price` is after them.
 */
const totalsOf = (told: ShopTotals, lines: readonly ExternalLine[]): Totals => ({
  subtotalMinor: told.lineItems ?? sum(lines.map(({ unitPriceMinor, quantity }) => unitPriceMinor * quantity)),
  discountMinor: told.discounts ?? sum(lines.map(({ discountMinor }) => discountMinor)),
  taxMinor: told.tax ?? sum(lines.map(({ taxMinor }) => taxMinor)),
  shippingMinor: told.shipping ?? sum(told.shippingLines),
  totalMinor: told.total,
});
