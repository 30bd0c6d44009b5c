import { readConfig } from './config.js';

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://db.example.com/rappit',
  DATABASE_DOOR_URL: 'postgresql://db.example.com/rappit',
  SMTP_URL: 'smtp://mail.example.com',
  APP_URL: 'https://rappit.example.com',
  JWT_SECRET: 'x'.repeat(32),
  CREDENTIAL_KEY: Buffer.alloc(32).toString('base64'),
  SIGN_UP: 'immediate',
};

const faultsOf = (environment: Readonly<Record<string, string>>): unknown => {
  try {
    return readConfig(environment).corsOrigins;
  } catch (error) {
    return (error as { readonly faults?: unknown }).faults;
  }
};

it('reads the origins of browsers, none by itself', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ CORS_ORIGINS: 'https://desk.example.com, http://localhost:5173' })).toEqual([
    'https://desk.example.com',
    'http://localhost:5173',
  ]);
  expect(faultsOf({ CORS_ORIGINS: '*' })).toEqual(['*']);
});

it.each(['https://desk.example.com/', 'desk.example.com', 'https://*.example.com', 'https://a.com,,', 'null'])(
  'refuses %p for an origin, which no browser would send',
  (CORS_ORIGINS) => {
    expect(faultsOf({ CORS_ORIGINS })).toEqual([expect.stringMatching(/^CORS_ORIGINS: must be origins/)]);
  },
);

it('lets no origin in by a star in production', () => {
  expect(faultsOf({ ...production, CORS_ORIGINS: 'https://desk.example.com' })).toEqual(['https://desk.example.com']);
  expect(faultsOf({ ...production, CORS_ORIGINS: 'https://desk.example.com,*' })).toEqual([
    'CORS_ORIGINS: must name each origin when NODE_ENV is production',
  ]);
});

it.each([
  'postgresql://u:wombat@db:99999/rappit',
  'postgresql://u:wombat%@db/rappit',
  'postgresql://u:wombat/@db/rappit',
  'wombat',
])('refuses a database whose URL can’t be read, and doesn’t repeat it: %p', (DATABASE_URL) => {
  expect(faultsOf({ DATABASE_URL, NODE_ENV: 'test' })).toEqual([
    'DATABASE_URL: must be a postgresql:// URL with a database, user and password percent-encoded',
  ]);
});

it('takes Redis by its URL rather than by host and port, and none that is no URL', () => {
  const redis = (environment: Readonly<Record<string, string>>) => readConfig(environment).redis;
  expect(redis({})).toBeNull();
  expect(redis({ REDIS_HOST: 'cache.example.com' })).toBe('redis://cache.example.com:6379');
  expect(redis({ REDIS_HOST: 'cache.example.com', REDIS_PORT: '6380' })).toBe('redis://cache.example.com:6380');
  expect(redis({ REDIS_HOST: 'cache.example.com', REDIS_URL: 'rediss://other.example.com/2' })).toBe(
    'rediss://other.example.com/2',
  );
  expect(faultsOf({ REDIS_URL: 'cache.example.com:6379' })).toEqual([expect.stringMatching(/^REDIS_URL: must be a redis/)]);
});

it.each(['DHL_WEBHOOK_TOKEN', 'FEDEX_WEBHOOK_SECRET'])('%s is 20 to 200 visible characters, and may be left out', (name) => {
  const given = (text: string) => () => readConfig({ NODE_ENV: 'test', [name]: text });
  const field = name === 'DHL_WEBHOOK_TOKEN' ? 'dhlWebhookToken' : 'fedexWebhookSecret';
  expect(given('w'.repeat(20))()).toMatchObject({ [field]: 'w'.repeat(20) });
  for (const wrong of ['wombat', 'w'.repeat(201), 'wombats are burrowing '])
    expect(given(wrong)).toThrow(`${name}: must be 20 to 200`);
  expect(readConfig({ NODE_ENV: 'test' })).toMatchObject({ dhlWebhookToken: null, fedexWebhookSecret: null });
});
