import type { Carrier, LabelOrder } from '@rappit/domain';
import { exampleAddress, exampleLabelOrder, exampleParcel } from '@rappit/testing/fakes';
import { type DeadlinesByHand, deadlinesByHand } from '../../../../../test/deadlines.js';
import { type CarrierSimulator, type FailureKind, simulatedCarrier, startCarrierSimulator } from './index.js';

const order = exampleLabelOrder;
const traceOf = (reference: string) => ({ reference, askedAt: new Date(), shipOn: null });

let simulator: CarrierSimulator;
const connected = (apiKey = 'wombat-key') => simulatedCarrier({ baseUrl: simulator.baseUrl, apiKey, deadlineMs: 60_000 });
let deadlines: DeadlinesByHand;
/** Until its deadline only where nothing will ever be answered. */
const waiting = <Answer>(ask: (carrier: Carrier) => Promise<Answer>): Promise<Answer> =>
  deadlines.passing(simulator.unanswered, () => ask(connected()));

beforeEach(async () => {
  simulator = await startCarrierSimulator({ apiKey: 'wombat-key' });
  deadlines = deadlinesByHand();
});
afterEach(() => {
  deadlines.restore();
  return simulator.close();
});

describe('simulatedCarrier', () => {
  it('buys a label with number, service, exact cost and a PDF, and finds the same label again', async () => {
    const bought = await connected().buyLabel(order('r1', { service: 'express' }));
    expect(bought).toMatchObject({
      ok: true,
      value: { service: 'express', cost: { amountMinor: 960, currency: 'EUR' }, documents: [{ kind: 'label', format: 'pdf' }] },
    });
    expect(await connected().findByReference(traceOf('r1'))).toEqual(bought);
    expect(simulator.sold()).toEqual([{ reference: 'r1', trackingNumber: bought.ok && bought.value.trackingNumber }]);
  });

  it('knows no purchase of a reference that was never used', async () => {
    await connected().buyLabel(order('r1'));
    expect(await connected().findByReference(traceOf('r2'))).toEqual({ ok: false, error: { code: 'carrier.reference_unknown' } });
  });

  it('is charged in yen without a fraction when it sends from Japan', async () => {
    const from = { ...exampleAddress, countryCode: 'JP', postalCode: '100-0001' };
    expect(await connected().buyLabel(order('r1', { from }))).toMatchObject({
      value: { cost: { amountMinor: 1_940, currency: 'JPY' } },
    });
  });

  it('is sold a second label when it buys twice, and finds the first', async () => {
    const first = await connected().buyLabel(order('r1'));
    const second = await connected().buyLabel(order('r1'));
    expect(simulator.sold()).toHaveLength(2);
    expect(second).not.toEqual(first);
    expect(await connected().findByReference(traceOf('r1'))).toEqual(first);
  });

  it.each<[string, Partial<LabelOrder>, string]>([
    ['a parcel above 70 kg', { parcels: [exampleParcel, { ...exampleParcel, weightGrams: 70_001 }] }, 'parcels[1].weightGrams'],
    ['a weightless parcel', { parcels: [{ ...exampleParcel, weightGrams: 0 }] }, 'parcels[0].weightGrams'],
    ['a weight that is no number', { parcels: [{ ...exampleParcel, weightGrams: Number.NaN }] }, 'parcels[0].weightGrams'],
    ['a parcel of four metres', { parcels: [{ ...exampleParcel, heightMm: 4_000 }] }, 'parcels[0].heightMm'],
    ['no parcel', { parcels: [] }, 'parcels'],
    ['a postal code that the country does not have', { to: { ...exampleAddress, postalCode: '123' } }, 'to.postalCode'],
    ['a postal code that is missing', { from: { ...exampleAddress, postalCode: null } }, 'from.postalCode'],
    ['a country that is none', { to: { ...exampleAddress, countryCode: 'Germany' } }, 'to.countryCode'],
    ['no street', { to: { ...exampleAddress, lines: [] } }, 'to.lines'],
    ['a line that is too long', { to: { ...exampleAddress, lines: ['a', 'b'.repeat(101)] } }, 'to.lines[1]'],
    ['an unknown service', { service: 'by pigeon' }, 'service'],
    ['a reference that is too long', { reference: 'r'.repeat(36) }, 'reference'],
  ])('is refused %s, with our field at fault', async (_, change, path) => {
    const refused = await connected().buyLabel(order('r1', change));
    expect(refused).toMatchObject({ ok: false, error: { code: 'carrier.refused', path } });
    expect(simulator.sold()).toEqual([]);
  });

  it('needs no postal code where the country has none', async () => {
    const to = { ...exampleAddress, countryCode: 'AE', postalCode: null };
    expect(await connected().buyLabel(order('r1', { to }))).toMatchObject({ ok: true });
  });

  it('buys for names of any script', async () => {
    const to = { ...exampleAddress, name: '李雷 😀 محمد \ud800', city: '\u202e東京' };
    expect(await connected().buyLabel(order('r1', { to }))).toMatchObject({ ok: true });
  });

  it.each<[FailureKind, string]>([
    ['refuse', 'carrier.refused'],
    ['unauthorized', 'carrier.unauthorized'],
    ['unavailable', 'carrier.unavailable'],
    ['rateLimited', 'carrier.unavailable'],
    ['hang', 'carrier.unknown_outcome'],
  ])('when the carrier fails by %s it answers %s, and nothing was sold', async (kind, code) => {
    simulator.failNext(kind);
    expect(await waiting((carrier) => carrier.buyLabel(order('r1')))).toMatchObject({ ok: false, error: { code } });
    expect(simulator.sold()).toEqual([]);
    expect(await connected().findByReference(traceOf('r1'))).toEqual({ ok: false, error: { code: 'carrier.reference_unknown' } });
  });

  it.each<FailureKind>(['dropAfterSelling', 'slow', 'garbage', 'noNumber'])(
    'when the carrier fails by %s it does not know what became of the purchase, and finds it',
    async (kind) => {
      simulator.failNext(kind);
      expect(await waiting((carrier) => carrier.buyLabel(order('r1')))).toMatchObject({
        ok: false,
        error: { code: 'carrier.unknown_outcome' },
      });
      expect(simulator.sold()).toHaveLength(1);
      const found = await connected().findByReference(traceOf('r1'));
      expect(found).toMatchObject({ ok: true, value: { trackingNumber: simulator.sold()[0]?.trackingNumber } });
    },
  );

  it.each<[FailureKind, string]>([
    ['unauthorized', 'carrier.unauthorized'],
    ['unavailable', 'carrier.unavailable'],
    ['rateLimited', 'carrier.unavailable'],
    ['hang', 'carrier.unavailable'],
    ['dropAfterSelling', 'carrier.unavailable'],
    ['slow', 'carrier.unavailable'],
    ['garbage', 'carrier.unavailable'],
    ['noNumber', 'carrier.unavailable'],
    ['refuse', 'carrier.unavailable'],
  ])('when a search fails by %s it never takes that for a purchase that was not made', async (kind, code) => {
    await connected().buyLabel(order('r1'));
    simulator.failNext(kind, 1, 'findByReference');
    expect(await waiting((carrier) => carrier.findByReference(traceOf('r1')))).toMatchObject({ ok: false, error: { code } });
    expect(await connected().findByReference(traceOf('r1'))).toMatchObject({ ok: true });
  });

  it.each(['wrong', '', 'ключ', 'key\r\nx-evil: 1'])('is not let in with the key %j', async (apiKey) => {
    expect(await connected(apiKey).buyLabel(order('r1'))).toMatchObject({ error: { code: 'carrier.unauthorized' } });
    expect(await connected(apiKey).findByReference(traceOf('r1'))).toMatchObject({ error: { code: 'carrier.unauthorized' } });
    expect(simulator.sold()).toEqual([]);
  });

  it('is unavailable when nobody listens', async () => {
    const carrier = connected();
    await simulator.close();
    expect(await carrier.buyLabel(order('r1'))).toMatchObject({ error: { code: 'carrier.unavailable' } });
    expect(await carrier.findByReference(traceOf('r1'))).toMatchObject({ error: { code: 'carrier.unavailable' } });
  });

  it('finds each of 50 purchases whose answers were cut off, none of them sold twice', async () => {
    simulator.failNext('dropAfterSelling', 50);
    const references = Array.from({ length: 50 }, (_, n) => `shipment-${n}`);
    const bought = await Promise.all(references.map((reference) => connected().buyLabel(order(reference))));
    expect(bought.map((one) => !one.ok && one.error.code)).toEqual(references.map(() => 'carrier.unknown_outcome'));
    const found = await Promise.all(references.map((reference) => connected().findByReference(traceOf(reference))));
    expect(found.map((one) => one.ok && one.value.trackingNumber)).toEqual(
      references.map((reference) => simulator.sold().find((one) => one.reference === reference)?.trackingNumber),
    );
    expect(
      simulator
        .sold()
        .map(({ reference }) => reference)
        .toSorted(),
    ).toEqual(references.toSorted());
  });

  it('is a mistake of ours without a base URL or a deadline', () => {
    expect(() => simulatedCarrier({ baseUrl: 'somewhere', apiKey: 'wombat-key', deadlineMs: 1 })).toThrow(
      'bug: a carrier needs a base URL',
    );
    expect(() => simulatedCarrier({ baseUrl: simulator.baseUrl, apiKey: 'wombat-key', deadlineMs: 0 })).toThrow(
      'bug: a carrier needs a deadline',
    );
  });
});
