import { createHmac } from 'node:crypto';
import { inProcessRateLimiter } from '@rappit/limits';
import type { LimitSizes, LimitType } from '../../limit-config.js';
import { routeTable } from '../route-table.js';
import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { type Answer, read, refusalIn } from '../testing/client.test-kit.js';
import { openScene, type PageShape } from '../testing/scene.test-kit.js';
import { shopHeaders, shopLine, shopOrder } from '../testing/shop.test-kit.js';
import { generous, openWorld, PASSWORD, PREFIX, WEBHOOK_SECRET, type World } from '../testing/world.test-kit.js';
import type { RequestLimits } from './request-limits.js';

/** Limits that a test can set anew: to build a server takes longer than all that is asked of it here. */
let limiter = inProcessRateLimiter();
let sizes: LimitSizes = generous;
let pauses: number[] = [];
const limits: RequestLimits = {
  limiter: {
    charge: (limit, key, cost) => limiter.charge(limit, key, cost),
    look: (limit, key) => limiter.look(limit, key),
  },
  get sizes() {
    return sizes;
  },
  pause: async (milliseconds) => void pauses.push(milliseconds),
};

let world: World;
beforeAll(async () => {
  world = await openWorld(inMemoryBackend, { limits, trustedProxies: ['127.0.0.1'] });
});
afterAll(() => world.close());
beforeEach(() => limitTo({}));

/** With these limits instead of generous ones, from nothing. */
const limitTo = (points: Partial<Record<LimitType, number>>): void => {
  const own = Object.entries(points).map(([name, count]) => [name, { name, points: count, seconds: 900 }]);
  sizes = { ...generous, ...Object.fromEntries(own) };
  limiter = inProcessRateLimiter();
  pauses = [];
};

const statuses = (answers: readonly Answer[]): readonly number[] => answers.map(({ status }) => status);
const numberIn = ({ headers }: Answer, name: string): number => Number(headers.get(name) ?? Number.NaN);

const login = (email: string, password: string, from = '192.0.2.77') =>
  world.send('POST', `${PREFIX}/auth/login`, { json: { email, password }, headers: { 'x-forwarded-for': from } });

/** Whom a route's caller is limited by; these are all that nobody limits. */
const UNLIMITED = ['/metrics', `${PREFIX}/auth/refresh`, `${PREFIX}/health`, `${PREFIX}/health/ready`];

