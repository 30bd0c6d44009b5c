import type { Given, Probes, Reason } from './gate.js';
import { gates, isGo, judge } from './gates.js';
import { passing } from './production.test-kit.js';
import { askedOf } from './production-gates.js';
import { jsonOf, toldOf } from './told.js';

const judged = (given: Given, probes: Probes = {}) => judge(askedOf(given, probes));
type Said = readonly [gate: string, verdict: Reason['verdict'], about: string, message: string];
const said = (given: Given, probes: Probes = {}): readonly Said[] =>
  judged(given, probes).flatMap(({ id, reasons }) =>
    reasons.map(({ verdict, about, message }): Said => [id, verdict, about, message]),
  );
const without = (name: string): Given => Object.fromEntries(Object.entries(passing).filter(([key]) => key !== name));
const soundDatabase = { pending: [], ahead: [], mightyRoles: [], unforcedTables: [], missingChecks: [], undurable: [] };

const UNSET = 'must be set when NODE_ENV is production';
const LOCAL = 'must not name this machine when NODE_ENV is production, unless DATABASE_LOCAL_PROXY is on';
const HOST = 'must not name a host for tests or development when NODE_ENV is production';
const NAMED = 'must not name a database for tests or development when NODE_ENV is production';
const SANDBOX = "must not be a carrier's sandbox or test URL when NODE_ENV is production";
const GUESSED = 'must be random: this one can be guessed';
const PLACEHOLDER = 'must be a value of yours: it still is what stands for one in a document';
const SIGN_UP = 'must be set when NODE_ENV is production, unless SIGN_UP is immediate';
const EMPTY = 'must not be empty: anybody could sign with nothing';
const QUIET = "is not set: the carrier's webhooks are refused, and parcels are only asked about";

