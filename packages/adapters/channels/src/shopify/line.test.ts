import { type ExternalLine, MAX_QUANTITY } from '@rappit/domain';
import { shopifyReader } from './shopify-reader.js';

type Json = Readonly<Record<string, unknown>>;

const orderOf = (line: Json, order: Json): Json => ({
  id: 1,
  currency: 'USD',
  updated_at: '2026-11-01T10:00:00Z',
  total_price: '0.00',
  line_items: [{ id: 11, variant_id: 5, sku: 'MUG', name: 'Mug', quantity: 3, price: '4.50', ...line }],
  ...order,
});

/** The first line, the path of the first fault, or undefined for an order without lines. */
const told = (line: Json, order: Json = {}): ExternalLine | string | undefined => {
  const read = shopifyReader.read('orders/updated', JSON.stringify(orderOf(line, order)));
  if (!read.ok) return read.error.path;
  return read.value.kind === 'order' ? read.value.order.lines[0] : read.value.kind;
};

const success = { status: 'success', line_items: [{ id: 11, quantity: 1 }] };
const refund = (quantity: number, lineId = 11): Json => ({ refund_line_items: [{ line_item_id: lineId, quantity }] });

describe('the units of a line', () => {
  it.each<[string, Json, Json, { shipped: number; cancelled: number }]>([
    ['an untouched line is all still to be shipped', {}, {}, { shipped: 0, cancelled: 0 }],
    ['what was edited away is cancelled', { current_quantity: 1, fulfillable_quantity: 1 }, {}, { shipped: 0, cancelled: 2 }],
    [
      'without a current quantity, the refunds say what is cancelled',
      {},
      { refunds: [refund(1), refund(1)] },
      { shipped: 0, cancelled: 2 },
    ],
    ['a refund of another line is none of ours', {}, { refunds: [refund(1, 12)] }, { shipped: 0, cancelled: 0 }],
    [
      'a current quantity goes before the refunds',
      { current_quantity: 2 },
      { refunds: [refund(3)] },
      { shipped: 0, cancelled: 1 },
    ],
    ['more refunded than ordered cancels no more than was ordered', {}, { refunds: [refund(9)] }, { shipped: 0, cancelled: 3 }],
    [
      'a partly fulfilled line has shipped the difference',
      { fulfillable_quantity: 2, fulfillment_status: 'partial' },
      {},
      { shipped: 1, cancelled: 0 },
    ],
    [
      'a fulfilled line has shipped',
      { fulfillable_quantity: 0, fulfillment_status: 'fulfilled' },
      {},
      { shipped: 3, cancelled: 0 },
    ],
    [
      'a fulfilled order has shipped',
      { fulfillable_quantity: 0 },
      { fulfillment_status: 'fulfilled' },
      { shipped: 3, cancelled: 0 },
    ],
    [
      'a fulfilment of the line has shipped',
      { fulfillable_quantity: 1 },
      { fulfillments: [success] },
      { shipped: 2, cancelled: 0 },
    ],
    [
      'a fulfilment under way holds its units',
      { fulfillable_quantity: 1 },
      { fulfillments: [{ ...success, status: 'open' }] },
      { shipped: 2, cancelled: 0 },
    ],
    [
      'a fulfilment that failed has shipped nothing',
      { fulfillable_quantity: 1 },
      { fulfillments: [{ ...success, status: 'failure' }] },
      { shipped: 0, cancelled: 0 },
    ],
    [
      'a fulfilment of other lines says nothing of this one',
      { fulfillable_quantity: 1 },
      { fulfillments: [{ status: 'success', line_items: [{ id: 12 }] }] },
      { shipped: 0, cancelled: 0 },
    ],
    ['less is fulfillable, but nothing was fulfilled', { fulfillable_quantity: 0 }, {}, { shipped: 0, cancelled: 0 }],
    ['fulfilled, but nobody says how much is left', {}, { fulfillment_status: 'fulfilled' }, { shipped: 0, cancelled: 0 }],
    [
      'more fulfillable than there is ships nothing back',
      { current_quantity: 1, fulfillable_quantity: 2, fulfillment_status: 'partial' },
      {},
      { shipped: 0, cancelled: 2 },
    ],
    [
      'shipped and refunded stand side by side',
      { current_quantity: 2, fulfillable_quantity: 1, fulfillment_status: 'partial' },
      {},
      { shipped: 1, cancelled: 1 },
    ],
    [
      'of a cancelled order everything is cancelled',
      { fulfillable_quantity: 3 },
      { cancelled_at: '2026-11-01T10:00:00Z' },
      { shipped: 0, cancelled: 3 },
    ],
    [
      'of a cancelled order, what had shipped stays shipped',
      { fulfillable_quantity: 2, fulfillment_status: 'partial' },
      { cancelled_at: '2026-11-01T10:00:00Z' },
      { shipped: 1, cancelled: 2 },
    ],
  ])('%s', (_, line, order, units) => {
    expect(told(line, order)).toMatchObject({ quantity: 3, ...units });
  });

  it.each([2, '2', '2.0', '2.00'])('reads %j as two', (quantity) => {
    expect(told({ quantity })).toMatchObject({ quantity: 2 });
  });

  it.each([1.5, '1.5', -1, '-1', '', ' 2', '2e0', 'two', true, {}, [2], 1e21])('cannot read %j', (quantity) => {
    expect(told({ quantity })).toBe('line_items[0].quantity');
    expect(told({ fulfillable_quantity: quantity })).toBe('line_items[0].fulfillable_quantity');
  });

  it('cannot read a line of which more is left than was ordered', () => {
    expect(told({ current_quantity: 4 })).toBe('line_items[0].current_quantity');
  });

  it('leaves out a line that was ordered no times, and hands on one too large for the order to judge', () => {
    expect(told({ quantity: 0 })).toBeUndefined();
    expect(told({ quantity: MAX_QUANTITY + 1 })).toMatchObject({ quantity: MAX_QUANTITY + 1 });
  });
});

