import { randomUUID } from 'node:crypto';

const skuAt = (number) => `SKU-${String(number).padStart(5, '0')}`;
export const HOT = skuAt(0);
export const spreadSkus = (count) => Array.from({ length: count }, (_, index) => skuAt(index + 1));

/** Goods for more orders than a run can place; the hot SKU is received so many times. */
export const ON_HAND = 1_000_000;
export const HOT_RECEIPTS = 5;

const anyOf = (skus) => skus[Math.floor(Math.random() * skus.length)];

const severalOf = (skus, count) => {
  const chosen = new Set();
  while (chosen.size < count) chosen.add(anyOf(skus));
  return [...chosen];
};

/** What the orders of a load ask for: one SKU that all want, one of many, five of many. */
export const loads = {
  hot: { title: 'one hot SKU', skus: () => [HOT] },
  spread: { title: 'spread', skus: (all) => [anyOf(all)] },
  five: { title: '5 lines, spread', skus: (all) => severalOf(all, 5) },
};

const person = { name: 'Amal Harbi', email: 'amal@example.com', phone: '+49 30 5550100' };
const address = { name: 'Amal Harbi', lines: ['Lindenstrasse 12'], city: 'Berlin', postalCode: '10969', countryCode: 'DE' };

/** A paid order with a customer and an address, one unit of each SKU. All subjects are sent the same. */
const orderOf = (skus) => ({
  currency: 'EUR',
  lines: skus.map((sku) => ({ sku, quantity: 1, unitPriceMinor: 1_900 })),
  customer: person,
  shippingAddress: address,
  paymentStatus: 'paid',
});

const KEY = 'idempotency-key: ';

/**
 * Makes orders of one load as they go over the wire, each with an idempotency key of its own.
 * What stays the same from order to order is put together once, so that the generator leaves the processors to the subjects.
 */
export const orderMaker = ({ load, skus, path, headers }) => {
  const run = randomUUID();
  let count = 0;
  const fixed = Object.entries({ ...headers, 'content-type': 'application/json' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${fixed.join('')}${KEY}${run}-`;
  return () => {
    const body = JSON.stringify(orderOf(loads[load].skus(skus)));
    count += 1;
    return `${head}${count}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  };
};
