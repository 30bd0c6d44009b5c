import { pino } from 'pino';
import { readConfig } from './config.js';
import { redacted } from './redaction.js';

const logged = (fields: object): string => {
  const lines: string[] = [];
  pino({ formatters: { log: redacted } }, { write: (line) => void lines.push(line) }).info(fields, 'said');
  return lines.join('');
};

const SECRET = 'the-secret-wombat-of-a-log-of-32';
const DATABASE = `postgresql://rappit:${SECRET}@db.example.com/rappit`;
const config = readConfig({
  NODE_ENV: 'production',
  DATABASE_URL: DATABASE,
  DATABASE_DOOR_URL: DATABASE,
  DATABASE_OWNER_URL: DATABASE,
  JWT_SECRET: SECRET,
  JWT_PREVIOUS_SECRET: SECRET,
  CREDENTIAL_KEYS: `k1:${Buffer.from(SECRET).toString('base64')}`,
  METRICS_TOKEN: SECRET,
  SMTP_URL: `smtps://rappit:${SECRET}@mail.example.com:465`,
  APP_URL: 'https://rappit.example.com',
});

describe('the log', () => {
  it.each([
    ['at the top', { password: SECRET }],
    ['in an object', { request: { headers: { authorization: `Bearer ${SECRET}`, cookie: SECRET } } }],
    ['in a list', { channels: [{ name: 'Shop', webhookSecret: SECRET, credentials: { user: SECRET } }] }],
    ['below everything', { a: { b: { c: { d: { e: { f: { g: { h: SECRET } } } } } } } }],
    ['as a number or a list', { token: [SECRET, SECRET] }],
  ])('blots out what is secret by its name, %s', (_, fields) => {
    const line = logged(fields);
    expect(line).not.toContain(SECRET);
    expect(line).toContain('[redacted]');
  });

  it.each([
    ['the configuration', { config }],
    ['keys that seal', { keys: config.credentialKeys, current: { keyId: 'k1', bytes: Buffer.from(SECRET) } }],
    ['a URL that somebody connects to', { to: `postgresql://rappit:${SECRET}@db.example.com/rappit` }],
    ['a URL with a password that nobody encoded', { said: `can't reach "redis://:a/b@${SECRET}@cache.example.com:6379"` }],
    [
      'what vendors call secrets',
      { STRIPE_SECRET_KEY: SECRET, dhl: { api_key: SECRET }, apiSecret: SECRET, 'x-api-key': SECRET },
    ],
    [
      'what people and programs bring',
      { newPassword: SECRET, access_token: SECRET, 'Set-Cookie': SECRET, Authorization: SECRET },
    ],
  ])('shows nothing secret of %s', (_, fields) => {
    const line = logged(fields);
    expect(line).not.toContain(SECRET);
    expect(line).not.toContain(Buffer.from(SECRET).toString('base64'));
    expect(line).not.toContain([...Buffer.from(SECRET)].join(','));
    expect(line).toContain('[redacted]');
  });

  it('says of an error what may be said, and not its message, which may quote what somebody sent', () => {
    const error = Object.assign(new Error(`duplicate key: ${SECRET}`), { code: '23505' });
    const line = JSON.parse(logged({ fault: { cause: error } })) as { fault: { cause: object } };
    expect(line.fault.cause).toMatchObject({ name: 'Error', code: '23505' });
    expect(JSON.stringify(line)).not.toContain(SECRET);
  });

  it('leaves everything else as it is', () => {
    const fields = {
      organizationId: 'o1',
      ms: 3,
      ready: true,
      none: null,
      list: ['a', 1],
      nested: { route: '/items/:sku' },
      keyId: 'k1',
      at: 'http://127.0.0.1:3000/api/v1',
    };
    expect(JSON.parse(logged(fields))).toMatchObject({ ...fields, msg: 'said', level: 30 });
  });
});
