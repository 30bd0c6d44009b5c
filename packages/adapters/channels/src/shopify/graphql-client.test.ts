import { type GuardedFetch, type OutboundAnswer, ok, type Result, type SalesChannel } from '@rappit/domain';
import { credentialsText } from './credentials.js';
import { shopifyShop } from './shopify-shop.js';

const shopDomain = 'quokka-mugs.myshopify.com';

type Sent = Awaited<ReturnType<GuardedFetch['send']>>;

const answer = (json: unknown, facts: Partial<OutboundAnswer> = {}): Sent =>
  ok({
    status: 200,
    headers: {},
    body: new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)),
    ...facts,
  });

const cost = (requested: number, available: number, restoreRate = 100) => ({
  cost: {
    requestedQueryCost: requested,
    actualQueryCost: requested,
    throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: available, restoreRate },
  },
});
const throttled = (requested: number, available: number) =>
  answer({ errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: cost(requested, available) });
const here = (extensions = {}) =>
  answer({ data: { shop: { myshopifyDomain: shopDomain }, currentAppInstallation: { accessScopes: [] } }, extensions });

/** A shop that gives these answers, the last one for ever, and a clock that only waiting moves. */
const scripted = (...answers: readonly Sent[]) => {
  const asked: Parameters<GuardedFetch['send']>[0][] = [];
  const waits: number[] = [];
  let now = 0;
  const send: GuardedFetch['send'] = async (request) => {
    asked.push(request);
    return answers[Math.min(asked.length, answers.length) - 1] ?? here();
  };
  const open = shopifyShop({
    send,
    deadlineMs: 20_000,
    monotonicMs: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  const opened = (): SalesChannel =>
    open(shopDomain, async () => ok(credentialsText({ accessToken: 'shpat_SECRET1', refreshToken: null })));
  return { channel: opened(), opened, asked, waits, pass: (ms: number) => (now += ms) };
};

const codeOf = (result: Result<unknown, { readonly code: string }>): string => (result.ok ? 'ok' : result.error.code);

describe('a shop that is asked too much of', () => {
  it('is waited for as long as it takes until the question can be paid', async () => {
    const { channel, waits, asked } = scripted(throttled(500, 100), here());
    expect(await channel.check()).toEqual(ok(null));
    expect([waits, asked.length]).toEqual([[4_000], 2]);
  });

  it('is left alone at once when that takes longer than there is time, and says how long', async () => {
    const { channel, waits } = scripted(throttled(2_000, -500));
    expect(await channel.check()).toMatchObject({ error: { code: 'shop.unavailable', retryAfterMs: 25_000 } });
    expect(waits).toEqual([]);
  });

  it('is asked again and again only until the deadline, also where it does not say how long to wait', async () => {
    const { channel, waits, asked } = scripted(answer({ errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] }));
    expect(await channel.check()).toMatchObject({ error: { code: 'shop.unavailable', retryAfterMs: 1_000 } });
    expect([waits.length, asked.length]).toEqual([19, 20]);
  });

  it('is waited for before it has to refuse, once it is known what a question costs', async () => {
    const { opened, waits } = scripted(here(cost(300, 100)), here(cost(300, 1_000)));
    await opened().check();
    expect(waits).toEqual([]);
    await opened().check();
    expect(waits).toEqual([2_000]);
    await opened().check();
    expect(waits).toEqual([2_000]);
  });

  it('gives back what it takes meanwhile', async () => {
    const { channel, waits, pass } = scripted(here(cost(300, 100)));
    await channel.check();
    pass(1_500);
    await channel.check();
    expect(waits).toEqual([500]);
  });

  it('is given what time is left after waiting, and no more', async () => {
    const { channel, asked } = scripted(throttled(1_000, 0), here());
    await channel.check();
    expect(asked.map(({ deadlineMs }) => deadlineMs)).toEqual([20_000, 10_000]);
  });
});

const html = '<!doctype html><title>Welcome</title>';
const place = { externalItemId: '7', externalLocationId: '1', available: 1, expected: null };

it.each<[string, Sent, string, string]>([
  ['an HTML page', answer(html), 'shop.unavailable', 'shop.unknown_outcome'],
  ['nothing', answer(''), 'shop.unavailable', 'shop.unknown_outcome'],
  ['a list', answer([]), 'shop.unavailable', 'shop.unknown_outcome'],
  ['no data and no error', answer({}), 'shop.unavailable', 'shop.unknown_outcome'],
  ['data of another shape', answer({ data: {} }), 'shop.unavailable', 'shop.unknown_outcome'],
  ['two things under one key', answer('{"data":null,"data":{}}'), 'shop.unavailable', 'shop.unknown_outcome'],
  [
    'a fault of its own',
    answer({ errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }),
    'shop.unavailable',
    'shop.unknown_outcome',
  ],
  ['a query that it does not know', answer({ errors: [{ message: "Field 'x' doesn't exist" }] }), 'shop.refused', 'shop.refused'],
  [
    'a permission that is missing',
    answer({ errors: [{ message: 'Access denied', extensions: { code: 'ACCESS_DENIED' } }] }),
    'shop.refused',
    'shop.refused',
  ],
  ['500', answer(html, { status: 500 }), 'shop.unavailable', 'shop.unknown_outcome'],
  ['502', answer(html, { status: 502 }), 'shop.unavailable', 'shop.unknown_outcome'],
  ['503', answer(html, { status: 503 }), 'shop.unavailable', 'shop.unavailable'],
  ['429', answer('', { status: 429, headers: { 'retry-after': '2.0' } }), 'shop.unavailable', 'shop.unavailable'],
  [
    'a way elsewhere',
    answer('', { status: 301, headers: { location: 'http://169.254.169.254/' } }),
    'shop.unavailable',
    'shop.unavailable',
  ],
  ['401', answer({ errors: 'Invalid API key' }, { status: 401 }), 'shop.unauthorized', 'shop.unauthorized'],
  ['402 of a frozen shop', answer({ errors: 'Unavailable Shop' }, { status: 402 }), 'shop.refused', 'shop.refused'],
  ['404 of a shop that is gone', answer({ errors: 'Not Found' }, { status: 404 }), 'shop.refused', 'shop.refused'],
  [
    'silence',
    { ok: false, error: { code: 'outbound.unknown_outcome', why: 'deadline', status: null } },
    'shop.unavailable',
    'shop.unknown_outcome',
  ],
  [
    'too much',
    { ok: false, error: { code: 'outbound.unknown_outcome', why: 'tooLarge', status: 200 } },
    'shop.unavailable',
    'shop.unknown_outcome',
  ],
  [
    'no connection',
    { ok: false, error: { code: 'outbound.unavailable', why: 'connection' } },
    'shop.unavailable',
    'shop.unavailable',
  ],
])('takes %s for what it is, asked and told to do something', async (_, sent, asked, told) => {
  expect(codeOf(await scripted(sent).channel.check())).toBe(asked);
  expect(codeOf(await scripted(sent).channel.showStock('key', [place]))).toBe(told);
});

it('takes data of which some may not be seen, and no data that came with a fault of another kind', async () => {
  const data = { shop: { myshopifyDomain: shopDomain } };
  const denied = { message: 'Access denied', extensions: { code: 'ACCESS_DENIED' } };
  expect(await scripted(answer({ data, errors: [denied] })).channel.check()).toEqual(ok(null));
  const torn = answer({ data, errors: [denied, { message: 'Something else' }] });
  expect(await scripted(torn).channel.check()).toMatchObject({ error: { code: 'shop.refused' } });
});

it('says how long it is to be left alone, where a busy shop names seconds', async () => {
  const busy = answer('', { status: 429, headers: { 'retry-after': '2.0' } });
  expect(await scripted(busy).channel.check()).toMatchObject({ error: { retryAfterMs: 2_000 } });
});

it('asks with the token in a header and nowhere else, and for no more than it can hold', async () => {
  const { channel, asked } = scripted(here());
  await channel.check();
  const [request] = asked;
  expect(request?.url).toBe('https://quokka-mugs.myshopify.com/admin/api/2026-10/graphql.json');
  expect(request?.headers?.['x-shopify-access-token']).toBe('shpat_SECRET1');
  expect(`${request?.url} ${String(request?.body)}`).not.toContain('shpat_');
  expect(request?.maxBytes).toBeLessThanOrEqual(8 * 1_024 * 1_024);
});

it('asks nobody without credentials that can be read', async () => {
  const { asked } = scripted();
  const send: GuardedFetch['send'] = async () => here();
  for (const kept of ['', '{}', '{"accessToken":"line\\nbreak"}', '[1]']) {
    const channel = shopifyShop({ send })(shopDomain, async () => ok(kept));
    expect(codeOf(await channel.check())).toBe('shop.unauthorized');
  }
  expect(asked).toEqual([]);
});

it('says no when it answers for another shop, or in another version than ours', async () => {
  const other = answer({ data: { shop: { myshopifyDomain: 'other.myshopify.com' } } });
  expect(await scripted(other).channel.check()).toMatchObject({ error: { code: 'shop.refused' } });
  const sent = here();
  const later = sent.ok ? ok({ ...sent.value, headers: { 'x-shopify-api-version': '2027-01' } }) : sent;
  expect(await scripted(later).channel.check()).toMatchObject({
    error: { code: 'shop.refused', message: expect.stringContaining('2027-01') },
  });
});
