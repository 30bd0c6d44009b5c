import { decimalText } from '@rappit/domain';
import {
  amountsOf,
  fulfilledStatus,
  openOf,
  placeKey,
  type ShopBooks,
  type SimulatedAddress,
  type SimulatedFulfilment,
  type SimulatedLine,
  type SimulatedLocation,
  type SimulatedOrder,
  type SimulatedVariant,
} from './shop-books.js';

/** Things of a shop as its GraphQL API shows them. What isn't asked for isn't worked out where it costs anything. */

export const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
export const numberOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

type Paged = { readonly first?: number | null; readonly after?: string | null };

/** A page of what there is. The cursor is the place of the last one, as text. */
export const pageOf = <One, Node>(all: readonly One[], { first, after }: Paged, view: (one: One) => Node) => {
  const from = after ? Number(after) + 1 : 0;
  const until = Math.min(all.length, from + (first ?? all.length));
  return {
    nodes: all.slice(from, until).map(view),
    pageInfo: { hasNextPage: until < all.length, endCursor: until > from ? String(until - 1) : null },
  };
};

const bag = (minor: number, currencyCode: string) => {
  const money = { amount: decimalText(minor, currencyCode), currencyCode };
  return { shopMoney: money, presentmentMoney: money };
};

export const variantView = (
  { id, sku, barcode, title, productTitle, inventoryItemId, tracked }: SimulatedVariant,
  books: ShopBooks,
) => ({
  __typename: 'ProductVariant',
  id: gid('ProductVariant', id),
  sku,
  barcode,
  title,
  product: { id: gid('Product', id), title: productTitle },
  inventoryItem: itemView(inventoryItemId, tracked, books),
});

const itemView = (id: string, tracked: boolean, { stock }: ShopBooks) => ({
  __typename: 'InventoryItem',
  id: gid('InventoryItem', id),
  tracked,
  inventoryLevel: ({ locationId }: { readonly locationId: string }) => {
    const quantity = stock.get(placeKey(id, numberOf(locationId)));
    return quantity === undefined ? null : { quantities: [{ name: 'available', quantity }] };
  },
});

/** What is asked for by an id of any kind; only items of stock are. */
export const nodeView = (id: string, books: ShopBooks) => {
  const variant = [...books.variants.values()].find((one) => gid('InventoryItem', one.inventoryItemId) === id);
  return variant ? itemView(variant.inventoryItemId, variant.tracked, books) : null;
};

export const locationView = ({ id, name, isFulfillmentService }: SimulatedLocation) => ({
  __typename: 'Location',
  id: gid('Location', id),
  name,
  isActive: true,
  isFulfillmentService,
});

const addressView = (address: SimulatedAddress | null) => address && { ...address, countryCodeV2: address.countryCode };

const lineView = (line: SimulatedLine, order: SimulatedOrder, books: ShopBooks) => {
  const { currency } = order;
  const variant = line.variantId === null ? undefined : books.variants.get(line.variantId);
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    sku: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    name: nameOf(line),
    // A quantity that isn't whole is one that nobody can read.
    quantity: books.spoilt.has(order.id) ? -1 : line.quantity,
    currentQuantity: line.current,
    unfulfilledQuantity: openOf(books, order, line),
    variant:
      line.variantId === null ? null : variant ? variantView(variant, books) : { id: gid('ProductVariant', line.variantId) },
    originalUnitPriceSet: bag(line.unitPriceMinor, currency),
    discountAllocations: line.discountMinor === 0 ? [] : [{ allocatedAmountSet: bag(line.discountMinor, currency) }],
    taxLines: line.taxMinor === 0 ? [] : [{ title: 'Tax', priceSet: bag(line.taxMinor, currency) }],
  };
};

export const nameOf = ({ title, variantTitle }: SimulatedLine): string =>
  variantTitle === null ? title : `${title} - ${variantTitle}`;

export const fulfilmentView = ({ id, status, company, number, url, lines }: SimulatedFulfilment) => ({
  __typename: 'Fulfillment',
  id: gid('Fulfillment', id),
  status,
  trackingInfo: [{ company, number, url }],
  fulfillmentLineItems: (paged: Paged) =>
    pageOf(lines, paged, ({ lineId, quantity }) => ({
      id: gid('FulfillmentLineItem', lineId),
      quantity,
      lineItem: { id: gid('LineItem', lineId) },
    })),
});

