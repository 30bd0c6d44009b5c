import { type Address, type ExternalOrder, ok } from '@rappit/domain';
import { currencyCode, minor } from '../wire/money.js';
import { type Field, listOf, object, optional, type Reader, required, unreadable, within } from '../wire/reading.js';
import { filled, moment, text, units } from '../wire/scalars.js';
import { addressOf, type ShopAddress } from './address.js';
import { type Contact, customerOf } from './customer.js';
import { globalId, numberIn } from './ids.js';
import type { ShopLine } from './line.js';
import { orderOf, type ShopOrder } from './shop-order.js';

/** `shopMoney`, which is never the buyer's. */
const moneyIn = (currency: string): Reader<number> => {
  const money = object<{ readonly amount: number; readonly currency: string }>({
    amount: required('amount', minor(currency)),
    currency: required('currencyCode', currencyCode),
  });
  const bag = object({ shop: required('shopMoney', money) });
  return (value, path) => {
    const read = bag(value, path);
    if (!read.ok) return read;
    return read.value.shop.currency === currency
      ? ok(read.value.shop.amount)
      : unreadable(within(path, 'shopMoney.currencyCode'));
  };
};

/** One thing that an object is asked for. */
const only = <Value>(field: Field<Value>): Reader<Value> => {
  const holder = object<{ readonly value: Value }>({ value: field });
  return (value, path) => {
    const read = holder(value, path);
    return read.ok ? ok(read.value.value) : read;
  };
};

const nodes = <Value>(reader: Reader<Value>): Reader<readonly Value[]> => only(required('nodes', listOf(reader)));

const place: Reader<Address | null> = (value, path) => {
  const read = object<ShopAddress>({
    name: filled('name'),
    firstName: () => ok(null),
    lastName: () => ok(null),
    company: filled('company'),
    line1: filled('address1'),
    line2: filled('address2'),
    city: filled('city'),
    province: filled('province'),
    provinceCode: filled('provinceCode'),
    zip: filled('zip'),
    countryCode: filled('countryCodeV2'),
    phone: filled('phone'),
  })(value, path);
  return read.ok ? ok(addressOf(read.value)) : read;
};

const account: Reader<NonNullable<Contact['account']>> = object<NonNullable<Contact['account']>>({
  id: required('id', globalId('Customer')),
  firstName: filled('firstName'),
  lastName: filled('lastName'),
  email: optional('defaultEmailAddress', only(required('emailAddress', text))),
  phone: optional('defaultPhoneNumber', only(required('phoneNumber', text))),
});

const contact = object<Contact>({
  email: filled('email'),
  contactEmail: () => ok(null),
  phone: filled('phone'),
  account: optional('customer', account),
});

type Counts = ShopLine['counts'];

const threeCounts = object<Counts>({
  quantity: required('quantity', units),
  current: required('currentQuantity', units),
  fulfillable: required('unfulfilledQuantity', units),
});

/** More can't be left of a line than was ordered. */
const counts: Field<Counts> = (fields, path) => {
  const read = threeCounts(fields, path);
  if (!read.ok) return read;
  return (read.value.current ?? 0) > read.value.quantity ? unreadable(within(path, 'currentQuantity')) : read;
};

const line = (currency: string): Reader<Omit<ShopLine, 'fulfilment'>> =>
  object<Omit<ShopLine, 'fulfilment'>>({
    lineId: required('id', globalId('LineItem')),
    variantId: optional('variant', only(required('id', numberIn('ProductVariant')))),
    sku: filled('sku'),
    name: filled('name'),
    title: filled('title'),
    variantTitle: filled('variantTitle'),
    counts,
    unitPriceMinor: required('originalUnitPriceSet', moneyIn(currency)),
    allocatedDiscounts: required('discountAllocations', listOf(only(required('allocatedAmountSet', moneyIn(currency))))),
    ownDiscountMinor: () => ok(null),
    taxes: required('taxLines', listOf(only(required('priceSet', moneyIn(currency))))),
  });

