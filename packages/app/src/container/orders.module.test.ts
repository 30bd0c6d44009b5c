import { ConfigInvalid, readConfig } from '../config.js';
import { wire } from './container.js';
import { tokens } from './tokens.js';

const policyIn = (environment: Readonly<Record<string, string>>) =>
  wire({
    config: readConfig(environment),
    database: { appUrl: '', doorUrl: '', embedded: false, stop: async () => undefined },
    jwtSecrets: [''],
    credentialKeys: { current: { keyId: 'k1', key: Buffer.alloc(32) } },
    billing: null,
    simulatedCarrier: null,
    simulatedShops: null,
    shopifyApp: null,
  }).get(tokens.policy);

it.each([
  [{}, 'fewestLocations'],
  [{ ALLOCATION_POLICY: '' }, 'fewestLocations'],
  [{ ALLOCATION_POLICY: 'fewestLocations' }, 'fewestLocations'],
  [{ ALLOCATION_POLICY: 'byPriority' }, 'byPriority'],
])('with %p orders are served by the policy %s', async (environment, name) => {
  expect((await policyIn(environment)).name).toBe(name);
});

it('refuses a policy that it does not know, and says which there are', () => {
  expect(() => readConfig({ ALLOCATION_POLICY: 'cheapest' })).toThrow(ConfigInvalid);
  expect(() => readConfig({ ALLOCATION_POLICY: 'cheapest' })).toThrow(/^ALLOCATION_POLICY: .*fewestLocations.*byPriority/);
});
