import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelMessage, ExternalLine, ExternalOrder } from '@rappit/domain';
import { billing, type Json, orderOf } from './woo-order.test-kit.js';
import { wooReader } from './woo-reader.js';

/** What is told, or the path of the first fault. */
const toldBy = (body: string, topic = 'order.updated'): ChannelMessage | string => {
  const read = wooReader.read(topic, body);
  return read.ok ? read.value : read.error.path;
};
const told = (order: Json, line: Json = {}): ExternalOrder | string => {
  const message = toldBy(JSON.stringify(orderOf(order, line)));
  if (typeof message === 'string') return message;
  return message.kind === 'order' ? message.order : message.kind;
};
const line = (facts: Json, order: Json = {}): ExternalLine | string | undefined => {
  const read = told(order, facts);
  return typeof read === 'string' ? read : read.lines[0];
};

describe('an order', () => {
  it('is read whole: its person, its addresses, its money and its one status', () => {
    const facts = {
      customer_id: 26,
      billing,
      shipping: { ...billing, first_name: '', last_name: 'Office', email: '', phone: '' },
      payment_method: 'bacs',
      date_paid_gmt: '2026-11-01T09:59:00',
      discount_total: '3.00',
      shipping_total: '10.00',
      total_tax: '1.35',
      total: '38.35',
      refunds: [],
    };
    expect(told(facts, { total: '27.00', total_tax: '1.35' })).toEqual({
      externalId: '727',
      externalNumber: '727',
      updatedAt: new Date('2026-11-01T10:00:00Z'),
      currency: 'USD',
      customer: { externalId: '26', name: 'Noura Quokka', email: 'noura@quokka.example', phone: '+33100000000' },
      shippingAddress: {
        name: 'Office',
        company: null,
        lines: ['7 Quokka Street'],
        city: 'Lyon',
        region: null,
        postalCode: '69001',
        countryCode: 'FR',
        phone: null,
        email: null,
      },
      billingAddress: expect.objectContaining({ name: 'Noura Quokka', phone: '+33100000000' }),
      lines: [
        {
          sku: 'MUG',
          name: 'Mug',
          quantity: 3,
          unitPriceMinor: 1_000,
          taxMinor: 135,
          discountMinor: 300,
          shipped: 0,
          cancelled: 0,
          external: { lineId: '315', variantId: '93', sku: 'MUG' },
        },
      ],
      shippingMinor: 1_000,
      totals: { subtotalMinor: 3_000, discountMinor: 300, taxMinor: 135, shippingMinor: 1_000, totalMinor: 3_835 },
      paymentStatus: 'paid',
      paymentMethod: 'prepaid',
      tags: [],
      refundedMinor: 0,
      cancelReason: null,
      statuses: { order: 'processing' },
    });
  });

  it('keeps ids above 2^53 to the last digit', () => {
    const body = JSON.stringify(orderOf())
      .replace('"id":727', '"id":820982911946154508')
      .replace('"id":315', '"id":9007199254740993');
    expect(toldBy(body)).toMatchObject({
      order: { externalId: '820982911946154508', lines: [{ external: { lineId: '9007199254740993' } }] },
    });
  });

  it('of a guest has nobody, or whoever the bill names', () => {
    expect(told({ customer_id: 0 })).toMatchObject({ customer: null, shippingAddress: null, billingAddress: null });
    expect(told({ customer_id: 0, billing })).toMatchObject({ customer: { externalId: null, name: 'Noura Quokka' } });
    expect(told({ customer_id: null, billing: null, shipping: null })).toMatchObject({ customer: null });
  });

  it.each(['Café №5', 'قميص أزرق', '日本酒 一升瓶', '👩🏽‍🚀 mug'])('keeps the name %s', (name) => {
    expect(line({ name })).toMatchObject({ name });
  });

  it('has the day on which it was made where nothing has changed since', () => {
    expect(told({ date_modified_gmt: null, date_created_gmt: '2026-10-31T23:59:59' })).toMatchObject({
      updatedAt: new Date('2026-10-31T23:59:59Z'),
    });
    expect(told({ date_modified_gmt: null })).toBe('date_modified_gmt');
    expect(told({ date_modified_gmt: '2026-13-01T00:00:00' })).toBe('date_modified_gmt');
  });

  it('has fees in its subtotal, so that its totals add up', () => {
    expect(told({ total: '34.00', fee_lines: [{ total: '4.00' }] })).toMatchObject({
      totals: { subtotalMinor: 3_400, totalMinor: 3_400 },
    });
  });

  it('has every line of five hundred, and lines that are there twice', () => {
    const lines = Array.from({ length: 500 }, (_, index) => ({
      id: index + 1,
      quantity: 1,
      subtotal: '1',
      total: '1',
      sku: 'MUG',
    }));
    const read = told({ line_items: lines });
    expect(typeof read === 'string' ? read : read.lines).toHaveLength(500);
  });
});

