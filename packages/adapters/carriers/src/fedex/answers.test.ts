import { ok } from '@rappit/domain';
import type { Exchange } from '../wire/exchange.js';
import type { Asked } from './asking.js';
import { fromRates } from './rates.js';
import { fromSearch } from './search.js';
import { fromPickupCancelled, fromVoid } from './services.js';
import { fromPurchase } from './shipment-answer.js';
import { fromTracking } from './tracking.js';

const came = (exchange: Exchange): Asked => ok(exchange);
const answered = (status: number, json?: unknown): Asked => came({ kind: 'answered', status, json });
const output = (facts: object): Asked => answered(200, { output: facts });
const codeOf = (result: { readonly ok: boolean; readonly error?: { readonly code: string } }) => result.error?.code ?? 'ok';

const paper = (contentType: string, text: string) => ({
  contentType,
  docType: 'PDF',
  encodedLabel: Buffer.from(text).toString('base64'),
});
const label = paper('LABEL', '%PDF-1.4 label');
const invoice = paper('COMMERCIAL_INVOICE', '%PDF-1.4 invoice');
const piece = (trackingNumber: string, packageSequenceNumber: number, packageDocuments: readonly object[]) => ({
  trackingNumber,
  packageSequenceNumber,
  packageDocuments,
  netChargeAmount: 0,
});
const shipment = (facts: object = {}) => ({
  masterTrackingNumber: '794953535000',
  serviceType: 'FEDEX_PRIORITY',
  pieceResponses: [piece('2', 2, [label]), piece('1', 1, [label])],
  shipmentDocuments: [invoice, label],
  completedShipmentDetail: {
    shipmentRating: {
      actualRateType: 'ACCOUNT',
      shipmentRateDetails: [
        { rateType: 'LIST', totalNetCharge: 99, currency: 'EUR' },
        { rateType: 'ACCOUNT', totalNetCharge: 27.1, currency: 'EUR' },
      ],
    },
  },
  ...facts,
});
const bought = (facts: object = {}) => fromPurchase(output({ transactionShipments: [shipment(facts)] }), 'X');

describe('the answer of FedEx to a purchase', () => {
  it('has parcels in their order, the price of the row that counts, and each label once', () => {
    expect(bought()).toMatchObject({
      ok: true,
      value: {
        trackingNumber: '794953535000',
        parcelNumbers: ['1', '2'],
        service: 'FEDEX_PRIORITY',
        cost: { amountMinor: 2_710, currency: 'EUR' },
        documents: [{ kind: 'label' }, { kind: 'label' }, { kind: 'invoice' }],
        warnings: [],
      },
    });
  });

  it.each([
    ['SFR', { amountMinor: 2_710, currency: 'CHF' }],
    ['JYE', { amountMinor: 27, currency: 'JPY' }],
    ['XQZ', null],
  ])('costs what it says in %s', (currency, cost) => {
    const shipmentRating = {
      actualRateType: 'ACCOUNT',
      shipmentRateDetails: [{ rateType: 'ACCOUNT', totalNetCharge: 27.1, currency }],
    };
    expect(bought({ completedShipmentDetail: { shipmentRating } })).toMatchObject({ ok: true, value: { cost } });
  });

  it('takes a label that stands with the shipment only, and no invoice for one', () => {
    const bare = { pieceResponses: [piece('1', 1, [])] };
    expect(bought(bare)).toMatchObject({ value: { documents: [{ kind: 'invoice' }, { kind: 'label' }], warnings: [] } });
    expect(bought({ ...bare, shipmentDocuments: [invoice] })).toMatchObject({
      ok: true,
      value: { documents: [{ kind: 'invoice' }], warnings: [expect.stringContaining('no label')] },
    });
  });

  it('is what its first bytes say, not what was asked for', () => {
    const zpl = { ...label, docType: 'PDF', encodedLabel: Buffer.from('^XA^XZ').toString('base64') };
    expect(bought({ pieceResponses: [piece('1', 1, [zpl])] })).toMatchObject({ value: { documents: [{ format: 'zpl' }, {}] } });
  });

  it('has no price where FedEx says none', () => {
    expect(bought({ completedShipmentDetail: {} })).toMatchObject({ value: { cost: null } });
  });

  it('hands alerts on as warnings', () => {
    const alerts = [{ code: 'A', alertType: 'WARNING', message: 'Postal code and city differ.' }];
    expect(fromPurchase(output({ alerts, transactionShipments: [shipment()] }), 'X')).toMatchObject({
      value: { warnings: ['Postal code and city differ.'] },
    });
  });

  it.each<[string, Asked, string]>([
    ['no connection', came({ kind: 'notSent' }), 'carrier.unavailable'],
    ['a lost answer', came({ kind: 'lost' }), 'carrier.unknown_outcome'],
    ['no number', output({ transactionShipments: [shipment({ masterTrackingNumber: undefined })] }), 'carrier.unknown_outcome'],
    ['a job instead of a number', output({ jobId: '89sxxxxx233ae24ff31xxxxx' }), 'carrier.unknown_outcome'],
    ['an empty success', output({}), 'carrier.unknown_outcome'],
    ['HTML', answered(200, undefined), 'carrier.unknown_outcome'],
    ['errors in a success', answered(200, { errors: [{ code: 'X' }] }), 'carrier.refused'],
    ['400', answered(400, {}), 'carrier.refused'],
    ['403', answered(403, {}), 'carrier.unauthorized'],
    ['429', answered(429), 'carrier.unavailable'],
    ['409', answered(409), 'carrier.unknown_outcome'],
    ['500', answered(500, { errors: [{ code: 'INTERNAL.SERVER.ERROR' }] }), 'carrier.unknown_outcome'],
    ['503', answered(503), 'carrier.unknown_outcome'],
    ['302', answered(302), 'carrier.unknown_outcome'],
  ])('with %s is its own kind of no', (_, asked, code) => {
    expect(codeOf(fromPurchase(asked, 'X'))).toBe(code);
  });
});