/** What an order says of all its lines, in the words of the older language; what that has no word for is none. */
const fulfilments: ReadonlyMap<string, string | null> = new Map([
  ['UNFULFILLED', null],
  ['PARTIALLY_FULFILLED', 'partial'],
  ['FULFILLED', 'fulfilled'],
  ['RESTOCKED', 'restocked'],
  ['FULFILLMENT_NOT_REQUIRED', null],
  ['IN_PROGRESS', null],
  ['ON_HOLD', null],
  ['OPEN', null],
  ['PENDING_FULFILLMENT', null],
  ['REQUEST_DECLINED', null],
  ['SCHEDULED', null],
]);

/** While an order says one of these of itself, nothing of it has left, however few units are still to be fulfilled. */
const nothingLeft: ReadonlySet<string | null> = new Set(['UNFULFILLED', 'RESTOCKED', 'FULFILLMENT_NOT_REQUIRED', null]);

const small = (name: string): Field<string | null> => {
  const field = filled(name);
  return (fields, path) => {
    const read = field(fields, path);
    return read.ok ? ok(read.value?.toLowerCase() ?? null) : read;
  };
};

type Told = Pick<
  ShopOrder,
  'id' | 'name' | 'updatedAt' | 'shippingAddress' | 'billingAddress' | 'financialStatus' | 'cancelReason' | 'gatewayNames'
> & {
  readonly fulfilment: string | null;
  readonly cancelledAt: Date | null;
  readonly tags: readonly string[];
  readonly lines: readonly Omit<ShopLine, 'fulfilment'>[];
  readonly discounts: number | null;
  readonly tax: number | null;
  readonly shipping: number;
  readonly total: number;
  readonly refundedMinor: number;
};

const told = (currency: string): Reader<Told> =>
  object<Told>({
    id: required('id', globalId('Order')),
    name: filled('name'),
    updatedAt: required('updatedAt', moment),
    shippingAddress: optional('shippingAddress', place),
    billingAddress: optional('billingAddress', place),
    financialStatus: small('displayFinancialStatus'),
    fulfilment: filled('displayFulfillmentStatus'),
    cancelledAt: optional('cancelledAt', moment),
    cancelReason: small('cancelReason'),
    gatewayNames: required('paymentGatewayNames', listOf(text)),
    tags: required('tags', listOf(text)),
    lines: required('lineItems', nodes(line(currency))),
    discounts: optional('totalDiscountsSet', moneyIn(currency)),
    tax: optional('totalTaxSet', moneyIn(currency)),
    shipping: required('totalShippingPriceSet', moneyIn(currency)),
    total: required('totalPriceSet', moneyIn(currency)),
    refundedMinor: required('totalRefundedSet', moneyIn(currency)),
  });

const currencyOnly = object({ currency: required('currencyCode', currencyCode) });

/** An order as the GraphQL Admin API tells it, with all of its lines. */
export const graphqlOrder: Reader<ExternalOrder> = (value, path) => {
  const shop = currencyOnly(value, path);
  if (!shop.ok) return shop;
  const { currency } = shop.value;
  const order = told(currency)(value, path);
  if (!order.ok) return order;
  const person = contact(value, path);
  if (!person.ok) return person;
  const { fulfilment, cancelledAt, tags, lines, discounts, tax, shipping, total, ...same } = order.value;
  const hasLeft = nothingLeft.has(fulfilment) ? null : 'partial';
  const known = fulfilment !== null && fulfilments.has(fulfilment) ? fulfilments.get(fulfilment) : fulfilment?.toLowerCase();
  const shopOrder: ShopOrder = {
    ...same,
    customer: customerOf(person.value),
    tags: tags.join(','),
    lines: lines.map((one) => ({ ...one, fulfilment: hasLeft })),
    progress: { cancelledAt, fulfilment: known ?? null, fulfilments: [], refunds: [] },
    totals: { lineItems: null, discounts, tax, shipping, shippingLines: [], total },
  };
  return ok(orderOf(shopOrder, currency));
};
