import { randomBytes, randomUUID } from 'node:crypto';
import { freshDatabase } from '../database.js';
import { startRedis, type TestRedis } from '../redis.js';
import { type AppProcess, startProcess } from './app-process.js';

const USER = 10;
const ORGANIZATION = 25;
const PASSWORD = 'a long enough wombat';
/** Nobody is counted in the process only because the machine was busy. */
const PATIENT = '60000';
/** Windows are so long that no machine is slow enough to see one end, but that of webhooks, of which a test waits for the end. */
const limits = {
  RATE_LIMIT_AUTH_IP: '5/86400',
  RATE_LIMIT_AUTH_EMAIL: '1000/86400',
  RATE_LIMIT_API_USER: `${USER}/86400`,
  RATE_LIMIT_API_ORG: `${ORGANIZATION}/86400`,
  RATE_LIMIT_WEBHOOK_IP: '3/2',
  RATE_LIMIT_REPLICAS: '2',
  RATE_LIMIT_REDIS_TIMEOUT_MS: PATIENT,
  TRUSTED_PROXIES: '127.0.0.1',
};

let clients = 0;
/** The address of a client nobody has seen before. */
const someAddress = (): string => {
  clients += 1;
  return `10.0.${Math.floor(clients / 250)}.${(clients % 250) + 1}`;
};

type Ask = { readonly token?: string; readonly json?: object; readonly from?: string };

const ask = async (app: AppProcess, method: string, path: string, { token, json, from = someAddress() }: Ask = {}) => {
  const headers = {
    'x-forwarded-for': from,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(json && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(`${app.apiUrl}${path}`, { method, headers, ...(json && { body: JSON.stringify(json) }) });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
};
type Answered = Awaited<ReturnType<typeof ask>>;

const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));
const allowed = (answers: readonly Answered[]): number => answers.filter(({ status }) => status === 200).length;
const statuses = (answers: readonly Answered[]): readonly number[] => [...new Set(answers.map(({ status }) => status))].sort();
const numberIn = ({ headers }: Answered, name: string): number => Number(headers.get(name) ?? Number.NaN);