it('leaves FedEx alone for as long as it says, whatever was asked', () => {
  const busy = came({ kind: 'answered', status: 429, json: undefined, retryAfterSeconds: 90 });
  const error = { code: 'carrier.unavailable', retryAfterSeconds: 90 };
  expect([fromPurchase(busy, 'X'), fromTracking(['1'], busy)]).toMatchObject([{ error }, { error }]);
});

describe('a label taken back at FedEx', () => {
  it.each<[string, Asked, string]>([
    ['said by the boolean', output({ cancelledShipment: true }), 'ok'],
    ['denied by the boolean', output({ cancelledShipment: false, message: 'Tendered.' }), 'carrier.refused'],
    ['not said at all', output({}), 'carrier.unknown_outcome'],
    ['done before', answered(400, { errors: [{ code: 'CANCELSHIPMENT.TRACKINGNUMBER.DELETED' }] }), 'ok'],
    ['refused', answered(400, { errors: [{ code: 'SHIPMENT.USER.UNAUTHORIZED' }] }), 'carrier.refused'],
  ])('is %s', (_, asked, code) => {
    expect(codeOf(fromVoid(asked))).toBe(code);
  });
});

describe('a pickup cancelled at FedEx', () => {
  const no = (code: string) => answered(400, { errors: [{ code }] });
  it.each<[string, Asked, string]>([
    ['said by its message', output({ cancelConfirmationMessage: 'Cancelled.' }), 'ok'],
    ['said by its number', output({ pickupConfirmationCode: '3000' }), 'ok'],
    ['not said at all', output({}), 'carrier.unknown_outcome'],
    ['not there any more', no('PICKUP.CONFIRMATION.NOTFOUND'), 'ok'],
    ['done before', no('PICKUP.ALREADY.CANCELLED'), 'ok'],
    ['refused', no('PICKUP.CANCEL.TOOLATE'), 'carrier.refused'],
    ['sent to the wrong account', no('ACCOUNT.NUMBER.NOTFOUND'), 'carrier.refused'],
    ['sent to the wrong place', answered(404), 'carrier.unavailable'],
  ])('is %s', (_, asked, code) => {
    expect(codeOf(fromPickupCancelled(asked))).toBe(code);
  });
});

describe('rates of FedEx', () => {
  const row = (facts: object) => ({
    serviceType: 'FEDEX_FIRST',
    ratedShipmentDetails: [
      { rateType: 'LIST', totalNetCharge: 99, currency: 'EUR' },
      { rateType: 'ACCOUNT', totalNetCharge: 52.35, shipmentRateDetail: { currency: 'EUR' } },
    ],
    ...facts,
  });

  it('are those of the account, each service once, of the Saturday that was asked for', () => {
    const rows = [row({ commit: { saturdayDelivery: true, dateDetail: { dayFormat: '2026-01-10T10:00:00' } } }), row({})];
    const dayOf = (saturday: boolean) => {
      const rates = fromRates(output({ rateReplyDetails: rows }), saturday);
      return rates.ok && rates.value.map(({ price, deliveryOn }) => [price?.amountMinor, deliveryOn]);
    };
    expect(dayOf(true)).toEqual([[5_235, '2026-01-10']]);
    expect(dayOf(false)).toEqual([[5_235, null]]);
  });

  it('are none of a weekday where a Saturday was asked for', () => {
    const weekday = row({ serviceType: 'FEDEX_PRIORITY', commit: { saturdayDelivery: false } });
    const saturday = row({ commit: { saturdayDelivery: true } });
    expect(fromRates(output({ rateReplyDetails: [weekday, saturday, row({})] }), true)).toMatchObject({
      value: [{ service: 'FEDEX_FIRST' }],
    });
    expect(fromRates(output({ rateReplyDetails: [weekday] }), true)).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['NMP', { amountMinor: 5_235, currency: 'MXN' }],
    ['XQZ', null],
  ])('cost what they say in %s', (currency, price) => {
    const ratedShipmentDetails = [{ rateType: 'ACCOUNT', totalNetCharge: 52.35, currency }];
    expect(fromRates(output({ rateReplyDetails: [row({ ratedShipmentDetails })] }), false)).toMatchObject({ value: [{ price }] });
  });

  it('have no price where it is missing or nothing', () => {
    for (const ratedShipmentDetails of [[], [{ rateType: 'ACCOUNT', totalNetCharge: 0, currency: 'EUR' }]])
      expect(fromRates(output({ rateReplyDetails: [row({ ratedShipmentDetails })] }), false)).toMatchObject({
        value: [{ price: null }],
      });
  });
});

