import { reachable } from '../wire/contract-world.test-kit.js';
import type { Exchange } from '../wire/exchange.js';
import { fromRates } from './rates.js';
import { fromAddress, fromPickupCancelled, fromProof } from './services.js';
import { fromPurchase } from './shipment-answer.js';
import { fromSearch, fromTracking } from './tracking.js';

const answered = (status: number, json?: unknown): Exchange => ({ kind: 'answered', status, json });
const pdf = Buffer.from('%PDF-1.4 label').toString('base64');
const sale = {
  shipmentTrackingNumber: 1_103_733_901,
  packages: [{ trackingNumber: 'JD014600000000000001' }],
  documents: [
    { typeCode: 'waybillDoc', imageFormat: 'PDF', content: pdf },
    { typeCode: 'label', imageFormat: 'EPL2', content: Buffer.from('N\nP1\n').toString('base64') },
  ],
  shipmentCharges: [
    { currencyType: 'PULCL', priceCurrency: 'GBP', price: 1 },
    { currencyType: 'BILLC', priceCurrency: 'GBP', price: 157.95 },
  ],
};
const buy = (exchange: Exchange) => fromPurchase(exchange, 'P');
const codeOf = (result: { readonly ok: boolean; readonly error?: { readonly code: string } }) => result.error?.code ?? 'ok';

describe('the answer of DHL to a purchase', () => {
  it('is a label with the billed price, a number that may be a JSON number, and papers by type', () => {
    expect(buy(answered(201, sale))).toMatchObject({
      ok: true,
      value: {
        trackingNumber: '1103733901',
        parcelNumbers: ['JD014600000000000001'],
        cost: { amountMinor: 15_795, currency: 'GBP' },
        documents: [
          { kind: 'waybill', format: 'pdf' },
          { kind: 'label', format: 'epl' },
        ],
        warnings: [],
      },
    });
  });

  it.each([
    ['no charges', undefined],
    ['none that is billed', [{ currencyType: 'BASEC', priceCurrency: 'EUR', price: 3 }]],
    ['one without an amount', [{ currencyType: 'BILLC', priceCurrency: 'EUR' }]],
    ['a negative one', [{ currencyType: 'BILLC', priceCurrency: 'EUR', price: -1 }]],
    ['an odd currency', [{ currencyType: 'BILLC', priceCurrency: 'euro', price: 1 }]],
  ])('has no price, which is not a price of nothing, with %s', (_, shipmentCharges) => {
    expect(buy(answered(201, { ...sale, shipmentCharges }))).toMatchObject({ ok: true, value: { cost: null } });
  });

  it('says that the label is missing where only the archive copy came', () => {
    const bought = buy(answered(201, { ...sale, documents: [{ typeCode: 'label', content: 'no base64!' }] }));
    expect(bought).toMatchObject({ ok: true, value: { documents: [], warnings: [expect.stringContaining('no label')] } });
  });

  it.each<[Exchange, string]>([
    [{ kind: 'notSent' }, 'carrier.unavailable'],
    [{ kind: 'lost' }, 'carrier.unknown_outcome'],
    [answered(201, { ...sale, shipmentTrackingNumber: ' ' }), 'carrier.unknown_outcome'],
    [answered(201, undefined), 'carrier.unknown_outcome'],
    [answered(200, []), 'carrier.unknown_outcome'],
    [answered(302), 'carrier.unknown_outcome'],
    [answered(400, {}), 'carrier.refused'],
    [answered(401), 'carrier.unauthorized'],
    [answered(403), 'carrier.unauthorized'],
    [answered(404), 'carrier.unavailable'],
    [answered(422, {}), 'carrier.refused'],
    [answered(429), 'carrier.unavailable'],
    [answered(500, { detail: '999: Process failure' }), 'carrier.unknown_outcome'],
    [answered(503), 'carrier.unknown_outcome'],
    [answered(504), 'carrier.unknown_outcome'],
  ])('%j is %s', (exchange, code) => {
    expect(codeOf(buy(exchange))).toBe(code);
  });
});

it('leaves DHL alone for as long as it says, whatever was asked', () => {
  const busy: Exchange = { kind: 'answered', status: 429, json: undefined, retryAfterSeconds: 90 };
  const error = { code: 'carrier.unavailable', retryAfterSeconds: 90 };
  expect([buy(busy), fromTracking(['1'], busy)]).toMatchObject([{ error }, { error }]);
});

describe('rates of DHL', () => {
  it('leave out what costs nothing, and keep what has no price', () => {
    const priced = (productCode: string, price: unknown) => ({
      productCode,
      productName: `Product ${productCode}`,
      totalPrice: [{ currencyType: 'BILLC', priceCurrency: 'EUR', price }],
      deliveryCapabilities: { estimatedDeliveryDateAndTime: '2026-01-07T23:59:00' },
    });
    expect(fromRates(answered(200, { products: [priced('P', 23.9), priced('Z', 0), priced('W', undefined), {}] }))).toEqual({
      ok: true,
      value: [
        { service: 'P', name: 'Product P', price: { amountMinor: 2_390, currency: 'EUR' }, deliveryOn: '2026-01-07' },
        { service: 'W', name: 'Product W', price: null, deliveryOn: '2026-01-07' },
      ],
    });
  });

  it.each<[Exchange, string]>([
    [{ kind: 'lost' }, 'carrier.unavailable'],
    [answered(200, {}), 'carrier.unavailable'],
    [answered(500), 'carrier.unavailable'],
    [answered(400, { detail: '996: not available' }), 'carrier.refused'],
    [answered(404, { detail: '1004: not available' }), 'carrier.refused'],
    [answered(404), 'carrier.unavailable'],
  ])('of %j are %s', (exchange, code) => {
    expect(codeOf(fromRates(exchange))).toBe(code);
  });
});

