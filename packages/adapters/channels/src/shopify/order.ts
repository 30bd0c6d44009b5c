import { type ExternalOrder, ok } from '@rappit/domain';
import { currencyCode } from '../wire/money.js';
import { listed, listOf, needed, object, optional, type Reader, required } from '../wire/reading.js';
import { filled, moment, text } from '../wire/scalars.js';
import { address } from './address.js';
import { customer } from './customer.js';
import { idOf } from './ids.js';
import { shopLine } from './line.js';
import { type AmountOf, amountAlone, amountsIn } from './money.js';
import { shopProgress } from './progress.js';
import { refundedMinor } from './refunded.js';
import { orderOf, type ShopOrder, type ShopTotals } from './shop-order.js';

const shopTotals = (amount: AmountOf): Reader<ShopTotals> =>
  object<ShopTotals>({
    lineItems: amount('total_line_items_price'),
    discounts: amount('total_discounts'),
    tax: amount('total_tax'),
    shipping: amount('total_shipping_price'),
    shippingLines: listed('shipping_lines', amountAlone('price', amount)),
    total: needed('total_price', amount('total_price')),
  });

const shopOrder = (amount: AmountOf): Reader<Omit<ShopOrder, 'refundedMinor'>> =>
  object<Omit<ShopOrder, 'refundedMinor'>>({
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
  if (!order.ok) return order;
  return ok(orderOf({ ...order.value, refundedMinor: refundedMinor(order.value.progress.refunds, currency) }, currency));
};