describe('tracking at FedEx', () => {
  const scan = (date: string, eventType: string) => ({ date, eventType, eventDescription: eventType });
  const rows = (...trackResults: readonly object[]) => output({ completeTrackResults: [{ trackingNumber: '1', trackResults }] });
  const first = (asked: Asked) => {
    const tracked = fromTracking(['1'], asked);
    return tracked.ok ? tracked.value[0] : tracked.error;
  };

  it('takes a parcel for returned that was sent back, whatever the summary says', () => {
    const scanEvents = [scan('2026-01-07T10:00:00-06:00', 'DL'), scan('2026-01-06T10:00:00-06:00', 'RS')];
    expect(first(rows({ latestStatusDetail: { derivedCode: 'DL' }, scanEvents }))).toMatchObject({ status: 'returned' });
  });

  it('prefers the derived code of the summary, then its code, then the last scan', () => {
    const scanEvents = [scan('2026-01-06T10:00:00-06:00', 'PU')];
    const statusOf = (latestStatusDetail: object) => first(rows({ latestStatusDetail, scanEvents }));
    expect(statusOf({ derivedCode: 'OD', code: 'IT' })).toMatchObject({ status: 'outForDelivery' });
    expect(statusOf({ derivedCode: '??', code: 'IT' })).toMatchObject({ status: 'inTransit' });
    expect(statusOf({})).toMatchObject({ status: 'pickedUp' });
  });

  it('means the youngest of the shipments that had a number', () => {
    const old = { latestStatusDetail: { code: 'DL' }, scanEvents: [scan('2024-01-06T10:00:00-06:00', 'DL')] };
    const young = { latestStatusDetail: { code: 'PU' }, scanEvents: [scan('2026-01-06T10:00:00-06:00', 'PU')] };
    expect(first(rows(old, young))).toMatchObject({ status: 'pickedUp' });
    expect(first(rows(young, old))).toMatchObject({ status: 'pickedUp' });
  });

  it('reads times with and without their distance from UTC', () => {
    const scanEvents = [scan('2026-01-06T10:00:00', 'PU'), scan('2026-01-06T12:00:00.000Z', 'DP'), scan('someday', 'IT')];
    expect(first(rows({ scanEvents }))).toMatchObject({
      events: [
        { code: 'PU', at: { local: '2026-01-06T10:00:00', utcOffsetMinutes: null } },
        { code: 'DP', at: { local: '2026-01-06T12:00:00', utcOffsetMinutes: 0 } },
      ],
    });
  });

  it('knows nothing of a number that has an error in its place', () => {
    expect(first(rows({ error: { code: 'TRACKING.TRACKINGNUMBER.NOTFOUND' } }))).toMatchObject({ status: null, events: [] });
  });
});

