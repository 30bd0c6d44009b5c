import { SECRET } from '../../../test/markers.js';
import { examine, readConfig } from './config.js';

const app = { SHOPIFY_API_KEY: 'wombat-app', SHOPIFY_API_SECRET: `${SECRET}-of-the-app-of-shopify` };
const ofShops = (faults: readonly string[]): readonly string[] =>
  faults.filter((fault) => /^(SHOPIFY|SIMULATED_SHOPS)/.test(fault));
const faultsIn = (given: Readonly<Record<string, string>>): readonly string[] => ofShops(examine(given).faults);

describe('the configuration of shops', () => {
  it('knows Shopify’s app by the variables that the gate asks for, and the secret that it replaces', () => {
    expect(readConfig({}).shopifyApp).toBeNull();
    expect(readConfig(app).shopifyApp).toEqual({
      clientId: 'wombat-app',
      clientSecret: app.SHOPIFY_API_SECRET,
      previousSecret: null,
    });
    const rotated = { ...app, SHOPIFY_PREVIOUS_API_SECRET: `${SECRET}-of-the-app-before` };
    expect(readConfig(rotated).shopifyApp?.previousSecret).toBe(`${SECRET}-of-the-app-before`);
  });

  it('refuses an app without its secret, a secret without its app, and one that can be guessed', () => {
    expect(faultsIn({ SHOPIFY_API_KEY: app.SHOPIFY_API_KEY })).toEqual([
      'SHOPIFY_API_SECRET: must be set beside SHOPIFY_API_KEY',
    ]);
    expect(faultsIn({ SHOPIFY_API_SECRET: app.SHOPIFY_API_SECRET })).toEqual([
      'SHOPIFY_API_KEY: must be set beside SHOPIFY_API_SECRET',
    ]);
    expect(faultsIn({ ...app, SHOPIFY_API_SECRET: 'wombat' })).toEqual([
      'SHOPIFY_API_SECRET: must be 20 to 200 visible ASCII characters',
    ]);
  });

  it.each([
    ['demo', {}, true],
    ['development', { NODE_ENV: 'development' }, true],
    ['staging', { NODE_ENV: 'staging' }, true],
    ['test', { NODE_ENV: 'test' }, false],
    ['test, where it is said', { NODE_ENV: 'test', SIMULATED_SHOPS: 'on' }, true],
    ['staging, where it is denied', { NODE_ENV: 'staging', SIMULATED_SHOPS: 'off' }, false],
    ['production', { NODE_ENV: 'production' }, false],
    ['production, even where it is said', { NODE_ENV: 'production', SIMULATED_SHOPS: 'on' }, false],
  ])('has simulated shops in %s as it should', (_, given, expected) => {
    expect(examine(given).config.simulatedShops).toBe(expected);
  });

  it('refuses simulated shops in production', () => {
    expect(faultsIn({ NODE_ENV: 'production', SIMULATED_SHOPS: 'on' })).toEqual([
      'SIMULATED_SHOPS: must not be on when NODE_ENV is production',
    ]);
  });
});