/** One variable that is changed, or left out (null), and the one thing that is said of it. */
const wrong: readonly (readonly [
  name: string,
  value: string | null,
  gate: string,
  verdict: Reason['verdict'],
  message: string,
])[] = [
  ['DATABASE_URL', null, 'GATE-001', 'NO-GO', UNSET],
  ['DATABASE_URL', '', 'GATE-001', 'NO-GO', UNSET],
  ['DATABASE_DOOR_URL', null, 'GATE-001', 'NO-GO', UNSET],
  ['DATABASE_URL', 'postgresql://u:wombat@localhost:5432/rappit', 'GATE-001', 'NO-GO', LOCAL],
  ['DATABASE_URL', 'postgresql://u:wombat@127.1/rappit', 'GATE-001', 'NO-GO', LOCAL],
  ['DATABASE_URL', 'postgresql://u:wombat@[::1]/rappit', 'GATE-001', 'NO-GO', LOCAL],
  ['DATABASE_URL', 'postgresql://u:wombat@db.example.com/rappit?host=%2Fvar%2Frun', 'GATE-001', 'NO-GO', LOCAL],
  ['DATABASE_URL', 'postgresql://u:wombat@db.test.example.com/rappit', 'GATE-001', 'NO-GO', HOST],
  ['DATABASE_DOOR_URL', 'postgresql://u:wombat@dev-db/rappit', 'GATE-001', 'NO-GO', HOST],
  ['DATABASE_URL', 'postgresql://u:wombat@db.example.com/rappit_test', 'GATE-001', 'NO-GO', NAMED],
  [
    'DATABASE_URL',
    'mysql://db/rappit',
    'GATE-001',
    'NO-GO',
    'must be a postgresql:// URL with a database, user and password percent-encoded',
  ],
  ['DHL_ACCOUNT_NUMBER', null, 'GATE-002', 'NO-GO', 'must be set beside DHL_API_KEY and DHL_API_SECRET'],
  ['DHL_API_KEY', null, 'GATE-002', 'NO-GO', 'must be set beside DHL_ACCOUNT_NUMBER and DHL_API_SECRET'],
  ['DHL_API_SECRET', null, 'GATE-002', 'NO-GO', 'must be set beside DHL_ACCOUNT_NUMBER and DHL_API_KEY'],
  ['FEDEX_ACCOUNT_NUMBER', '', 'GATE-002', 'NO-GO', 'must be set beside FEDEX_API_KEY and FEDEX_SECRET_KEY'],
  ['FEDEX_API_KEY', '<production-key>', 'GATE-002', 'NO-GO', PLACEHOLDER],
  ['FEDEX_SECRET_KEY', null, 'GATE-002', 'NO-GO', 'must be set beside FEDEX_ACCOUNT_NUMBER and FEDEX_API_KEY'],
  ['DHL_API_URL', 'https://express.api.dhl.com/mydhlapi/test', 'GATE-002', 'NO-GO', SANDBOX],
  ['FEDEX_API_URL', 'https://apis-sandbox.fedex.com', 'GATE-002', 'NO-GO', SANDBOX],
  ['FEDEX_API_URL', 'http://apis.fedex.com', 'GATE-002', 'NO-GO', 'must be an https:// URL when NODE_ENV is production'],
  ['SIMULATED_CARRIER', 'on', 'GATE-002', 'NO-GO', 'must not be on when NODE_ENV is production'],
  ['JWT_SECRET', null, 'GATE-003', 'NO-GO', UNSET],
  ['JWT_SECRET', 'short', 'GATE-003', 'NO-GO', 'must be at least 32 bytes long'],
  ['JWT_SECRET', 'dev-secret-change-me-dev-secret-change-me', 'GATE-003', 'NO-GO', GUESSED],
  ['JWT_SECRET', 'x'.repeat(64), 'GATE-003', 'NO-GO', GUESSED],
  ['JWT_SECRET', '<strong-random-secret-256-bits-long>', 'GATE-003', 'NO-GO', PLACEHOLDER],
  ['CREDENTIAL_KEY', null, 'GATE-003', 'NO-GO', UNSET],
  ['CREDENTIAL_KEY', Buffer.alloc(32).toString('base64'), 'GATE-003', 'NO-GO', GUESSED],
  ['CORS_ORIGINS', 'https://desk.example.com,*', 'GATE-003', 'NO-GO', 'must name each origin when NODE_ENV is production'],
  ['SMTP_URL', null, 'GATE-003', 'NO-GO', SIGN_UP],
  ['APP_URL', null, 'GATE-003', 'NO-GO', SIGN_UP],
  ['APP_URL', 'http://rappit.example.com', 'GATE-003', 'warning', 'leads over http://, and links in mails hold secrets'],
  ['SHOPIFY_API_KEY', null, 'GATE-004', 'NO-GO', UNSET],
  ['SHOPIFY_API_SECRET', '', 'GATE-004', 'NO-GO', UNSET],
  ['DHL_WEBHOOK_TOKEN', '', 'GATE-004', 'NO-GO', EMPTY],
  ['DHL_WEBHOOK_TOKEN', null, 'GATE-004', 'warning', QUIET],
  ['FEDEX_WEBHOOK_SECRET', '', 'GATE-004', 'NO-GO', EMPTY],
  ['FEDEX_WEBHOOK_SECRET', null, 'GATE-004', 'warning', QUIET],
  ['FEDEX_WEBHOOK_SECRET', 'short', 'GATE-004', 'NO-GO', 'must be 20 to 200 visible ASCII characters'],
  ['STRIPE_SECRET_KEY', 'sk_test_wombat', 'GATE-006', 'NO-GO', 'must be a live key when NODE_ENV is production'],
  ['STRIPE_URL', 'http://127.0.0.1:12111', 'GATE-006', 'NO-GO', 'must not be set when NODE_ENV is production'],
  ['REDIS_HOST', null, 'GATE-007', 'NO-GO', 'must be set when NODE_ENV is production, or REDIS_URL'],
  ['REDIS_URL', 'cache:6379', 'GATE-007', 'NO-GO', 'must be a redis:// or rediss:// URL'],
  ['METRICS_TOKEN', null, 'GATE-007', 'warning', 'is not set: whoever reaches /metrics may read it'],
  ['SENTRY_DSN', '<sentry-dsn>', 'GATE-007', 'NO-GO', PLACEHOLDER],
  ['PORT', 'many', 'CONFIG', 'NO-GO', expect.stringMatching(/./) as unknown as string],
  ['LOG_LEVEL', 'loud', 'CONFIG', 'NO-GO', expect.stringMatching(/./) as unknown as string],
];