/** Lines of one order that are fulfilled from one place. Its id is the order's, and that place's behind it. */
type Part = { readonly locationId: string; readonly lines: readonly SimulatedLine[] };

/** A fulfilment that was cancelled leaves a closed part in front of the open one, as Shopify does. */
const partsOf = (order: SimulatedOrder): readonly Part[] =>
  [...new Set(order.lines.map(({ locationId }) => locationId))].map((locationId) => ({
    locationId,
    lines: order.lines.filter((line) => line.locationId === locationId),
  }));

export const partId = (orderId: string, index: number): string => `${orderId}${index}`;

export const partWith = (books: ShopBooks, id: string): { readonly order: SimulatedOrder; readonly part: Part } | undefined => {
  const number = numberOf(id);
  const order = books.orders.get(number.slice(0, -1));
  const part = order && partsOf(order)[Number(number.slice(-1))];
  return order && part && { order, part };
};

const partView = (part: Part, index: number, order: SimulatedOrder, books: ShopBooks) => {
  const open = part.lines.some((line) => openOf(books, order, line) > 0);
  const location = books.locations.get(part.locationId);
  return {
    __typename: 'FulfillmentOrder',
    id: gid('FulfillmentOrder', partId(order.id, index)),
    status: order.cancelledAt !== null ? 'CANCELLED' : open ? 'OPEN' : 'CLOSED',
    supportedActions: open ? [{ action: 'CREATE_FULFILLMENT' }, { action: 'HOLD' }] : [],
    assignedLocation: { location: location ? locationView(location) : null },
    lineItems: (paged: Paged) =>
      pageOf(part.lines, paged, (line) => ({
        id: gid('FulfillmentOrderLineItem', line.id),
        remainingQuantity: openOf(books, order, line),
        totalQuantity: line.quantity,
        lineItem: lineView(line, order, books),
      })),
  };
};

/** The closed part that a cancelled fulfilment leaves, which has nothing to be fulfilled. */
const closedView = (fulfilment: SimulatedFulfilment) => ({
  __typename: 'FulfillmentOrder',
  id: gid('FulfillmentOrder', fulfilment.id),
  status: 'CLOSED',
  supportedActions: [],
  assignedLocation: { location: null },
  lineItems: { nodes: [] },
});

export const orderView = (order: SimulatedOrder, books: ShopBooks) => {
  const { currency, customer } = order;
  const amounts = amountsOf(order);
  const fulfilments = [...books.fulfilments.values()].filter(({ orderId }) => orderId === order.id);
  return {
    __typename: 'Order',
    id: gid('Order', order.id),
    name: order.name,
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
    cancelledAt: order.cancelledAt?.toISOString() ?? null,
    cancelReason: order.cancelReason?.toUpperCase() ?? null,
    currencyCode: currency,
    displayFinancialStatus: order.financialStatus.toUpperCase(),
    displayFulfillmentStatus: fulfilledStatus(books, order),
    email: order.email,
    phone: order.phone,
    tags: order.tags,
    paymentGatewayNames: order.gateways,
    customer: customer && {
      __typename: 'Customer',
      id: gid('Customer', customer.id),
      firstName: customer.firstName,
      lastName: customer.lastName,
      defaultEmailAddress: customer.email === null ? null : { emailAddress: customer.email },
      defaultPhoneNumber: customer.phone === null ? null : { phoneNumber: customer.phone },
    },
    shippingAddress: addressView(order.shippingAddress),
    billingAddress: addressView(order.billingAddress),
    totalPriceSet: bag(amounts.total, currency),
    totalTaxSet: bag(amounts.tax, currency),
    totalDiscountsSet: bag(amounts.discounts, currency),
    totalShippingPriceSet: bag(order.shippingMinor, currency),
    totalRefundedSet: bag(order.refundedMinor, currency),
    lineItems: (paged: Paged) => pageOf(order.lines, paged, (line) => lineView(line, order, books)),
    fulfillments: () => fulfilments.map(fulfilmentView),
    fulfillmentOrders: (paged: Paged) =>
      pageOf(
        [
          ...fulfilments.filter(({ status }) => status === 'CANCELLED').map(closedView),
          ...partsOf(order).map((part, index) => partView(part, index, order, books)),
        ],
        paged,
        (one) => one,
      ),
  };
};
