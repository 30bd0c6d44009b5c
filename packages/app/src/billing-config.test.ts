import { isLive, readBilling } from './billing-config.js';

const all = {
  STRIPE_SECRET_KEY: 'sk_live_SECRET',
  STRIPE_WEBHOOK_SECRET: 'whsec_SECRET',
  STRIPE_PRICE_STARTER: 'price_starter',
  STRIPE_PRICE_GROWTH: 'price_growth',
  STRIPE_PRICE_SCALE: 'price_scale',
};

it('sells nothing where nothing is set', () => {
  expect(readBilling({}, true)).toEqual({ billing: null, faults: [] });
});

it('reads what Stripe is asked with, and the secret that replaces another', () => {
  const prices = { starter: 'price_starter', growth: 'price_growth', scale: 'price_scale' };
  const billing = { secretKey: 'sk_live_SECRET', webhookSecrets: ['whsec_SECRET'], prices, server: null };
  expect(readBilling(all, true)).toEqual({ billing, faults: [] });
  const two = readBilling({ ...all, STRIPE_WEBHOOK_SECRET: 'whsec_SECRET, whsec_OLD_SECRET' }, true);
  expect(two.billing?.webhookSecrets).toEqual(['whsec_SECRET', 'whsec_OLD_SECRET']);
});

it.each(Object.keys(all))('takes none of it without %s', (name) => {
  const given = Object.fromEntries(Object.entries(all).filter(([other]) => other !== name));
  expect(readBilling(given, false)).toEqual({ billing: null, faults: [`${name}: must be set when any of STRIPE_* is`] });
});

it.each(['', ' ', 'whsec_SECRET,', ',whsec_SECRET', 'short', 'whsec_ SECRET'])(
  'refuses %j for a webhook secret, and repeats nothing of it',
  (STRIPE_WEBHOOK_SECRET) => {
    const { billing, faults } = readBilling({ ...all, STRIPE_WEBHOOK_SECRET }, false);
    expect({ billing, faults }).toEqual({ billing: null, faults: [expect.stringMatching(/^STRIPE_WEBHOOK_SECRET: must be/)] });
    expect(faults.join()).not.toContain('whsec');
  },
);

it('takes another server and a test key everywhere but in production', () => {
  const tried = { ...all, STRIPE_SECRET_KEY: 'sk_test_SECRET', STRIPE_URL: 'http://127.0.0.1:12111' };
  expect(readBilling(tried, false).billing?.server).toEqual({ protocol: 'http', host: '127.0.0.1', port: 12_111 });
  expect(readBilling({ ...all, STRIPE_URL: 'https://stripe.example' }, false).billing?.server?.port).toBe(443);
  expect(readBilling(tried, true).faults).toEqual([
    'STRIPE_URL: must not be set when NODE_ENV is production',
    'STRIPE_SECRET_KEY: must be a live key when NODE_ENV is production',
  ]);
});

it('refuses one price for two plans', () => {
  expect(readBilling({ ...all, STRIPE_PRICE_SCALE: 'price_growth' }, true).faults).toEqual([
    'STRIPE_PRICE_*: must be different prices',
  ]);
});

it.each([
  ['sk_live_1', true],
  ['rk_live_1', true],
  ['sk_test_1', false],
  ['live', false],
])('knows whether money is real by %s: %s', (key, live) => {
  expect(isLive(key)).toBe(live);
});
