import { decimalText } from '@rappit/domain';
import { nameOf } from './graphql-views.js';
import {
  amountsOf,
  fulfilledOf,
  fulfilledStatus,
  openOf,
  type ShopBooks,
  type SimulatedAddress,
  type SimulatedCustomer,
  type SimulatedOrder,
} from './shop-books.js';

/** Ids are numbers in these bodies, and larger than JSON.stringify can write: they go in as marked texts, and lose their quotes. */
const exact = (id: string): string => `#${id}#`;
export const jsonOf = (body: unknown): string => JSON.stringify(body).replace(/"#(\d+)#"/g, '$1');

const fulfilments = { FULFILLED: 'fulfilled', PARTIALLY_FULFILLED: 'partial', UNFULFILLED: null } as const;

const addressBody = (address: SimulatedAddress | null) => {
  if (!address) return null;
  const { name, company, address1, address2, city, province, provinceCode, zip, countryCode, phone } = address;
  return {
    name,
    company,
    address1,
    address2,
    city,
    province,
    province_code: provinceCode,
    zip,
    country_code: countryCode,
    phone,
  };
};

const customerBody = (customer: SimulatedCustomer | null) =>
  customer && {
    id: exact(customer.id),
    admin_graphql_api_id: `gid://shopify/Customer/${customer.id}`,
    first_name: customer.firstName,
    last_name: customer.lastName,
    email: customer.email,
    phone: customer.phone,
  };

/** An order as deliveries carry it, whatever the topic. */
export const orderBody = (order: SimulatedOrder, books: ShopBooks): string => {
  const { currency } = order;
  const amounts = amountsOf(order);
  const decimal = (minor: number): string => decimalText(minor, currency);
  const set = (minor: number) => ({ shop_money: { amount: decimal(minor), currency_code: currency } });
  const done = [...books.fulfilments.values()].filter(({ orderId }) => orderId === order.id);
  return jsonOf({
    id: exact(order.id),
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    name: order.name,
    created_at: order.createdAt.toISOString(),
    updated_at: order.updatedAt.toISOString(),
    cancelled_at: order.cancelledAt?.toISOString() ?? null,
    cancel_reason: order.cancelReason,
    currency,
    presentment_currency: currency,
    email: order.email,
    phone: order.phone,
    customer: customerBody(order.customer),
    shipping_address: addressBody(order.shippingAddress),
    billing_address: addressBody(order.billingAddress),
    financial_status: order.financialStatus,
    fulfillment_status: fulfilments[fulfilledStatus(books, order)],
    payment_gateway_names: order.gateways,
    tags: order.tags.join(', '),
    total_line_items_price: decimal(amounts.lineItems),
    total_discounts_set: set(amounts.discounts),
    total_tax_set: set(amounts.tax),
    total_shipping_price_set: set(order.shippingMinor),
    total_price_set: set(amounts.total),
    line_items: order.lines.map((line) => ({
      id: exact(line.id),
      admin_graphql_api_id: `gid://shopify/LineItem/${line.id}`,
      variant_id: line.variantId === null ? null : exact(line.variantId),
      sku: line.sku ?? '',
      name: nameOf(line),
      title: line.title,
      variant_title: line.variantTitle,
      quantity: books.spoilt.has(order.id) ? -1 : line.quantity,
      current_quantity: line.current,
      fulfillable_quantity: openOf(books, order, line),
      fulfillment_status: fulfilledOf(books, line) > 0 ? 'partial' : null,
      price_set: set(line.unitPriceMinor),
      discount_allocations: line.discountMinor === 0 ? [] : [{ amount_set: set(line.discountMinor) }],
      tax_lines: line.taxMinor === 0 ? [] : [{ title: 'Tax', price_set: set(line.taxMinor) }],
    })),
    fulfillments: done.map(({ id, status, lines }) => ({
      id: exact(id),
      status: status.toLowerCase(),
      line_items: lines.map(({ lineId, quantity }) => ({ id: exact(lineId), quantity })),
    })),
    refunds:
      order.refundedMinor === 0
        ? []
        : [{ transactions: [{ kind: 'refund', status: 'success', amount: decimal(order.refundedMinor), currency }] }],
  });
};

export const stockBody = (itemId: string, locationId: string, available: number | null, at: Date): string =>
  jsonOf({ inventory_item_id: exact(itemId), location_id: exact(locationId), available, updated_at: at.toISOString() });

export const deletedBody = (id: string): string => jsonOf({ id: exact(id) });

export const refundBody = (id: string, orderId: string): string => jsonOf({ id: exact(id), order_id: exact(orderId) });

export const shopBody = ({ domain }: ShopBooks): string =>
  jsonOf({ id: exact('548380009'), name: 'A shop', myshopify_domain: domain });

type Person = Pick<SimulatedCustomer, 'id' | 'email' | 'phone'>;

/** The three topics about people's data. */
export const personBody = (
  { domain }: ShopBooks,
  { id, email, phone }: Person,
  orders: { readonly named: 'orders_requested' | 'orders_to_redact'; readonly ids: readonly string[] },
): string =>
  jsonOf({
    shop_id: exact('548380009'),
    shop_domain: domain,
    customer: { id: exact(id), email, phone },
    [orders.named]: orders.ids.map(exact),
  });

export const shopRedactBody = ({ domain }: ShopBooks): string => jsonOf({ shop_id: exact('548380009'), shop_domain: domain });