describe('tracking at DHL', () => {
  const event = (time: string, typeCode: string, more: object = {}) => ({ date: '2026-01-05', time, typeCode, ...more });
  const row = (shipmentTrackingNumber: unknown, events: readonly unknown[], shipmentTimestamp = '2026-01-04T10:00:00') => ({
    shipmentTrackingNumber,
    status: 'Success',
    shipmentTimestamp,
    events,
  });

  it('keeps a code that is new, with its words and the former status', () => {
    const events = [event('12:00:00', 'QQ', { description: 'Quirk' }), event('09:00:00', 'DF', { GMTOffset: '+01:00' })];
    expect(fromTracking(['1'], answered(200, { shipments: [row('1', events)] }))).toMatchObject({
      value: [
        {
          status: 'inTransit',
          events: [
            { code: 'DF', at: { local: '2026-01-05T09:00:00', utcOffsetMinutes: 60 } },
            { code: 'QQ', status: null, description: 'Quirk', at: { utcOffsetMinutes: null } },
          ],
        },
      ],
    });
  });

  it('takes no word of a query for one of a parcel', () => {
    expect(fromTracking(['1'], answered(200, { shipments: [row('1', [])] }))).toMatchObject({
      value: [{ status: null, events: [] }],
    });
  });

  it('means the youngest shipment where a number was used again', () => {
    const shipments = [row('1', [event('09:00:00', 'OK')], '2021-01-01T00:00:00'), row(1, [event('09:00:00', 'PU')])];
    expect(fromTracking(['1'], answered(200, { shipments }))).toMatchObject({ value: [{ status: 'pickedUp' }] });
  });

  it('drops what has no day or no code', () => {
    const events = [{ time: '09:00:00', typeCode: 'OK' }, { date: '2026-01-05' }, null, event('xx', 'PU')];
    expect(fromTracking(['1'], answered(200, { shipments: [row('1', events)] }))).toMatchObject({
      value: [{ status: 'pickedUp', events: [{ at: { local: '2026-01-05T00:00:00' } }] }],
    });
  });
});

describe('a search at DHL', () => {
  const askedAt = new Date('2026-01-05T09:00:00Z');
  const search = { trace: { reference: 'r1', askedAt, shipOn: null }, settlesAfterMs: 3_600_000 };
  const early = { ...search, now: new Date('2026-01-05T09:59:59Z') };
  const late = { ...search, now: new Date('2026-01-05T10:00:00Z') };
  const found = (...shipments: readonly object[]) => answered(200, { shipments });
  const nothing = answered(404, { title: 'No data found', detail: 'No data found', status: '404' });
  const one = { shipmentTrackingNumber: '1', shipmentTimestamp: '2026-01-05T10:00:00', status: 'Success' };

  it('is settled by nothing only after the delay', () => {
    expect(fromSearch(nothing, early)).toMatchObject({
      error: { code: 'carrier.reference_unsettled', until: late.now },
    });
    expect(codeOf(fromSearch(nothing, late))).toBe('carrier.reference_unknown');
    expect(codeOf(fromSearch(found({ status: 'No Shipments Found' }), late))).toBe('carrier.reference_unknown');
  });

  it('finds the oldest of several, and none of another reference', () => {
    const older = { ...one, shipmentTrackingNumber: '2', shipmentTimestamp: '2026-01-05T09:30:00' };
    const strange = { ...older, shipmentTrackingNumber: '3', shipperReferences: [{ value: 'r2' }] };
    expect(fromSearch(found(one, older, strange), early)).toMatchObject({ ok: true, value: { trackingNumber: '2' } });
    expect(codeOf(fromSearch(found(strange), late))).toBe('carrier.reference_unknown');
  });

  it.each([
    answered(500),
    answered(200, {}),
    answered(400, {}),
    found({ status: 'Success', shipperReferences: [{ value: 'r1' }] }),
    answered(404),
    answered(404, '<html>No data found</html>'),
    answered(404, { title: 'Not found', detail: 'There is no such route' }),
    { kind: 'lost' } as const,
  ])('is not settled by %j', (exchange) => {
    expect(codeOf(fromSearch(exchange, late))).toBe('carrier.unavailable');
  });
});

describe('other answers of DHL', () => {
  it('say how DHL would write an address, and what is wrong with one', () => {
    const better = fromAddress(answered(200, { address: [{ countryCode: 'DE', postalCode: '60315' }] }), reachable);
    expect(better).toMatchObject({ value: { deliverable: true, better: { postalCode: '60315', city: 'Frankfurt am Main' } } });
    expect(fromAddress(answered(400, { detail: '420505: invalid' }), reachable)).toMatchObject({
      value: { deliverable: false, remarks: ['420505: invalid'] },
    });
  });

  it('take a pickup that is not there for cancelled, and an empty success for one', () => {
    expect(fromPickupCancelled(answered(404))).toEqual({ ok: true, value: null });
    expect(fromPickupCancelled(answered(200))).toEqual({ ok: true, value: null });
    expect(codeOf(fromPickupCancelled(answered(500)))).toBe('carrier.unknown_outcome');
  });

  it('have papers of a delivery, or none yet', () => {
    expect(fromProof(answered(404))).toEqual({ ok: true, value: [] });
    expect(fromProof(answered(200, { documents: [{ content: pdf }] }))).toMatchObject({ value: [{ kind: 'proofOfDelivery' }] });
  });
});
