import { randomUUID } from 'node:crypto';
import { nextId } from './ids.mjs';

/** Who places all orders, since nobody signs in. */
export const actor = { kind: 'user', id: randomUUID(), name: 'Bench' };

/** Stands for every hash that Rappit makes, and is as long. */
export const hash = '0'.repeat(64);

/** What the answer is stored under, as Rappit does. */
export const scope = 'POST /api/v1/orders';

let drawn = 1_000;

const sum = (lines, part) => lines.reduce((total, line) => total + part(line), 0);

/** Lines in one order of SKUs, so that two orders never wait for each other in a circle. */
const bySku = (left, right) => (left.sku < right.sku ? -1 : 1);

const noAddress = { name: null, company: null, lines: [], city: null, region: null, postalCode: null, countryCode: null };

const lineOf = ({ sku, quantity, unitPriceMinor }) => ({
  id: nextId(),
  ...{ sku, components: null, name: `Goods ${sku}`, ordered: quantity, pending: 0, reserved: quantity, backordered: 0 },
  ...{ shipped: 0, cancelled: 0, returning: 0, returned: 0, unitPriceMinor, taxMinor: 0, discountMinor: 0, external: null },
});

/** Makes an order of what was asked for, as it is stored and answered. Numbers are drawn in memory: there is one process. */
export const newOrder = (asked) => {
  const lines = (asked.lines.length === 1 ? asked.lines : asked.lines.toSorted(bySku)).map(lineOf);
  const totalMinor = sum(lines, ({ ordered, unitPriceMinor }) => ordered * unitPriceMinor);
  drawn += 1;
  return {
    ...{ id: nextId(), number: String(drawn) },
    source: { kind: 'api', channelId: null, externalId: null, externalNumber: null, updatedAt: null },
    ...{ status: 'reserved', hold: null, currency: asked.currency },
    customer: { externalId: null, ...asked.customer },
    shippingAddress: { ...noAddress, ...{ phone: null, email: null }, ...asked.shippingAddress },
    billingAddress: null,
    lines,
    totals: { subtotalMinor: totalMinor, discountMinor: 0, taxMinor: 0, shippingMinor: 0, totalMinor },
    ...{ paymentStatus: asked.paymentStatus, paymentMethod: 'prepaid', paidMinor: totalMinor, refundedMinor: 0 },
    ...{ paymentWindowMinutes: null, paymentExpired: false, tags: [], placedAt: new Date(), version: 1 },
  };
};

/** What the customer of an order is found by. */
const searchedBy = ({ name, email }) => {
  const lower = name.toLowerCase();
  return { search_name: lower, search_surname: lower.slice(lower.lastIndexOf(' ') + 1), search_email: email.toLowerCase() };
};

/** A row of `orders`, and of the tables that have one row an order. */
export const orderRow = (order) => ({
  ...{ id: order.id, number: order.number, entry_id: nextId(), currency: order.currency, payment: order.paymentStatus },
  ...{ customer: JSON.stringify(order.customer), address: JSON.stringify(order.shippingAddress) },
  totals: JSON.stringify(order.totals),
  ...searchedBy(order.customer),
  paid: order.paidMinor,
  units: sum(order.lines, ({ ordered }) => ordered),
  answer: JSON.stringify(order),
});

/** Rows of `order_lines`, and of the tables that have one row a line. */
export const lineRows = ({ lines }) =>
  lines.map(({ id, sku, name, ordered, unitPriceMinor }, position) => ({
    ...{ id, position, sku, name, quantity: ordered, price: unitPriceMinor, reservation_id: nextId(), movement_id: nextId() },
  }));