describe('limits of two processes that share one Redis', () => {
  let redis: TestRedis;
  let apps: readonly [AppProcess, AppProcess];
  beforeAll(async () => {
    redis = await startRedis();
    const { appUrl, doorUrl } = await freshDatabase();
    const environment = {
      ...{ NODE_ENV: 'test', HOST: '127.0.0.1', DATABASE_URL: appUrl, DATABASE_DOOR_URL: doorUrl, REDIS_URL: redis.url },
      ...{ JWT_SECRET: randomBytes(32).toString('hex'), CREDENTIAL_KEY: randomBytes(32).toString('base64') },
      ...limits,
    };
    apps = await Promise.all([startProcess(environment), startProcess(environment)]);
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.kill('SIGTERM')));
    await redis.stop();
  });

  /** The token of somebody with a new organization. */
  const somebody = async (): Promise<string> => {
    const owner = { name: 'Owner', email: `${randomUUID()}@quokka.example`, password: PASSWORD };
    const { status, body } = await ask(apps[0], 'POST', '/auth/register', { json: { organizationName: 'Shop', ...owner } });
    expect(status).toBe(201);
    return String(body['token']);
  };
  /** So many at once, at the processes in turn. */
  const atOnce = (count: number, token: string, at: readonly AppProcess[] = apps) =>
    Promise.all(times(count, (index) => ask(at[index % at.length] ?? apps[0], 'GET', '/items', { token })));

  it('lets exactly as many through as are allowed, of five times as many at once, and says what is left', async () => {
    const answers = await atOnce(5 * USER, await somebody());
    expect(statuses(answers)).toEqual([200, 429]);
    const left = answers.filter(({ status }) => status === 200).map((answer) => numberIn(answer, 'x-ratelimit-remaining'));
    expect(left.sort((a, b) => b - a)).toEqual(times(USER, (index) => USER - 1 - index));
    for (const answer of answers.filter(({ status }) => status === 429)) {
      expect(answer.body).toMatchObject({ code: 'rate_limit.exceeded', violatedPolicies: ['api_user'] });
      expect([numberIn(answer, 'x-ratelimit-limit'), numberIn(answer, 'x-ratelimit-remaining')]).toEqual([USER, 0]);
      const wait = numberIn(answer, 'retry-after');
      expect([wait > 0, wait <= 86_400, numberIn(answer, 'x-ratelimit-reset')]).toEqual([true, true, wait]);
      expect(answer.headers.get('ratelimit')).toBe(`"api_user";r=0;t=${wait}`);
      expect(answer.headers.get('ratelimit-policy')).toBe(`"api_user";q=${USER};w=86400`);
    }
  });

  it('limits each user, each key and each organization for itself', async () => {
    const [one, stranger] = [await somebody(), await somebody()];
    const secrets: string[] = [];
    for (const name of ['first', 'second']) {
      const made = await ask(apps[0], 'POST', '/api-keys', { token: one, json: { name, scopes: ['item.view'] } });
      expect(made.status).toBe(201);
      secrets.push(String(made.body['secret']));
    }
    const [first = '', second = ''] = secrets;
    expect(allowed(await atOnce(30, one))).toBe(USER - 2);
    expect(allowed(await atOnce(30, first))).toBe(USER);
    // The second key has as much as the first; of the organization's there are only so many left.
    const last = await atOnce(30, second);
    expect(allowed(last)).toBe(ORGANIZATION - 2 * USER);
    expect(last.some(({ body }) => String(body['violatedPolicies']) === 'api_org')).toBe(true);
    expect(allowed(await atOnce(30, stranger))).toBe(USER);
  });

  it('lets 5 of 10 rapid logins pass, whatever headers the client makes up', async () => {
    const client = someAddress();
    const json = { email: `${randomUUID()}@quokka.example`, password: PASSWORD };
    const made = times(10, (index) => (index % 2 ? client : `198.51.100.${index}, ${client}`));
    const answers = await Promise.all(
      made.map((from, index) => ask(apps[index % 2 ? 1 : 0], 'POST', '/auth/login', { json, from })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...times(5, () => 401), ...times(5, () => 429)]);
    expect((await ask(apps[0], 'POST', '/auth/login', { json })).status).toBe(401);
  });

  it('lets a client in again after the time that it was told', async () => {
    const from = someAddress();
    const push = () => ask(apps[1], 'POST', '/webhooks/fedex', { json: {}, from });
    const untilStatus = async (status: number) => {
      for (;;) {
        const answers = await Promise.all(times(8, push));
        const found = answers.find((answer) => answer.status === status);
        if (found) return found;
      }
    };
    const refused = await untilStatus(429);
    expect([1, 2]).toContain(numberIn(refused, 'retry-after'));
    expect((await untilStatus(401)).status).toBe(401);
  });

  it('limits every operation of the API document but these', async () => {
    const token = await somebody();
    // From here on whoever is limited by it does nothing but be turned away, and so signs nobody out.
    await atOnce(USER, token);
    const document = await (await fetch(new URL('/api/docs/json', apps[0].apiUrl))).json();
    const { paths } = document as { paths: Record<string, Record<string, unknown>> };
    const unlimited: string[] = [];
    for (const [path, operations] of Object.entries(paths))
      for (const method of Object.keys(operations)) {
        const url = new URL(path.replace(/\{\w+\}/g, randomUUID()), apps[0].apiUrl);
        const answer = await fetch(url, {
          method: method.toUpperCase(),
          redirect: 'manual',
          headers: { authorization: `Bearer ${token}` },
        });
        await answer.arrayBuffer();
        if (!answer.headers.has('ratelimit')) unlimited.push(`${method} ${path}`);
      }
    expect(unlimited.sort()).toEqual([
      'get /api/v1/health',
      'get /api/v1/health/ready',
      'get /metrics',
      'post /api/v1/auth/refresh',
    ]);
  });

  it('goes on while Redis is away, still limited, and together again when it is back', async () => {
    const token = await somebody();
    const asking = atOnce(4 * USER, token);
    await redis.stop();
    const answers = [...(await asking), ...(await atOnce(4 * USER, token))];
    expect(statuses(answers)).toEqual([200, 429]);
    // What Redis had counted before, and then what each process counts by itself, from nothing.
    expect(allowed(answers)).toBeLessThanOrEqual(2 * USER);
    redis = await startRedis(redis.port);
    const shares = async (app: AppProcess): Promise<number> => allowed(await atOnce(3 * USER, await somebody(), [app]));
    for (const app of apps) while ((await shares(app)) !== USER);
    expect(allowed(await atOnce(5 * USER, await somebody()))).toBe(USER);
  });
});
