import { exampleAddress, exampleLabelOrder, exampleParcel } from '@rappit/testing/fakes';
import { fromPurchase, fromSearch, toWireOrder } from './carrier-mapping.js';
import type { Exchange } from './exchange.js';
import { ourPath } from './field-names.js';

const sale = {
  awb: 'SIM079927398713',
  customer_ref: 'r1',
  service_code: 'express',
  charge: { amount: '12.80', currency: 'EUR' },
  label: { format: 'PDF', data: Buffer.from('%PDF-1.3 …').toString('base64') },
};
const label = {
  trackingNumber: 'SIM079927398713',
  parcelNumbers: [],
  service: 'express',
  cost: { amountMinor: 1_280, currency: 'EUR' },
  documents: [{ kind: 'label', format: 'pdf', content: new Uint8Array(Buffer.from('%PDF-1.3 …')) }],
  warnings: [],
};
const answered = (status: number, json?: unknown): Exchange => ({ kind: 'answered', status, json });
const codeOf = (result: ReturnType<typeof fromPurchase> | ReturnType<typeof fromSearch>) =>
  result.ok ? 'bought' : result.error.code;

describe('an order in the words of the carrier', () => {
  it('has kilograms, centimetres and its own names, and leaves out what we leave open', () => {
    const to = {
      ...exampleAddress,
      company: 'Beech & Co',
      region: 'HE',
      phone: '+49 69 1',
      email: 'jo@quokka.example',
      postalCode: null,
    };
    const parcels = [{ ...exampleParcel, weightGrams: 1_234, heightMm: 151 }];
    const shipper = { contact: 'Mina Okafor', street: ['Quokkaweg 12'], town: 'Frankfurt am Main', country: 'DE' };
    expect(toWireOrder(exampleLabelOrder('r1', { to, parcels }))).toEqual({
      customer_ref: 'r1',
      shipper: { ...shipper, zip: '60316' },
      consignee: { ...shipper, company: 'Beech & Co', state: 'HE', tel: '+49 69 1', mail: 'jo@quokka.example' },
      pieces: [{ kg: 1.234, cm: { l: 30, w: 20, h: 15.1 } }],
    });
    expect(toWireOrder(exampleLabelOrder('r1', { from: to, to, parcels, service: 'express' })).service_code).toBe('express');
  });
});

describe('the answer to a purchase', () => {
  it('is a label', () => {
    expect(fromPurchase('r1', answered(201, sale))).toEqual({ ok: true, value: label });
  });

  it.each([
    ['JPY', '1280', { amountMinor: 1_280, currency: 'JPY' }],
    ['KWD', '1.280', { amountMinor: 1_280, currency: 'KWD' }],
    ['EUR', '12.805', null],
    ['EUR', '-1.00', null],
    ['EUR', 12.8, null],
    ['euro', '12.80', null],
  ])('has the exact cost, or none: %s %s', (currency, amount, cost) => {
    expect(fromPurchase('r1', answered(201, { ...sale, charge: { amount, currency } }))).toMatchObject({
      ok: true,
      value: { cost },
    });
  });

  it('is a label without a cost when the carrier names no price', () => {
    expect(fromPurchase('r1', answered(201, { ...sale, charge: undefined }))).toEqual({
      ok: true,
      value: { ...label, cost: null },
    });
  });

  it.each<[string, Exchange]>([
    ['a lost connection', { kind: 'lost' }],
    ['a failure', answered(500)],
    ['a bad gateway', answered(502)],
    ['a 503 that does not say that nothing was sold', answered(503, { error: { code: 'closed' } })],
    ['a conflict', answered(409, {})],
    ['a redirect', answered(307)],
    ['a success without a body', answered(200)],
    ['a success that is a list', answered(200, [])],
    ['a success without a number', answered(201, { ...sale, awb: undefined })],
    ['a success with an empty number', answered(201, { ...sale, awb: '' })],
    ['a success with a number that is no text', answered(201, { ...sale, awb: 1 })],
    ['a success without a label', answered(201, { ...sale, label: null })],
    ['a success with a label that is no PDF', answered(201, { ...sale, label: { format: 'PDF', data: 'AAAA' } })],
    ['a success for somebody else', answered(201, { ...sale, customer_ref: 'r2' })],
  ])('may have been a sale after %s', (_, exchange) => {
    expect(codeOf(fromPurchase('r1', exchange))).toBe('carrier.unknown_outcome');
  });

  it.each<[Exchange, string]>([
    [{ kind: 'notSent' }, 'carrier.unavailable'],
    [answered(429), 'carrier.unavailable'],
    [answered(404), 'carrier.unavailable'],
    [answered(503, { error: { sold: false } }), 'carrier.unavailable'],
    [answered(401), 'carrier.unauthorized'],
    [answered(403), 'carrier.unauthorized'],
    [answered(400), 'carrier.refused'],
    [answered(422, { error: null }), 'carrier.refused'],
  ])('was certainly no sale: %j is %s', (exchange, code) => {
    expect(codeOf(fromPurchase('r1', exchange))).toBe(code);
  });

  it('shortens and cleans what the carrier says', () => {
    const error = { message: `No\u0000\n${'x'.repeat(5_000)}`, pointer: 7 };
    expect(fromPurchase('r1', answered(422, { error }))).toEqual({
      ok: false,
      error: { code: 'carrier.refused', message: `No ${'x'.repeat(297)}`, path: null },
    });
  });
});

describe('the answer to a search', () => {
  it('is the oldest sale', () => {
    const found = fromSearch('r1', answered(200, { shipments: [sale, { ...sale, awb: 'SIM000000000000' }] }));
    expect(found).toEqual({ ok: true, value: label });
  });

  it('is that there was none only when the carrier shows an empty list', () => {
    expect(codeOf(fromSearch('r1', answered(200, { shipments: [] })))).toBe('carrier.reference_unknown');
  });

  it.each<Exchange>([
    { kind: 'notSent' },
    { kind: 'lost' },
    answered(200),
    answered(200, { shipments: {} }),
    answered(200, { shipments: [{ ...sale, awb: undefined }] }),
    answered(200, { shipments: [{ ...sale, customer_ref: 'r2' }] }),
    answered(404, { shipments: [] }),
    answered(500),
    answered(429),
  ])('says nothing about a sale: %j', (exchange) => {
    expect(codeOf(fromSearch('r1', exchange))).toBe('carrier.unavailable');
  });

  it('says that the key is wrong', () => {
    expect(codeOf(fromSearch('r1', answered(401)))).toBe('carrier.unauthorized');
  });
});

describe('a pointer of the carrier', () => {
  it.each([
    ['/pieces/0/kg', 'parcels[0].weightGrams'],
    ['/pieces/12/cm/l', 'parcels[12].lengthMm'],
    ['/pieces', 'parcels'],
    ['/consignee/zip', 'to.postalCode'],
    ['/shipper/street/1', 'from.lines[1]'],
    ['/service_code', 'service'],
    ['/customer_ref', 'reference'],
    ['', null],
    ['/', null],
    ['/constructor', null],
    ['/pieces/0/colour', null],
    ['/consignee/colour/kg', null],
  ])('%s is our %s', (pointer, path) => {
    expect(ourPath(pointer)).toBe(path);
  });
});
