import { type LabelOrder, noExtras, ok } from '@rappit/domain';
import { exampleCustoms, exampleLabelOrder, exampleParcel, fakeClock, fakeGuardedFetch } from '@rappit/testing/fakes';
import { abroadOrder, newYork, reachable } from '../wire/contract-world.test-kit.js';
import { fedexCarrier } from './fedex-carrier.js';
import { exampleFedexAccount } from './fedex-world.test-kit.js';
import { refusalIn } from './problems.js';
import { toShipmentRequest } from './shipment-request.js';

const outside = fakeGuardedFetch();
const carrier = fedexCarrier({
  send: outside.guardedFetch.send,
  now: fakeClock().now,
  account: exampleFedexAccount('https://apis-sandbox.fedex.com'),
});
const order = exampleLabelOrder('r1', { from: reachable, to: reachable });

describe('what FedEx would refuse, or take for something else', () => {
  it.each<[string, Partial<LabelOrder>, string]>([
    ['a parcel without weight', { parcels: [exampleParcel, { ...exampleParcel, weightGrams: 0 }] }, 'parcels[1].weightGrams'],
    ['a parcel of 68.001 kg', { parcels: [exampleParcel, { ...exampleParcel, weightGrams: 68_001 }] }, 'parcels[1].weightGrams'],
    ['more parcels than one answer has numbers for', { parcels: Array.from({ length: 41 }, () => exampleParcel) }, 'parcels'],
    ['a line that is too long', { to: { ...reachable, lines: ['a', 'b'.repeat(36)] } }, 'to.lines[1]'],
    ['a company that is too long', { to: { ...reachable, company: 'c'.repeat(36) } }, 'to.company'],
    ['a phone of nine digits', { to: { ...reachable, phone: '069 900 100' } }, 'to.phone'],
    ['a state that is missing', { to: { ...newYork, region: null } }, 'to.region'],
    ['a state in full', { from: { ...newYork, region: 'New York' } }, 'from.region'],
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

  it('is a currency of which FedEx says itself that it doesn’t know it', () => {
    const sent = toShipmentRequest(abroadOrder(order), exampleFedexAccount('https://fedex.example'), '2026-01-05');
    const pathIn = (error: object) => refusalIn({ errors: [error] }, sent).error.path;
    expect(pathIn({ code: 'COMMODITY.CUSTOMSVALUE.CURRENCY.INVALID' })).toBe('customs.currency');
    expect(pathIn({ code: 'TOTALCUSTOMSVALUE.CURRENCYTYPE.MISMATCH' })).toBe('customs.currency');
    expect(pathIn({ code: 'DECLAREDVALUE.CURRENCY.INVALID' })).toBe('extras.insuredFor.currency');
    const parameterList = [{ key: 'requestedShipment.requestedPackageLineItems[0].declaredValue.currency', value: 'XQZ' }];
    expect(pathIn({ code: 'INVALID.INPUT.EXCEPTION', parameterList })).toBe('extras.insuredFor.currency');
  });

  it('is named by our field where FedEx itself counts what it was sent', async () => {
    const errors = [{ code: 'PACKAGE.WEIGHT.EXCEEDED', parameterList: [{ key: 'PACKAGE_INDEX', value: '2' }] }];
    const token = { access_token: 'SECRET-token', expires_in: 3_600 };
    const refusing = fedexCarrier({
      send: async ({ url }) => {
        const json = url.endsWith('/oauth/token') ? token : { errors };
        return ok({ status: json === token ? 200 : 400, headers: {}, body: Buffer.from(JSON.stringify(json)) });
      },
      now: fakeClock().now,
      account: exampleFedexAccount('https://apis-sandbox.fedex.com'),
    });
    const two = { ...order, parcels: [exampleParcel, exampleParcel] };
    const error = { code: 'carrier.refused', path: 'parcels[1].weightGrams' };
    expect(await refusing.buyLabel(two)).toMatchObject({ ok: false, error });
    expect(await refusing.quoteRates(two)).toMatchObject({ ok: false, error });
  });
});
