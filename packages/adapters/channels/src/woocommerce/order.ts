import { type ExternalOrder, ok, type Totals } from '@rappit/domain';
import { currencyCode, minor, signedMinor, sum } from '../wire/money.js';
import { type Field, listed, listOf, needed, object, optional, type Reader, required } from '../wire/reading.js';
import { digits, filled, text, written } from '../wire/scalars.js';
import { addressOf, contact, nameOf, type WooContact } from './address.js';
import { externalLine, type WooLine, wooLine } from './line.js';
import { amountOrNone, gmt, idOrNone } from './scalars.js';
import { cancelReasonOf, paymentMethodOf, paymentStatusOf } from './status.js';

/** An order as WooCommerce tells it, by REST and by webhook alike. */
export type WooOrder = {
  readonly id: string;
  readonly number: string | null;
  readonly status: string;
  readonly currency: string;
  readonly updatedAt: Date;
  readonly datePaid: Date | null;
  readonly dateCompleted: Date | null;
  readonly customerId: string | null;
  readonly billing: WooContact | null;
  readonly shipping: WooContact | null;
  readonly lines: readonly WooLine[];
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly paymentMethod: string | null;
  /** What each refund gave back. */
  readonly refunds: readonly number[];
};

/** The day on which it changed last, or on which it was made where nothing has changed. */
const updatedAt: Field<Date | null> = (fields, path) => {
  const modified = optional('date_modified_gmt', gmt)(fields, path);
  return modified.ok && modified.value === null ? optional('date_created_gmt', gmt)(fields, path) : modified;
};

const wooOrderIn = (currency: string): Reader<WooOrder> => {
  const amount = minor(currency);
  const refund = object({ total: required('total', signedMinor(currency)) });
  const given: Reader<number> = (value, path) => {
    const read = refund(value, path);
    return read.ok ? ok(Math.abs(read.value.total)) : read;
  };
  return object<WooOrder>({
    id: required('id', digits),
    number: optional('number', written),
    status: required('status', text),
    currency: required('currency', currencyCode),
    updatedAt: needed('date_modified_gmt', updatedAt),
    datePaid: optional('date_paid_gmt', gmt),
    dateCompleted: optional('date_completed_gmt', gmt),
    customerId: idOrNone('customer_id'),
    billing: optional('billing', contact),
    shipping: optional('shipping', contact),
    lines: required('line_items', listOf(wooLine(currency))),
    discountMinor: amountOrNone('discount_total', amount),
    shippingMinor: amountOrNone('shipping_total', amount),
    taxMinor: amountOrNone('total_tax', amount),
    totalMinor: required('total', amount),
    paymentMethod: filled('payment_method'),
    refunds: listed('refunds', given),
  });
};

const essentials = object({ id: required('id', digits), currency: required('currency', currencyCode) });

/** What is no order, such as the error that a store sends in place of one, has no `id`. */
export const wooOrder: Reader<WooOrder> = (value, path) => {
  const shop = essentials(value, path);
  return shop.ok ? wooOrderIn(shop.value.currency)(value, path) : shop;
};

/** How many units of a line were refunded, by the line's id. An order tells only how much money went back, so this is asked for. */
export type RefundedUnits = ReadonlyMap<string, number>;

export const externalOrderOf = (order: WooOrder, refundedUnits: RefundedUnits): ExternalOrder => {
  const { status, currency, billing, shipping, shippingMinor } = order;
  const refundedMinor = sum(order.refunds);
  return {
    externalId: order.id,
    externalNumber: order.number,
    updatedAt: order.updatedAt,
    currency,
    customer: customerOf(order),
    shippingAddress: shipping && addressOf(shipping),
    billingAddress: billing && addressOf(billing),
    lines: order.lines
      .filter(({ quantity }) => quantity > 0)
      .map((line) => externalLine(line, refundedUnits.get(line.id) ?? 0, order)),
    shippingMinor,
    totals: totalsOf(order),
    paymentStatus: paymentStatusOf({ ...order, method: order.paymentMethod, refundedMinor }),
    paymentMethod: paymentMethodOf(order.paymentMethod),
    tags: [],
    refundedMinor,
    cancelReason: cancelReasonOf(status),
    statuses: { order: status },
  };
};

/** Whoever ordered. A guest has no account; null when nothing is known. */
const customerOf = ({ customerId, billing }: WooOrder): ExternalOrder['customer'] => {
  const person = {
    externalId: customerId,
    name: billing && nameOf(billing),
    email: billing?.email ?? null,
    phone: billing?.phone ?? null,
  };
  return Object.values(person).every((fact) => fact === null) ? null : person;
};

/** The order's own totals. WooCommerce tells no subtotal: it is what the others leave, with the fees in it, so that they add up. */
const totalsOf = ({ discountMinor, shippingMinor, taxMinor, totalMinor }: WooOrder): Totals => ({
  subtotalMinor: Math.max(0, totalMinor - taxMinor - shippingMinor + discountMinor),
  discountMinor,
  taxMinor,
  shippingMinor,
  totalMinor,
});