it('limits every route but those that are asked about the process, and the refreshing of sessions', async () => {
  const { token } = await world.signUp();
  // From here on whoever is limited by it does nothing but be turned away, and so signs nobody out.
  limitTo({ api_user: 1 });
  await world.send('GET', `${PREFIX}/items`, { token });
  const unlimited: string[] = [];
  for (const { method, url } of routeTable(world.server)) {
    const path = url.replace(/:\w+/g, '01890000-0000-7000-8000-000000000000');
    const answer = await fetch(`${world.origin}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: '{"nonsense":1}' }),
    });
    await answer.arrayBuffer();
    const names = ['ratelimit', 'ratelimit-policy', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];
    const carried = names.filter((name) => answer.headers.has(name)).length;
    expect([0, names.length]).toContain(carried);
    if (carried === 0) unlimited.push(url);
  }
  expect(unlimited.toSorted()).toEqual(UNLIMITED.toSorted());
});

it('answers 429 when a caller asks more often than allowed, and says when to come back', async () => {
  limitTo({ api_user: 3 });
  const { token, organizationId } = await world.signUp();
  const answers: Answer[] = [];
  for (let asked = 0; asked < 5; asked += 1) answers.push(await world.send('GET', `${PREFIX}/items`, { token }));
  expect(statuses(answers)).toEqual([200, 200, 200, 429, 429]);
  expect(answers.map((answer) => numberIn(answer, 'x-ratelimit-remaining'))).toEqual([2, 1, 0, 0, 0]);
  const [first, , , refused] = answers as [Answer, Answer, Answer, Answer];
  expect(first.headers.get('ratelimit-policy')).toBe('"api_user";q=3;w=900, "api_org";q=1000000;w=3600');
  expect(first.headers.get('ratelimit')).toMatch(/^"api_user";r=2;t=\d+, "api_org";r=\d+;t=\d+$/);
  expect(numberIn(refused, 'x-ratelimit-limit')).toBe(3);
  expect(numberIn(refused, 'retry-after')).toBe(numberIn(refused, 'x-ratelimit-reset'));
  expect([numberIn(refused, 'retry-after') > 0, numberIn(refused, 'retry-after') <= 900]).toEqual([true, true]);
  expect(read(refused)).toMatchObject({ status: 429, code: 'rate_limit.exceeded', violatedPolicies: ['api_user'] });
  const labels = { type: 'api_user', organization_id: organizationId, endpoint: `GET ${PREFIX}/items` };
  expect(world.meter.total('rate_limit_hits_total', labels)).toBe(5);
  expect(world.meter.total('rate_limit_blocks_total', labels)).toBe(2);
});

it('keeps users, keys and organizations apart, and holds all of an organization together', async () => {
  limitTo({ api_user: 2, api_org: 5 });
  const [one, stranger] = [await world.signUp(), await world.signUp()];
  const other = await world.signUp();
  await world.makeMember(one.organizationId, other.userId, 'admin');
  const ask = (token: string) => world.send('GET', `${PREFIX}/items`, { token });
  expect(statuses([await ask(one.token), await ask(one.token), await ask(one.token)])).toEqual([200, 200, 429]);
  expect(statuses([await ask(stranger.token), await ask(other.token)])).toEqual([200, 200]);
  const json = { organizationId: one.organizationId };
  const switched = await world.send('POST', `${PREFIX}/auth/switch`, { token: other.token, json });
  const { token } = read<{ token: string }>(switched);
  expect(statuses([await ask(token), await ask(token), await ask(token)])).toEqual([200, 200, 429]);
  const third = await world.join(one.organizationId, 'operator');
  const last = [await ask(third.token), await ask(third.token)];
  expect(statuses(last)).toEqual([200, 429]);
  expect(read(last[1] as Answer)).toMatchObject({ violatedPolicies: ['api_org'] });
});

it('turns away whoever may not, and asks too often, by the limit and not by the permission', async () => {
  limitTo({ api_user: 2 });
  const admin = await world.signUp();
  const operator = await world.join(admin.organizationId, 'operator');
  const ask = () => world.send('GET', `${PREFIX}/webhook-endpoints`, { token: operator.token });
  expect(statuses([await ask(), await ask(), await ask()])).toEqual([403, 403, 429]);
});

it('lets 5 of 10 rapid logins through to the password, whatever the client says of where it is', async () => {
  const { email } = await world.signUp();
  limitTo({ auth_ip: 5 });
  const answers: Answer[] = [];
  for (let from = 1; from <= 10; from += 1) answers.push(await login(email, PASSWORD, `198.51.100.${from}, 192.0.2.1`));
  expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 429, 429, 429, 429, 429]);
  expect(refusalIn(answers[9] as Answer).code).toBe('rate_limit.exceeded');
});

it('believes nobody of where the client is, unless it is a proxy that it was told of', async () => {
  limitTo({ auth_ip: 1 });
  expect((await login('nobody@quokka.example', PASSWORD, '192.0.2.1')).status).toBe(401);
  expect((await login('nobody@quokka.example', PASSWORD, '192.0.2.2')).status).toBe(401);
  const open = await openWorld(inMemoryBackend, { limits });
  const made = (from: string) =>
    open.send('POST', `${PREFIX}/auth/login`, {
      json: { email: 'nobody@quokka.example', password: PASSWORD },
      headers: { 'x-forwarded-for': from },
    });
  expect(statuses([await made('192.0.2.3'), await made('192.0.2.4')])).toEqual([401, 429]);
  await open.close();
});

describe('an e-mail that is guessed at', () => {
  const FROM = '192.0.2.1';

  it('is locked for the address that guesses, which is told no more than that the password is wrong', async () => {
    limitTo({ auth_email: 3 });
    const { email } = await world.signUp();
    const wrong = await login(email, 'a wrong wombat', FROM);
    await login(email, 'a wrong wombat', FROM);
    expect((await login(email, PASSWORD, FROM)).status).toBe(200);
    await login(email, 'a wrong wombat', FROM);
    const locked = await login(email, PASSWORD, FROM);
    expect([locked.status, locked.text]).toEqual([401, wrong.text]);
    expect((await login(email, PASSWORD, '192.0.2.2')).status).toBe(200);
  });

  it('stays open to others, who only wait', async () => {
    limitTo({ auth_email: 2 });
    const { email } = await world.signUp();
    for (const from of ['192.0.2.1', '192.0.2.2']) await login(email.toUpperCase(), 'a wrong wombat', from);
    expect(pauses).toEqual([]);
    expect((await login(email, PASSWORD, '192.0.2.3')).status).toBe(200);
    expect(pauses).toEqual([2_000]);
  });
});

describe('webhooks', () => {
  const body = '{"shipments":[]}';
  const push = (signature: string) =>
    world.send('POST', `${PREFIX}/webhooks/fedex`, {
      raw: body,
      headers: { 'fdx-signature': signature, 'content-type': 'application/json' },
    });
  const signed = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('base64');

  it('of strangers are turned away after a while, those of verified senders never', async () => {
    limitTo({ webhook_ip: 3 });
    const taken = (await push(signed)).status;
    expect(taken).not.toBe(429);
    expect(statuses([await push('x'), await push('x'), await push('x')])).toEqual([401, 401, 429]);
    expect((await push(signed)).status).toBe(taken);
  });

  it('of verified senders are kept and answered 200 beyond the limit of an organization, and worked off later', async () => {
    const scene = await openScene(world);
    const { organizationId } = scene.account;
    const domain = (await scene.acts.get<PageShape<{ shopDomain: string }>>('/channels')).data[0]?.shopDomain ?? '';
    const tell = (number: number): Promise<Answer> => {
      const order = shopOrder([shopLine(scene.sku)], `${number}`);
      const headers = { ...shopHeaders(domain, order), 'x-shopify-webhook-id': `delivery-${number}` };
      return world.send('POST', `${PREFIX}/webhooks/shopify`, { raw: order, headers });
    };
    limitTo({ webhook_org: 2 });
    const wokenBefore = world.woken().length;
    const answers = [await tell(1), await tell(2), await tell(3), await tell(4)];
    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(4).fill([200, '{}']));
    expect(world.woken().slice(wokenBefore)).toEqual([organizationId, organizationId]);
    const blocked = { type: 'webhook_org', organization_id: organizationId };
    expect(world.meter.total('rate_limit_blocks_total', blocked)).toBe(2);
    // As the next sweep does, which asks for whatever is due.
    expect(await world.useCases.workInbox(organizationId)).toBe(4);
  });
});
