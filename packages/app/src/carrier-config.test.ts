import { ConfigInvalid, readConfig } from './config.js';

const DHL = { DHL_ACCOUNT_NUMBER: '123456789', DHL_API_KEY: 'wombat-user', DHL_API_SECRET: 'wombat-password' };
const FEDEX = { FEDEX_ACCOUNT_NUMBER: '123456789', FEDEX_API_KEY: 'wombat-id', FEDEX_SECRET_KEY: 'wombat-secret' };

/** What production can't do without, besides carriers. */
const PRODUCTION = {
  NODE_ENV: 'production',
  SIGN_UP: 'immediate',
  DATABASE_URL: 'postgresql://db.example.com/rappit',
  DATABASE_DOOR_URL: 'postgresql://db.example.com/rappit',
  JWT_SECRET: 'wombat'.repeat(8),
  CREDENTIAL_KEY: Buffer.alloc(32, 7).toString('base64'),
};

const faultsIn = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.faults;
    throw error;
  }
};

describe('carriers in the environment', () => {
  it('are asked at their own hosts, on no account, unless it says otherwise', () => {
    expect(readConfig({}).carriers).toEqual({
      dhl: { baseUrl: 'https://express.api.dhl.com/mydhlapi', own: null },
      fedex: { baseUrl: 'https://apis.fedex.com', own: null },
    });
  });

  it('have the installation’s accounts where all of their parts are set', () => {
    const { carriers } = readConfig({ ...PRODUCTION, ...DHL, ...FEDEX, DHL_TIME_ZONE: 'Europe/Berlin', FEDEX_PICKUP_TYPE: '' });
    expect(carriers.dhl.own).toEqual({
      credentials: { accountNumber: '123456789', apiKey: 'wombat-user', apiSecret: 'wombat-password' },
      settings: { timeZone: 'Europe/Berlin' },
    });
    expect(carriers.fedex.own?.settings).toEqual({});
  });

  it('are refused with every variable that is missing or wrong, and without any value', () => {
    const faults = faultsIn({
      DHL_API_KEY: 'wombat:user',
      DHL_TIME_ZONE: 'Wombat',
      FEDEX_API_KEY: 'wombat-id',
      FEDEX_ACCOUNT_NUMBER: 'wombat',
      FEDEX_API_URL: 'wombat',
    });
    expect(faults).toEqual([
      'DHL_ACCOUNT_NUMBER: must be set beside DHL_API_KEY',
      'DHL_API_KEY: must be 1 to 200 visible ASCII characters without a colon',
      'DHL_API_SECRET: must be set beside DHL_API_KEY',
      'DHL_TIME_ZONE: must be a time zone such as Europe/Berlin',
      'FEDEX_ACCOUNT_NUMBER: must be nine digits',
      'FEDEX_SECRET_KEY: must be set beside FEDEX_ACCOUNT_NUMBER and FEDEX_API_KEY',
      'FEDEX_API_URL: must be a URL',
    ]);
    expect(faults.join()).not.toMatch(/wombat/i);
  });

  it.each([
    ['DHL_API_URL', 'https://express.api.dhl.com/mydhlapi/test'],
    ['DHL_API_URL', 'https://express.api.dhl.com/mydhlapi/TEST/'],
    ['DHL_API_URL', 'https://express.api.dhl.com/mydhlapi/%74est'],
    ['FEDEX_API_URL', 'https://apis-sandbox.fedex.com'],
    ['FEDEX_API_URL', 'https://test.fedex.com/'],
  ])('may not be asked in their test worlds in production: %s is %s', (name, url) => {
    expect(faultsIn({ ...PRODUCTION, [name]: url })).toEqual([
      `${name}: must not be a carrier's sandbox or test URL when NODE_ENV is production`,
    ]);
    expect(faultsIn({ [name]: url })).toEqual([]);
  });

  it.each(['https://contest.example.com', 'https://latest.example.com/attestation', 'https://apis.fedex.com/'])(
    'may be asked at %s in production, which only holds the letters',
    (url) => {
      expect(faultsIn({ ...PRODUCTION, FEDEX_API_URL: url })).toEqual([]);
    },
  );

  it.each([
    ['http://apis.fedex.com', 'must be an https:// URL when NODE_ENV is production'],
    ['ftp://apis.fedex.com', 'must be an http:// or https:// URL without a login, a query or a fragment'],
    ['https://user:wombat@apis.fedex.com', 'must be an http:// or https:// URL without a login, a query or a fragment'],
    ['https://apis.fedex.com/?a=b', 'must be an http:// or https:// URL without a login, a query or a fragment'],
  ])('may not be asked at %s in production', (url, message) => {
    expect(faultsIn({ ...PRODUCTION, FEDEX_API_URL: url })).toEqual([`FEDEX_API_URL: ${message}`]);
  });

  it('are simulated outside production only, and there only where nobody has switched that off', () => {
    expect(readConfig({}).simulatedCarrier).toBe(true);
    expect(readConfig({ SIMULATED_CARRIER: 'off' }).simulatedCarrier).toBe(false);
    expect(readConfig(PRODUCTION).simulatedCarrier).toBe(false);
    expect(faultsIn({ ...PRODUCTION, SIMULATED_CARRIER: 'on' })).toEqual([
      'SIMULATED_CARRIER: must not be on when NODE_ENV is production',
    ]);
  });

  it('are all refused at once, together with whatever else is wrong', () => {
    const { JWT_SECRET: _, ...rest } = PRODUCTION;
    const names = faultsIn({ ...rest, DHL_API_URL: 'https://a.example/test', FEDEX_API_URL: 'https://sandbox.example' });
    expect(names.map((fault) => fault.split(':')[0])).toEqual(['JWT_SECRET', 'DHL_API_URL', 'FEDEX_API_URL']);
  });
});
