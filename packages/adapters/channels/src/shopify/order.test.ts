import type { Address, ExternalOrder } from '@rappit/domain';
import { shopifyReader } from './shopify-reader.js';

type Json = Readonly<Record<string, unknown>>;

const plain: Json = { id: 1, currency: 'USD', updated_at: '2026-11-01T10:00:00+02:00', total_price: '10.00', line_items: [] };

const read = (order: Json): ExternalOrder | string => {
  const told = shopifyReader.read('orders/create', JSON.stringify({ ...plain, ...order }));
  if (!told.ok) return told.error.path;
  return told.value.kind === 'order' ? told.value.order : told.value.kind;
};
const money = (amount: string, currency_code = 'USD'): Json => ({ shop_money: { amount, currency_code } });

it('reads an order that tells next to nothing', () => {
  expect(read({})).toEqual({
    externalId: 'gid://shopify/Order/1',
    externalNumber: null,
    updatedAt: new Date('2026-11-01T08:00:00Z'),
    currency: 'USD',
    customer: null,
    shippingAddress: null,
    billingAddress: null,
    lines: [],
    shippingMinor: 0,
    totals: { subtotalMinor: 0, discountMinor: 0, taxMinor: 0, shippingMinor: 0, totalMinor: 1_000 },
    paymentStatus: 'pending',
    paymentMethod: 'prepaid',
    tags: [],
    refundedMinor: 0,
    cancelReason: null,
    statuses: {},
  });
});

describe('totals', () => {
  const lines = [
    { id: 11, quantity: 2, price: '3.00', total_discount: '0.50', tax_lines: [{ price: '0.30' }] },
    { id: 12, quantity: 1, price: '4.00' },
  ];

  it('are the order’s own, with the subtotal before discounts', () => {
    const order = {
      line_items: lines,
      total_line_items_price: '12.00',
      subtotal_price: '9.50',
      total_discounts: '0.50',
      total_tax_set: money('0.30'),
      total_shipping_price_set: money('2.00'),
      shipping_lines: [{ price: '9.99' }],
      total_price: '11.80',
    };
    const totals = { subtotalMinor: 1_200, discountMinor: 50, taxMinor: 30, shippingMinor: 200, totalMinor: 1_180 };
    expect(read(order)).toMatchObject({ totals, shippingMinor: 200 });
  });

  it('are added up from lines and shipping lines where the order is silent', () => {
    const order = { line_items: lines, shipping_lines: [{ price: '1.50' }, { price_set: money('0.50') }], total_price: '11.80' };
    const totals = { subtotalMinor: 1_000, discountMinor: 50, taxMinor: 30, shippingMinor: 200, totalMinor: 1_180 };
    expect(read(order)).toMatchObject({ totals, shippingMinor: 200 });
  });

  it.each([
    ['JPY', '1999', 1_999],
    ['JPY', '1999.00', 1_999],
    ['KWD', '1.999', 1_999],
  ])('count %s in its own minor units', (currency, total_price, totalMinor) => {
    expect(read({ currency, total_price })).toMatchObject({ currency, totals: { totalMinor } });
  });

  it.each<[Json, string]>([
    [{ total_price: null }, 'total_price'],
    [{ total_price: '-0.01' }, 'total_price'],
    [{ total_price: '0.001' }, 'total_price'],
    [{ currency: 'JPY', total_price: '19.99' }, 'total_price'],
    [{ total_tax_set: money('-1.00') }, 'total_tax_set.shop_money.amount'],
    [{ total_shipping_price_set: money('1.00', 'EUR') }, 'total_shipping_price_set.shop_money.currency_code'],
    [{ currency: 'usd' }, 'currency'],
    [{ currency: null }, 'currency'],
  ])('cannot be read from %j', (order, path) => {
    expect(read(order)).toBe(path);
  });
});

describe('the moment of change', () => {
  it.each([
    ['2026-11-01T10:00:00Z', '2026-11-01T10:00:00.000Z'],
    ['2024-02-29T23:59:59.123456-05:00', '2024-03-01T04:59:59.123Z'],
  ])('%s is %s', (updated_at, moment) => {
    expect(read({ updated_at })).toMatchObject({ updatedAt: new Date(moment) });
  });

  it.each([
    '2026-02-29T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-00T10:00:00Z',
    '2026-11-01T24:00:00Z',
    '2026-11-01T10:00:00',
    '2026-11-01',
    '0000-11-01T10:00:00Z',
    ' 2026-11-01T10:00:00Z',
    '',
    null,
    1_793_527_200,
  ])('cannot be read from %j', (updated_at) => {
    expect(read({ updated_at })).toBe('updated_at');
  });
});

