import { type Address, type Customer, type ExternalLine, type ExternalOrder, ok, type Totals } from '@rappit/domain';
import { currencyCode, sum } from '../wire/money.js';
import { listed, listOf, needed, object, optional, type Reader, required } from '../wire/reading.js';
import { filled, moment, text } from '../wire/scalars.js';
import { address } from './address.js';
import { customer } from './customer.js';
import { idOf } from './ids.js';
import { externalLine, type ShopLine, shopLine } from './line.js';
import { type AmountOf, amountAlone, amountsIn } from './money.js';
import { paymentMethodOf, paymentStatusOf } from './payment.js';
import { progressOf, type ShopProgress, shopProgress } from './progress.js';
import { cancelReasonOf, refundedMinor } from './refunded.js';
import { tagsOf } from './tags.js';

type ShopTotals = {
  readonly lineItems: number | null;
  readonly discounts: number | null;
  readonly tax: number | null;
  readonly shipping: number | null;
  readonly shippingLines: readonly number[];
  readonly total: number;
};

type ShopOrder = {
  readonly id: string;
  readonly name: string | null;
  readonly updatedAt: Date;
  readonly customer: Customer | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly lines: readonly ShopLine[];
  readonly progress: ShopProgress;
  readonly totals: ShopTotals;
  readonly financialStatus: string | null;
  readonly cancelReason: string | null;
  readonly gatewayNames: readonly string[];
  readonly tags: string | null;
};

const shopTotals = (amount: AmountOf): Reader<ShopTotals> =>
  object<ShopTotals>({
    lineItems: amount('total_line_items_price'),
    discounts: amount('total_discounts'),
    tax: amount('total_tax'),
    shipping: amount('total_shipping_price'),
    shippingLines: listed('shipping_lines', amountAlone('price', amount)),
    total: needed('total_price', amount('total_price')),
  });

const shopOrder = (amount: AmountOf): Reader<ShopOrder> =>
  object<ShopOrder>({
    id: needed('id', idOf('Order')),
    name: filled('name'),
    updatedAt: required('updated_at', moment),
    customer,
    shippingAddress: optional('shipping_address', address),
    billingAddress: optional('billing_address', address),
    lines: required('line_items', listOf(shopLine(amount))),
    progress: shopProgress,
    totals: shopTotals(amount),
    financialStatus: filled('financial_status'),
    cancelReason: filled('cancel_reason'),
    gatewayNames: listed('payment_gateway_names', text),
    tags: filled('tags'),
  });

const currencyOnly = object({ currency: required('currency', currencyCode) });

/** Shopify's Order resource, as the order topics carry it. Amounts are the shop's own money, not the buyer's. */
export const externalOrder: Reader<ExternalOrder> = (value, path) => {
  const shop = currencyOnly(value, path);
  if (!shop.ok) return shop;
  const { currency } = shop.value;
  const order = shopOrder(amountsIn(currency))(value, path);
  return order.ok ? ok(orderOf(order.value, currency)) : order;
};

const orderOf = (order: ShopOrder, currency: string): ExternalOrder => {
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
    refundedMinor: refundedMinor(order.progress.refunds, currency),
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
