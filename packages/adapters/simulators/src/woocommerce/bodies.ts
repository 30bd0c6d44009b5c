import { decimalText } from '@rappit/domain';
import type { SimulatedItem, SimulatedLine, SimulatedOrder, SimulatedRefund } from './books.js';
import { idNumber } from './json.js';

/** A moment as WooCommerce writes it: in UTC, and without saying so. */
const gmt = (at: Date | null): string | null => (at === null ? null : at.toISOString().slice(0, 19));

const parted = (itemId: string | null): readonly [product: string, variation: string] => {
  const [product = '0', variation = '0'] = (itemId ?? '').split('/').filter(Boolean);
  return [product, variation];
};

const address = {
  ...{ first_name: '', last_name: '', company: '', address_1: '', address_2: '', city: '', state: '', postcode: '', country: '' },
  phone: '',
};

const lineBody = (line: SimulatedLine, currency: string) => {
  const [product, variation] = parted(line.itemId);
  return {
    id: idNumber(line.id),
    name: line.name,
    product_id: idNumber(product),
    variation_id: idNumber(variation),
    quantity: line.quantity,
    tax_class: '',
    subtotal: decimalText(line.subtotalMinor, currency),
    subtotal_tax: decimalText(line.taxMinor, currency),
    total: decimalText(line.totalMinor, currency),
    total_tax: decimalText(line.taxMinor, currency),
    taxes: [],
    meta_data: [],
    sku: line.sku,
    price: Number(decimalText(line.totalMinor, currency)) / line.quantity,
  };
};

const added = (lines: readonly SimulatedLine[], what: (line: SimulatedLine) => number): number =>
  lines.reduce((sum, line) => sum + what(line), 0);

/** An order as REST and webhooks tell it. */
export const orderBody = (order: SimulatedOrder) => {
  const money = (minor: number): string => decimalText(minor, order.currency);
  const { lines } = order;
  const taxMinor = added(lines, (line) => line.taxMinor);
  const totalMinor = added(lines, (line) => line.totalMinor) + taxMinor + order.shippingMinor;
  return {
    id: idNumber(order.id),
    parent_id: 0,
    number: order.number,
    status: order.status,
    currency: order.currency,
    prices_include_tax: false,
    date_created: gmt(order.createdAt),
    date_created_gmt: gmt(order.createdAt),
    date_modified: gmt(order.modifiedAt),
    date_modified_gmt: gmt(order.modifiedAt),
    date_paid_gmt: gmt(order.paidAt),
    date_completed_gmt: gmt(order.completedAt),
    discount_total: money(added(lines, (line) => line.subtotalMinor - line.totalMinor)),
    shipping_total: money(order.shippingMinor),
    total: money(totalMinor),
    total_tax: money(taxMinor),
    customer_id: idNumber(order.customerId),
    billing: { ...address, email: '', ...order.billing },
    shipping: { ...address, ...order.shipping },
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethod,
    meta_data: [],
    line_items: lines.map((line) => lineBody(line, order.currency)),
    tax_lines: [],
    shipping_lines: [],
    fee_lines: [],
    coupon_lines: [],
    refunds: order.refunds.map((one) => ({ id: idNumber(one.id), reason: '', total: `-${money(one.totalMinor)}` })),
  };
};

export const refundBody = (refund: SimulatedRefund, { currency, lines }: SimulatedOrder) => ({
  id: idNumber(refund.id),
  amount: decimalText(refund.totalMinor, currency),
  reason: '',
  line_items: refund.lines.map(({ lineId, quantity }, index) => ({
    id: idNumber(`${refund.id}${index}`),
    name: lines.find((line) => line.id === lineId)?.name ?? '',
    quantity: -quantity,
    meta_data: [{ id: 1, key: '_refunded_item_id', value: lineId, display_key: '_refunded_item_id', display_value: lineId }],
  })),
});

/** A product, or a variation where its id has two parts. */
export const itemBody = (item: SimulatedItem) => {
  const [product, variation] = parted(item.id);
  const isVariation = variation !== '0';
  return {
    id: idNumber(isVariation ? variation : product),
    parent_id: isVariation ? idNumber(product) : 0,
    type: isVariation ? 'variation' : 'simple',
    name: item.name,
    status: 'publish',
    sku: item.sku,
    global_unique_id: item.barcode,
    virtual: item.isVirtual,
    manage_stock: item.stock !== null,
    stock_quantity: item.stock,
    stock_status: item.stock === null || item.stock > 0 ? 'instock' : 'outofstock',
    attributes: isVariation ? [{ id: 1, name: 'Kind', option: item.option }] : [],
    variations: [],
  };
};

/** The product that some items are variations of. It is sold by them only. */
export const parentBody = (product: string, variations: readonly SimulatedItem[]) => ({
  ...itemBody({ id: product, sku: '', barcode: '', name: variations[0]?.name ?? '', option: '', isVirtual: false, stock: null }),
  type: 'variable',
  variations: variations.map(({ id }) => idNumber(parted(id)[1])),
});

/** A no of WordPress. */
export const no = (status: number, code: string, message: string) => ({ status, body: { code, message, data: { status } } });
export const noRoute = no(404, 'rest_no_route', 'No route was found matching the URL and request method.');