describe('a search at FedEx', () => {
  const askedAt = new Date('2026-01-05T09:00:00Z');
  const search = { trace: { reference: 'r1', askedAt, shipOn: null }, settlesAfterMs: 3_600_000 };
  const early = { ...search, now: new Date('2026-01-05T09:59:59Z') };
  const late = { ...search, now: new Date('2026-01-05T10:00:00Z') };
  const none = answered(404, { errors: [{ code: 'TRACKING.REFERENCENUMBER.NOTFOUND' }] });
  const found = (...rows: readonly (readonly [number: string, sequence: string, shipped: string])[]) =>
    output({
      completeTrackResults: rows.map(([trackingNumber, sequenceNumber, dateTime]) => ({
        trackingNumber,
        trackResults: [{ packageDetails: { sequenceNumber }, dateAndTimes: [{ type: 'SHIP', dateTime }] }],
      })),
    });

  it('is settled by nothing only after the delay', () => {
    expect(fromSearch(none, early)).toMatchObject({ error: { code: 'carrier.reference_unsettled', until: late.now } });
    expect(codeOf(fromSearch(none, late))).toBe('carrier.reference_unknown');
  });

  it('is settled by a row that says that there is nothing, and by no other error of a row', () => {
    const rowOf = (code: string) =>
      output({ completeTrackResults: [{ trackingNumber: '', trackResults: [{ error: { code } }] }] });
    expect(codeOf(fromSearch(rowOf('TRACKING.REFERENCENUMBER.NOTFOUND'), late))).toBe('carrier.reference_unknown');
    for (const code of ['TRACKING.DATA.UNAVAILABLE', 'SYSTEM.UNEXPECTED.ERROR', 'TRACKING.SHIPDATEEND.FUTURE'])
      expect(codeOf(fromSearch(rowOf(code), late))).toBe('carrier.unavailable');
    const nameless = output({ completeTrackResults: [{ trackResults: [{ packageDetails: { sequenceNumber: '1' } }] }] });
    expect(codeOf(fromSearch(nameless, late))).toBe('carrier.unavailable');
    const half = { output: { completeTrackResults: [] }, errors: [{ code: 'SYSTEM.ERROR' }] };
    expect(codeOf(fromSearch(answered(200, half), late))).toBe('carrier.unavailable');
    const several = answered(404, { errors: [{ code: 'TRACKING.REFERENCENUMBER.NOTFOUND' }, { code: 'SYSTEM.ERROR' }] });
    expect(codeOf(fromSearch(several, late))).toBe('carrier.unavailable');
  });

  it('finds the master, and the parcels in their order', () => {
    const [first, second] = [['7', '1', '2026-01-05'] as const, ['8', '2', '2026-01-05'] as const];
    expect(fromSearch(found(second, first), late)).toMatchObject({ value: { trackingNumber: '7', parcelNumbers: ['7', '8'] } });
  });

  it('finds the older of two shipments with its own parcels only, and names the other', () => {
    const rows = found(['9', '1', '2026-01-06'], ['8', '2', '2026-01-05'], ['10', '2', '2026-01-06'], ['7', '1', '2026-01-05']);
    expect(fromSearch(rows, late)).toMatchObject({
      value: {
        trackingNumber: '7',
        parcelNumbers: ['7', '8'],
        warnings: [expect.any(String), expect.stringContaining('same reference: 9.')],
      },
    });
  });

  it('takes the first parcel for the master, whichever of them was scanned last', () => {
    const parcel = (trackingNumber: string, sequenceNumber: string, scans: readonly string[], ship?: string) => ({
      trackingNumber,
      trackResults: [
        {
          packageDetails: { sequenceNumber, count: '2' },
          dateAndTimes: ship === undefined ? [] : [{ type: 'SHIP', dateTime: ship }],
          scanEvents: scans.map((date) => ({ date, eventType: 'IT' })),
        },
      ],
    });
    const scanned = parcel('9', '1', ['2026-01-05T18:00:00-06:00', '2026-01-09T08:00:00-06:00'], '2026-01-05T00:00:00-06:00');
    for (const other of [parcel('8', '2', [], '2026-01-05T00:00:00-06:00'), parcel('8', '2', ['2026-01-05T17:00:00-06:00'])])
      expect(fromSearch(output({ completeTrackResults: [other, scanned] }), late)).toMatchObject({
        value: { trackingNumber: '9', parcelNumbers: ['9', '8'] },
      });
    expect(fromSearch(output({ completeTrackResults: [scanned] }), late)).toMatchObject({
      value: { trackingNumber: '9', parcelNumbers: [] },
    });
  });

  it('waits for the first parcel where only others are shown, as long as FedEx may take to show it', () => {
    const second = found(['8', '2', '2026-01-05']);
    expect(fromSearch(second, early)).toMatchObject({ error: { code: 'carrier.reference_unsettled', until: late.now } });
    expect(fromSearch(second, late)).toMatchObject({ value: { trackingNumber: '8' } });
  });

  it('says nothing of parcels where two shipments of one day have the same places', () => {
    expect(fromSearch(found(['9', '1', '2026-01-05'], ['7', '1', '2026-01-05']), late)).toMatchObject({
      value: { trackingNumber: '7', parcelNumbers: [] },
    });
  });

  it('is not settled by an outage', () => {
    const gateway = answered(404, { errors: [{ code: 'NOT.FOUND.ERROR' }] });
    for (const asked of [answered(500), answered(200, {}), answered(404), answered(404, {}), gateway, came({ kind: 'lost' })])
      expect(codeOf(fromSearch(asked, late))).toBe('carrier.unavailable');
  });
});
