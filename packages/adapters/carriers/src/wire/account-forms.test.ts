import { type AccountForm, faultsOfDetails } from '@rappit/domain';
import { dhlAccountForm, dhlAccountOf, dhlCarrier } from '../dhl/index.js';
import { fedexAccountForm, fedexAccountOf, fedexCarrier } from '../fedex/index.js';

const dhl = { accountNumber: '960000000', apiKey: 'wombat-user', apiSecret: 'wombat: password?'.replaceAll(' ', '_') };
const fedex = { accountNumber: '740561073', clientId: 'wombat-id', clientSecret: 'wombat-secret' };

const pathsOf = (form: AccountForm, credentials: object, settings: object = {}): readonly string[] =>
  [
    ...faultsOfDetails(form.credentials, { ...credentials }, 'credentials'),
    ...faultsOfDetails(form.settings, { ...settings }, 'settings'),
  ].map(({ path }) => path);

const send = () => Promise.reject(new Error('nothing is sent'));
const now = () => new Date(0);

describe('the form of an account', () => {
  it('takes what DHL and FedEx give', () => {
    expect(
      pathsOf(dhlAccountForm, { ...dhl, dutiesAccountNumber: '960000001' }, { timeZone: 'Asia/Tokyo', goods: 'Mugs' }),
    ).toEqual([]);
    expect(pathsOf(fedexAccountForm, fedex, { timeZone: 'Europe/Berlin', pickupType: 'DROPOFF_AT_FEDEX_LOCATION' })).toEqual([]);
  });

  it.each([
    ['no number', { ...dhl, accountNumber: '' }, 'credentials.accountNumber'],
    ['a number that is too long', { ...dhl, accountNumber: '9'.repeat(13) }, 'credentials.accountNumber'],
    ['a user with a colon, which HTTP ends it at', { ...dhl, apiKey: 'wombat:user' }, 'credentials.apiKey'],
    ['a password with a line break', { ...dhl, apiSecret: 'wombat\n' }, 'credentials.apiSecret'],
    ['a password of other letters than a header may hold', { ...dhl, apiSecret: 'wombät of a wombat' }, 'credentials.apiSecret'],
    ['what it doesn’t know', { ...dhl, clientId: 'wombat' }, 'credentials.clientId'],
    ['the name of what every object has', { ...dhl, constructor: 'wombat' }, 'credentials.constructor'],
  ])('is not filled in for DHL with %s', (_, credentials, path) => {
    expect(pathsOf(dhlAccountForm, credentials)).toEqual([path]);
  });

  it.each([
    ['a number that isn’t nine digits', { ...fedex, accountNumber: '12345678' }, {}, 'credentials.accountNumber'],
    ['no secret', { accountNumber: '740561073', clientId: 'wombat' }, {}, 'credentials.clientSecret'],
    ['a time zone that there isn’t', fedex, { timeZone: 'Europe/Wombat' }, 'settings.timeZone'],
    ['another way of handing over', fedex, { pickupType: 'BY_PIGEON' }, 'settings.pickupType'],
  ])('is not filled in for FedEx with %s', (_, credentials, settings, path) => {
    expect(pathsOf(fedexAccountForm, credentials, settings)).toEqual([path]);
  });

  it('offers the label formats that its carrier prints, and no other', () => {
    const account = { settings: {}, labelFormat: null };
    const dhlAdapter = dhlCarrier({ send, now, account: dhlAccountOf({ ...account, credentials: dhl }, 'https://dhl.example') });
    const fedexAdapter = fedexCarrier({
      send,
      now,
      account: fedexAccountOf({ ...account, credentials: fedex }, 'https://fedex.example'),
    });
    for (const [form, { code, supports }] of [
      [dhlAccountForm, dhlAdapter],
      [fedexAccountForm, fedexAdapter],
    ] as const)
      expect([form.carrier, form.labelFormats]).toEqual([code, supports.labelFormats]);
  });
});

describe('an account by its form', () => {
  it('has what was said, and what is usual for the rest', () => {
    expect(dhlAccountOf({ credentials: dhl, settings: {}, labelFormat: 'zpl' }, 'https://dhl.example')).toEqual({
      ...dhl,
      baseUrl: 'https://dhl.example',
      dutiesAccountNumber: null,
      timeZone: 'UTC',
      goods: 'Merchandise',
      labelFormat: 'zpl',
    });
    const withKey = { ...fedex, trackClientId: 'wombat-track', trackClientSecret: 'wombat-track-secret' };
    const settings = { timeZone: 'Europe/Berlin', pickupType: 'DROPOFF_AT_FEDEX_LOCATION' };
    expect(fedexAccountOf({ credentials: withKey, settings, labelFormat: null }, 'https://fedex.example')).toEqual({
      ...fedex,
      baseUrl: 'https://fedex.example',
      trackKey: { clientId: 'wombat-track', clientSecret: 'wombat-track-secret' },
      timeZone: 'Europe/Berlin',
      pickupType: 'DROPOFF_AT_FEDEX_LOCATION',
      labelFormat: null,
    });
  });
});