describe('addresses', () => {
  const given = {
    name: 'Zoë Łaska',
    company: '',
    address1: 'Ul. Quokka 1',
    address2: 'm. 2',
    city: 'Kraków',
    province: 'Małopolskie',
    province_code: null,
    zip: '31-147',
    country_code: 'pl',
    phone: null,
  };
  const known: Address = {
    name: 'Zoë Łaska',
    company: null,
    lines: ['Ul. Quokka 1', 'm. 2'],
    city: 'Kraków',
    region: 'Małopolskie',
    postalCode: '31-147',
    countryCode: 'PL',
    phone: null,
    email: null,
  };

  it('are taken over as given', () => {
    expect(read({ shipping_address: given, billing_address: given })).toMatchObject({
      shippingAddress: known,
      billingAddress: known,
    });
  });

  it('are put together from what there is, and nothing is made up', () => {
    const partial = { first_name: 'Bo', last_name: '', city: 'Singapore', country_code: 'SG' };
    const address = { ...known, name: 'Bo', lines: [], city: 'Singapore', region: null, postalCode: null, countryCode: 'SG' };
    expect(read({ shipping_address: partial })).toMatchObject({ shippingAddress: address });
  });

  it.each([
    {},
    { ...given, country_code: null },
    { ...given, country_code: 'Poland' },
    { ...given, address1: null, address2: '', city: ' ' },
  ])('are null where nobody could be found by them: %j', (shipping_address) => {
    expect(read({ shipping_address })).toMatchObject({ shippingAddress: null });
  });

  it.each<[unknown, string]>([
    ['Ul. Quokka 1', 'shipping_address'],
    [[given], 'shipping_address'],
    [{ ...given, zip: 31_147 }, 'shipping_address.zip'],
  ])('are unreadable when they are something else: %j', (shipping_address, path) => {
    expect(read({ shipping_address })).toBe(path);
  });
});

describe('the customer', () => {
  const account = { id: 7, first_name: 'Bob', last_name: 'Norman', email: 'bob@home.quokka.example', phone: '+1' };

  it('is reached as the order says, rather than as the account says', () => {
    const customer = {
      externalId: 'gid://shopify/Customer/7',
      name: 'Bob Norman',
      email: 'bob@work.quokka.example',
      phone: '+2',
    };
    expect(read({ email: 'bob@work.quokka.example', phone: '+2', customer: account })).toMatchObject({ customer });
  });

  it('is reached as the account says where the order is silent', () => {
    expect(read({ email: '', contact_email: null, customer: account })).toMatchObject({
      customer: { email: 'bob@home.quokka.example', phone: '+1' },
    });
  });

  it('may be a guest of whom only an e-mail is known', () => {
    const guest = { externalId: null, name: null, email: 'guest@quokka.example', phone: null };
    expect(read({ contact_email: 'guest@quokka.example', customer: null })).toMatchObject({ customer: guest });
  });
});

describe('payment', () => {
  it.each([
    ['pending', 'pending'],
    ['authorized', 'authorized'],
    ['partially_paid', 'pending'],
    ['paid', 'paid'],
    ['partially_refunded', 'partiallyRefunded'],
    ['refunded', 'refunded'],
    ['voided', 'failed'],
    ['expired', 'failed'],
    ['PAID', 'paid'],
    ['on_the_moon', 'pending'],
    ['constructor', 'pending'],
    [null, 'pending'],
  ])('%j is %s', (financial_status, paymentStatus) => {
    expect(read({ financial_status })).toMatchObject({ paymentStatus });
  });

  it.each([
    [['Cash on Delivery (COD)'], 'cashOnDelivery'],
    [['gift_card', 'cash_on_delivery'], 'cashOnDelivery'],
    [['COD'], 'cashOnDelivery'],
    [['manual'], 'prepaid'],
    [['Bank Deposit', 'codex pay'], 'prepaid'],
    [['no cash on delivery'], 'prepaid'],
    [[], 'prepaid'],
  ])('by %j is %s', (payment_gateway_names, paymentMethod) => {
    expect(read({ payment_gateway_names })).toMatchObject({ paymentMethod });
  });
});

it('splits tags, and keeps each once', () => {
  expect(read({ tags: ' VIP, Léon,,VIP , vip,礼物' })).toMatchObject({ tags: ['VIP', 'Léon', 'vip', '礼物'] });
});

it('keeps 250 tags', () => {
  const tags = Array.from({ length: 300 }, (_, index) => `tag ${index}`);
  expect(read({ tags: tags.join(',') })).toMatchObject({ tags: tags.slice(0, 250) });
});