describe('the status of an order', () => {
  it.each(['pending', 'failed', 'checkout-draft', 'auto-draft', 'draft', 'new', 'trash'])(
    '%s: not sold, so the shop is asked',
    (status) => {
      expect(toldBy(JSON.stringify(orderOf({ status })))).toEqual({ kind: 'doubtful', externalId: '727' });
    },
  );

  it.each<[string, Json, { paymentStatus: string; shipped: number; cancelled: number; cancelReason: string | null }]>([
    ['processing', {}, { paymentStatus: 'paid', shipped: 0, cancelled: 0, cancelReason: null }],
    ['ready-for-pickup', {}, { paymentStatus: 'paid', shipped: 0, cancelled: 0, cancelReason: null }],
    ['on-hold', {}, { paymentStatus: 'pending', shipped: 0, cancelled: 0, cancelReason: null }],
    ['completed', {}, { paymentStatus: 'paid', shipped: 3, cancelled: 0, cancelReason: null }],
    ['cancelled', {}, { paymentStatus: 'pending', shipped: 0, cancelled: 3, cancelReason: 'other' }],
    [
      'cancelled',
      { date_paid_gmt: '2026-11-01T10:00:00' },
      { paymentStatus: 'paid', shipped: 0, cancelled: 3, cancelReason: 'other' },
    ],
    ['refunded', {}, { paymentStatus: 'refunded', shipped: 0, cancelled: 3, cancelReason: null }],
    [
      'refunded',
      { date_completed_gmt: '2026-11-01T10:00:00' },
      { paymentStatus: 'refunded', shipped: 3, cancelled: 0, cancelReason: null },
    ],
    ['packing-by-a-plugin', {}, { paymentStatus: 'pending', shipped: 0, cancelled: 0, cancelReason: null }],
    ['processing', { payment_method: 'cod' }, { paymentStatus: 'pending', shipped: 0, cancelled: 0, cancelReason: null }],
    ['completed', { payment_method: 'cod' }, { paymentStatus: 'paid', shipped: 3, cancelled: 0, cancelReason: null }],
  ])('%s with %j', (status, facts, { shipped, cancelled, ...order }) => {
    expect(told({ status, ...facts })).toMatchObject({ ...order, statuses: { order: status }, lines: [{ shipped, cancelled }] });
  });

  it('with refunds is asked for, since the body does not say which units they were of', () => {
    expect(toldBy(JSON.stringify(orderOf({ refunds: [{ id: 5, total: '-10.00' }] })))).toEqual({
      kind: 'doubtful',
      externalId: '727',
    });
  });
});

