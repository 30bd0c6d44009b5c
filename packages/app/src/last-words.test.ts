import { ConfigInvalid } from './config.js';
import { lastWords } from './last-words.js';

const PASSWORD = 'p@ss/wombat\\';
const KEYS = ['d29tYmF0IHdvbWJhdA==', 'd29tYmF0IDE2IGJ5dGVz'];
const environment = {
  DATABASE_URL: `postgresql://rappit:${PASSWORD}@db.example.com/rappit`,
  REDIS_URL: 'rediss://:another%20wombat@cache.example.com:6379',
  CREDENTIAL_KEYS: `2026-12:${KEYS[0]}, 2026-11:${KEYS[1]}`,
  STRIPE_SECRET_KEY: 'sk_live_wombat',
  PATH: '/usr/bin',
};

const saying = (message: string, more: object = {}): string =>
  lastWords(Object.assign(new TypeError(message), more), environment);

it('tells what went wrong, and where', () => {
  const said = saying('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED', port: 5_432 });
  expect(said).toMatch(/^TypeError: connect ECONNREFUSED 127\.0\.0\.1:5432\n\s+at /);
  expect(said).toContain('port: 5432');
});

it.each([
  ['the URL that it could not read', { input: environment.DATABASE_URL }],
  ['a password as it is written', { input: PASSWORD }],
  ['a password as it is meant', { input: 'another wombat' }],
  ['one of several keys', { input: KEYS[1] }],
  ['something deeper', { cause: new Error(`no such customer: ${environment.STRIPE_SECRET_KEY}`) }],
])('leaves nothing secret of the environment in an error that quotes %s', (_, more) => {
  const said = saying('Invalid URL', more);
  for (const secret of ['wombat', 'p@ss', ...KEYS]) expect(said).not.toContain(secret);
  expect(said).toContain('Invalid URL');
  expect(said).toContain('[redacted]');
});

it('names every fault of a configuration, and what would be right', () => {
  expect(lastWords(new ConfigInvalid(['PORT: is no number', 'HOST: is no name']), environment)).toBe(
    'The configuration is not complete:\n  PORT: is no number. Such as PORT=3000\n  HOST: is no name. Such as HOST=0.0.0.0',
  );
});
