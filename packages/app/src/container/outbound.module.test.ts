import { readConfig } from '../config.js';
import { wire } from './container.js';
import { tokens } from './tokens.js';

const secrets = { JWT_SECRET: 'x'.repeat(32), CREDENTIAL_KEY: Buffer.alloc(32).toString('base64') };
const databases = { DATABASE_URL: 'postgresql://db.example.com/rappit', DATABASE_DOOR_URL: 'postgresql://db.example.com/rappit' };
const mail = { SMTP_URL: 'smtp://mail.example.com', APP_URL: 'https://rappit.example.com' };

const guardIn = (environment: string) =>
  wire({
    config: readConfig({ NODE_ENV: environment, ...secrets, ...databases, ...mail }),
    database: { appUrl: '', doorUrl: '', embedded: false, stop: async () => undefined },
    jwtSecrets: [secrets.JWT_SECRET],
    credentialKeys: { current: { keyId: 'k1', key: Buffer.alloc(32) } },
    billing: null,
    simulatedCarrier: null,
    simulatedShops: null,
    shopifyApp: null,
  }).get(tokens.guardedFetch);

it.each([
  ['production', false],
  ['staging', false],
  ['development', true],
  ['test', true],
])('in %s, whether a tenant may name an address of ours: %s', async (environment, may) => {
  const guard = await guardIn(environment);
  expect(guard.check('http://127.0.0.1:8080/hook').ok).toBe(may);
  expect(guard.check('https://shop.example.com/hook').ok).toBe(true);
  expect(guard.check('https://169.254.169.254/').ok).toBe(false);
});