describe('the money of a line', () => {
  it('is exact, with the discounts that fell to it and its taxes', () => {
    const line = {
      price: '199.00',
      total_discount: '1.00',
      discount_allocations: [{ amount: '3.33' }, { amount: '0.01' }],
      tax_lines: [{ price: '3.98' }, { price: 0.29 }],
    };
    expect(told(line)).toMatchObject({ unitPriceMinor: 19_900, discountMinor: 334, taxMinor: 427 });
  });

  it('takes the line’s own discount where none was allocated', () => {
    expect(told({ total_discount: '1.25', discount_allocations: [] })).toMatchObject({ discountMinor: 125 });
  });

  it('is the shop’s money, not the buyer’s', () => {
    const price_set = {
      shop_money: { amount: '5.00', currency_code: 'USD' },
      presentment_money: { amount: '4.60', currency_code: 'EUR' },
    };
    expect(told({ price: '4.60', price_set })).toMatchObject({ unitPriceMinor: 500 });
  });

  it.each<[string, Json, string]>([
    ['no price', { price: null }, 'price'],
    ['a negative price', { price: '-1.00' }, 'price'],
    ['a price finer than a cent', { price: '4.505' }, 'price'],
    ['a price in words', { price: 'free' }, 'price'],
    [
      'another currency',
      { price_set: { shop_money: { amount: '5.00', currency_code: 'EUR' } } },
      'price_set.shop_money.currency_code',
    ],
    ['money without an amount', { price_set: { shop_money: {} } }, 'price_set.shop_money.amount'],
    ['a tax without a price', { tax_lines: [{ price: '1.00' }, {}] }, 'tax_lines[1].price'],
    ['discounts that are no list', { discount_allocations: {} }, 'discount_allocations'],
  ])('is unreadable with %s', (_, line, path) => {
    expect(told(line)).toBe(`line_items[0].${path}`);
  });
});

describe('the names of a line', () => {
  it.each<[string, Json, string | null]>([
    ['its whole name', { name: 'Mug - blue', title: 'Mug' }, 'Mug - blue'],
    ['title and variant', { name: '', title: 'Mug', variant_title: 'blue' }, 'Mug - blue'],
    ['the title', { name: null, title: 'Mug', variant_title: '' }, 'Mug'],
    ['nothing', { name: ' ', title: null }, null],
  ])('take %s', (_, line, name) => {
    expect(told(line)).toMatchObject({ name });
  });

  it.each(['', '  ', null])('know no SKU where the shop writes %j', (sku) => {
    expect(told({ sku })).toMatchObject({ sku: null });
  });

  it('know no variant of goods that the shop made up for this order', () => {
    expect(told({ variant_id: null })).toMatchObject({ external: { lineId: 'gid://shopify/LineItem/11', variantId: null } });
  });

  it('prefer the global id to the number', () => {
    expect(told({ admin_graphql_api_id: 'gid://shopify/LineItem/99' })).toMatchObject({
      external: { lineId: 'gid://shopify/LineItem/99' },
    });
  });
});