describe('the money of a line', () => {
  it.each<[string, Json, { unitPriceMinor: number; discountMinor: number; taxMinor: number }]>([
    ['is of each unit', {}, { unitPriceMinor: 1_000, discountMinor: 0, taxMinor: 0 }],
    [
      'that does not divide is exact all the same',
      { subtotal: '10.00', total: '10.00' },
      { unitPriceMinor: 334, discountMinor: 2, taxMinor: 0 },
    ],
    ['is less what coupons took', { total: '25.00' }, { unitPriceMinor: 1_000, discountMinor: 500, taxMinor: 0 }],
    [
      'is what somebody raised it to',
      { subtotal: '9.00', total: '12.00' },
      { unitPriceMinor: 400, discountMinor: 0, taxMinor: 0 },
    ],
    ['has its tax beside it', { total_tax: '2.10' }, { unitPriceMinor: 1_000, discountMinor: 0, taxMinor: 210 }],
    [
      'that gives back is a discount',
      { subtotal: '-6.00', total: '-6.00' },
      { unitPriceMinor: 0, discountMinor: 600, taxMinor: 0 },
    ],
    ['may be a number', { subtotal: 30, total: 25.5 }, { unitPriceMinor: 1_000, discountMinor: 450, taxMinor: 0 }],
  ])('%s', (_, facts, money) => {
    expect(line(facts)).toMatchObject(money);
  });

  it('is without tax, also where the prices of the shop include it', () => {
    const facts = { subtotal: '24.79', total: '24.79', total_tax: '5.21' };
    expect(line(facts, { prices_include_tax: true })).toEqual(line(facts, { prices_include_tax: false }));
  });

  it.each([
    ['JPY', '30', 10],
    ['JPY', '30.00', 10],
    ['KWD', '30.003', 10_001],
  ])('is exact in %s: %s', (currency, subtotal, unitPriceMinor) => {
    expect(line({ subtotal, total: subtotal }, { currency, total: '0' })).toMatchObject({ unitPriceMinor });
  });

  it.each<[string, Json, Json, string]>([
    ['finer than the currency', { subtotal: '30.005' }, {}, 'line_items[0].subtotal'],
    ['yen with a half', { subtotal: '30.5', total: '30' }, { currency: 'JPY' }, 'line_items[0].subtotal'],
    ['in words', { total: 'free' }, {}, 'line_items[0].total'],
    ['left out', { total: null }, {}, 'line_items[0].total'],
    ['a total below nothing', {}, { total: '-1.00' }, 'total'],
    ['an unknown spelling of a currency', {}, { currency: 'usd' }, 'currency'],
  ])('cannot be read when it is %s', (_, facts, order, path) => {
    expect(line(facts, order)).toBe(path);
  });
});

describe('the goods of a line', () => {
  it('are a product, or a variation by way of its product', () => {
    expect(line({ variation_id: 23 })).toMatchObject({ external: { variantId: '93/23' } });
    expect(line({ variation_id: 0 })).toMatchObject({ external: { variantId: '93' } });
  });

  it('are unknown where the shop made them up, or deleted them', () => {
    expect(line({ product_id: 0, variation_id: 0, sku: '' })).toMatchObject({
      sku: null,
      external: { variantId: null, sku: null },
    });
    expect(line({ product_id: null, sku: null })).toMatchObject({ sku: null, external: { variantId: null } });
  });

  it.each([2, '2', '2.0', '2.00'])('are counted: %j is two', (quantity) => {
    expect(line({ quantity })).toMatchObject({ quantity: 2 });
  });

  it.each([1.5, '1.5', -1, '-1', '', 'two', null, true])('are in whole units, so %j cannot be read', (quantity) => {
    expect(line({ quantity })).toBe('line_items[0].quantity');
  });

  it('are left out where none are wanted', () => {
    expect(line({ quantity: 0 })).toBeUndefined();
  });
});