describe('the gates', () => {
  it('let everything through where all is right, without a warning', () => {
    expect(said(passing)).toEqual([]);
    expect(said(passing, { database: soundDatabase, redis: 'up', carriers: { dhl: 'authorized', fedex: 'authorized' } })).toEqual(
      [],
    );
    expect(judged(passing).map(({ id }) => id)).toEqual(gates.map(({ id }) => id));
    expect(toldOf(judged(passing)).split('\n').at(-1)).toBe('GO');
  });

  it.each(wrong)('say of %s=%p exactly what is wrong with it', (name, value, gate, verdict, message) => {
    const given = value === null ? without(name) : { ...passing, [name]: value };
    expect(said(given)).toEqual([[gate, verdict, name, message]]);
    expect(isGo(judged(given))).toBe(verdict === 'warning');
  });

  it.each(['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_PRICE_SCALE'])('do without no %s', (name) => {
    expect(said(without(name))).toEqual([['GATE-006', 'NO-GO', name, expect.stringContaining('must be set')]]);
  });

  it('say everything at once of an environment in which nothing is set', () => {
    const names = new Set(said({ NODE_ENV: 'production' }).flatMap(([, verdict, about]) => (verdict === 'NO-GO' ? [about] : [])));
    expect([...names].sort()).toEqual([
      'APP_URL',
      'CREDENTIAL_KEY',
      'DATABASE_DOOR_URL',
      'DATABASE_URL',
      'DHL_ACCOUNT_NUMBER',
      'DHL_API_KEY',
      'DHL_API_SECRET',
      'FEDEX_ACCOUNT_NUMBER',
      'FEDEX_API_KEY',
      'FEDEX_SECRET_KEY',
      'JWT_SECRET',
      'REDIS_HOST',
      'SHOPIFY_API_KEY',
      'SHOPIFY_API_SECRET',
      'SMTP_URL',
      'STRIPE_PRICE_GROWTH',
      'STRIPE_PRICE_SCALE',
      'STRIPE_PRICE_STARTER',
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
    ]);
  });

  it('take a database on this machine for a proxy’s where that is said, and say so', () => {
    const local = { ...passing, DATABASE_LOCAL_PROXY: 'on', DATABASE_URL: 'postgresql://u:wombat@127.0.0.1/rappit' };
    expect(said(local)).toMatchObject([['GATE-001', 'warning', 'DATABASE_URL', expect.stringContaining('proxy')]]);
  });

  it.each<readonly [string, Probes, string, Reason['verdict'], string]>([
    ['a database that is away', { database: 'away' }, 'GATE-001', 'NO-GO', 'database'],
    ['pending migrations', { database: { ...soundDatabase, pending: ['0099-x'] } }, 'GATE-001', 'NO-GO', 'migrations'],
    ['a schema that is ahead', { database: { ...soundDatabase, ahead: ['0100-y'] } }, 'GATE-001', 'warning', 'migrations'],
    [
      'commits that can be lost',
      { database: { ...soundDatabase, undurable: ['fsync'] } },
      'GATE-001',
      'warning',
      'database setting fsync',
    ],
    ['credentials that a carrier refuses', { carriers: { dhl: 'unauthorized' } }, 'GATE-002', 'NO-GO', 'carrier dhl'],
    ['a carrier that is away', { carriers: { fedex: 'unavailable' } }, 'GATE-002', 'warning', 'carrier fedex'],
    ['a mighty role', { database: { ...soundDatabase, mightyRoles: ['root'] } }, 'GATE-003', 'NO-GO', 'database role root'],
    ['a table without a policy', { database: { ...soundDatabase, unforcedTables: ['t'] } }, 'GATE-003', 'NO-GO', 'table t'],
    [
      'routes of tests',
      { routes: ['/test/shopify/*', '/api/v1/contest', '/api/v1/channels/:id/test'] },
      'GATE-004',
      'NO-GO',
      'route /test/shopify/*',
    ],
    ['no check on stock', { database: { ...soundDatabase, missingChecks: ['i1'] } }, 'GATE-005', 'NO-GO', 'check i1'],
    ['a Redis that is away', { redis: 'away' }, 'GATE-007', 'NO-GO', 'Redis'],
  ])('see %s', (_, probes, gate, verdict, about) => {
    expect(said(passing, probes)).toEqual([[gate, verdict, about, expect.any(String)]]);
  });

  it('never repeat a value', () => {
    const odd = Object.fromEntries(Object.keys(passing).map((name) => [name, name === 'NODE_ENV' ? 'production' : 'quokka://']));
    expect(toldOf(judged(odd))).not.toContain('quokka');
    expect(jsonOf(judged(odd))).not.toContain('quokka');
  });

  it('say the same to machines', () => {
    expect(JSON.parse(jsonOf(judged(without('REDIS_HOST'))))).toMatchObject({
      go: false,
      gates: expect.arrayContaining([
        { id: 'GATE-005', title: expect.any(String), verdict: 'GO', reasons: [] },
        {
          id: 'GATE-007',
          title: expect.any(String),
          verdict: 'NO-GO',
          reasons: [expect.objectContaining({ about: 'REDIS_HOST' })],
        },
      ]) as unknown,
    });
  });
});
