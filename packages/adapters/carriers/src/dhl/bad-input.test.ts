import { type LabelOrder, noExtras, ok } from '@rappit/domain';
import { exampleCustoms, exampleLabelOrder, exampleParcel, fakeClock, fakeGuardedFetch } from '@rappit/testing/fakes';
import { reachable } from '../wire/contract-world.test-kit.js';
import { dhlCarrier } from './dhl-carrier.js';
import { exampleDhlAccount } from './dhl-world.test-kit.js';

const outside = fakeGuardedFetch();
const carrier = dhlCarrier({
  send: outside.guardedFetch.send,
  now: fakeClock().now,
  account: exampleDhlAccount('https://express.api.dhl.com/mydhlapi/test'),
});
const order = exampleLabelOrder('r1', { from: reachable, to: reachable });
const [line] = exampleCustoms().lines;

describe('what DHL would refuse', () => {
  it.each<[string, Partial<LabelOrder>, string]>([
    ['a parcel without weight', { parcels: [exampleParcel, { ...exampleParcel, weightGrams: 0 }] }, 'parcels[1].weightGrams'],
    ['a parcel without height', { parcels: [{ ...exampleParcel, heightMm: 0 }] }, 'parcels[0].heightMm'],
    ['no parcel', { parcels: [] }, 'parcels'],
    ['a thousand parcels', { parcels: Array.from({ length: 1_000 }, () => exampleParcel) }, 'parcels'],
    ['a missing phone', { to: { ...reachable, phone: null } }, 'to.phone'],
    ['a phone without digits', { from: { ...reachable, phone: 'none' } }, 'from.phone'],
    ['a line that is too long', { to: { ...reachable, lines: ['a', 'b'.repeat(46)] } }, 'to.lines[1]'],
    ['too many lines', { to: { ...reachable, lines: ['a', 'b', 'c', 'd'] } }, 'to.lines'],
    ['no street', { to: { ...reachable, lines: [' '] } }, 'to.lines'],
    ['no city', { to: { ...reachable, city: ' ' } }, 'to.city'],
    ['a country that is none', { to: { ...reachable, countryCode: 'Germany' } }, 'to.countryCode'],
    ['customs that are told nothing', { customs: exampleCustoms({ lines: [] }) }, 'customs.lines'],
    [
      'goods without a name',
      { customs: exampleCustoms({ lines: line ? [{ ...line, description: ' ' }] : [] }) },
      'customs.lines[0].description',
    ],
    ['a picture for a label', { labelFormat: 'png' }, 'labelFormat'],
    ['goods in a currency that nobody knows', { customs: exampleCustoms({ currency: 'XQZ' }) }, 'customs.currency'],
    [
      'an insurance in a currency that nobody knows',
      { extras: { ...noExtras, insuredFor: { amountMinor: 100, currency: 'XQZ' } } },
      'extras.insuredFor.currency',
    ],
    ['a day that is over', { shipOn: '2026-01-04' }, 'shipOn'],
  ])('is %s, which is refused by our field before anything is sent', async (_, change, path) => {
    expect(await carrier.buyLabel({ ...order, ...change })).toMatchObject({
      ok: false,
      error: { code: 'carrier.refused', path },
    });
    expect(outside.arrived()).toEqual([]);
  });

  it('is named by our field where DHL itself points into what it was sent', async () => {
    const body = Buffer.from(
      JSON.stringify({ detail: "7008: Service Code #/valueAddedServices/1/serviceCode 'SF' is not available." }),
    );
    const refusing = dhlCarrier({
      send: async () => ok({ status: 400, headers: {}, body }),
      now: fakeClock().now,
      account: exampleDhlAccount('https://express.api.dhl.com/mydhlapi/test'),
    });
    const extras = { ...noExtras, saturdayDelivery: true, signature: true };
    const error = { code: 'carrier.refused', path: 'extras.signature' };
    expect(await refusing.buyLabel({ ...order, extras })).toMatchObject({ ok: false, error });
    expect(await refusing.quoteRates({ ...order, extras })).toMatchObject({ ok: false, error });
  });

  it('needs no phone to be asked for its price, and says no secret in what it sends as text', async () => {
    await carrier.quoteRates({ ...order, to: { ...reachable, phone: null } });
    const [request] = outside.arrived();
    expect(request?.url).toBe('https://express.api.dhl.com/mydhlapi/test/rates');
    expect(request?.headers?.['x-version']).toBe('3.3.1');
    expect(JSON.stringify([request?.url, String(request?.body)])).not.toContain('SECRET');
  });
});