describe('a body that is no order', () => {
  const error = '{"code":"woocommerce_rest_cannot_view","message":"Sorry, you cannot view this resource.","data":{"status":401}}';

  it.each([
    ['an error that the store signed', error, 'id'],
    ['no object', '[]', 'body'],
    ['no JSON', '<html>', 'body'],
    ['nothing', '', 'body'],
    ['an order without lines', '{"id":1,"currency":"USD"}', 'status'],
  ])('is unreadable: %s', (_, body, path) => {
    expect(toldBy(body)).toBe(path);
  });

  it('of a deleted order says which, and of other topics nothing', () => {
    expect(toldBy('{"id":727}', 'order.deleted')).toEqual({ kind: 'doubtful', externalId: '727' });
    expect(toldBy('{"id":727}', 'coupon.created')).toEqual({ kind: 'unused', topic: 'coupon.created' });
    expect(toldBy(error, 'order.deleted')).toBe('id');
  });
});

describe('a product', () => {
  it.each<[string, Json, Json]>([
    [
      'shows its stock',
      { manage_stock: true, stock_quantity: 7 },
      { place: { externalItemId: '93', externalLocationId: null }, available: 7 },
    ],
    ['shows none where it is not counted', { manage_stock: false, stock_quantity: null }, { available: null }],
    ['may owe some', { manage_stock: true, stock_quantity: -2 }, { available: -2 }],
    ['has no halves', { manage_stock: true, stock_quantity: '2.5' }, { available: 2 }],
    [
      'may be a variation of another',
      { type: 'variation', parent_id: 22, manage_stock: 'parent', stock_quantity: 4 },
      { place: { externalItemId: '22/93', externalLocationId: null }, available: 4 },
    ],
  ])('%s', (_, facts, message) => {
    expect(toldBy(JSON.stringify({ id: 93, ...facts }), 'product.updated')).toMatchObject({ kind: 'stock', ...message });
  });
});

describe('a signature', () => {
  const bytes = Buffer.from('{"id":727,"status":"été"}');
  const signature = createHmac('sha256', 'SECRETwombat').update(bytes).digest('base64');

  it('verifies the bytes that were signed, with one of the secrets', () => {
    const verified = ['SECRETwombatbefore', 'SECRETwombat'].map((secret) => wooReader.verifies(bytes, signature, secret));
    expect(verified).toEqual([false, true]);
  });

  it('verifies no other bytes', () => {
    expect(wooReader.verifies(Buffer.concat([bytes, Buffer.from(' ')]), signature, 'SECRETwombat')).toBe(false);
  });
});

/** Bodies that WooCommerce publishes. They aren't part of the repository: where they lie beside it, they are read too. */
const folder = join(import.meta.dirname, '../../../../../../shared/channels/woocommerce');
const sample = (topic: string): ChannelMessage | string => toldBy(readFileSync(join(folder, `${topic}.json`), 'utf8'), topic);

if (existsSync(folder)) {
  describe('of WooCommerce’s own samples', () => {
    it('reads an order, and what became of it', () => {
      expect(sample('order.created')).toMatchObject({
        order: {
          externalId: '727',
          updatedAt: new Date('2017-03-22T19:28:08Z'),
          totals: { subtotalMinor: 1_800, discountMinor: 0, taxMinor: 135, shippingMinor: 1_000, totalMinor: 2_935 },
          paymentStatus: 'paid',
          lines: [
            { sku: null, quantity: 2, unitPriceMinor: 300, taxMinor: 45, external: { variantId: '93' } },
            { sku: 'Bar3', quantity: 1, unitPriceMinor: 1_200, taxMinor: 90, external: { variantId: '22/23' } },
          ],
        },
      });
      expect(sample('order.updated')).toMatchObject({
        order: { statuses: { order: 'completed' }, lines: [{ shipped: 2 }, { shipped: 1 }] },
      });
    });

    it('reads an order that is gone, and a product that is not counted', () => {
      expect(sample('order.deleted')).toEqual({ kind: 'doubtful', externalId: '727' });
      expect(sample('product.updated')).toEqual({
        kind: 'stock',
        place: { externalItemId: '794', externalLocationId: null },
        available: null,
      });
    });
  });
}
