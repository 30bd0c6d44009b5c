import { inProcessRateLimiter } from '@rappit/limits';
import { declaredMetrics, promMeter } from '@rappit/metrics';
import { routeTable } from './route-table.js';
import { inMemoryBackend } from './testing/backend.test-kit.js';
import { generous, openWorld, PREFIX, type World } from './testing/world.test-kit.js';

const ROOM = 25;
const ORGANIZATIONS = 6;

const metrics = promMeter({ maxSeries: ROOM });
let world: World;
beforeAll(async () => {
  const limits = {
    limiter: inProcessRateLimiter(),
    sizes: { ...generous, api_user: { name: 'api_user', points: 6, seconds: 900 } },
    pause: async () => undefined,
  };
  world = await openWorld(inMemoryBackend, { meter: metrics.meter, expose: metrics.expose, limits });
});
afterAll(() => world.close());

/** The series of each metric on the page, as their labels. */
const series = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { text } = await world.send('GET', '/metrics');
  const found = new Map<string, string[]>();
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{(.*)\} /gm))
    found.set(name, [...(found.get(name) ?? []), labels]);
  return found;
};
const labelIn = (labels: string, label: string): string => new RegExp(`(?:^|,)${label}="([^"]*)"`).exec(labels)?.[1] ?? '';

/** A round of requests: by new organizations, to many routes, and to paths that there are not. */
const round = async (name: string): Promise<void> => {
  for (let organization = 0; organization < ORGANIZATIONS; organization += 1) {
    const { token } = await world.signUp();
    for (const path of ['/items', '/orders', '/locations', '/channels', '/shipments', '/items', '/orders'])
      await world.send('GET', `${PREFIX}${path}`, { token });
    await world.send('GET', `${PREFIX}/items/${name}-${organization}`, { token });
    await world.send('GET', `${PREFIX}/nowhere/${name}-${organization}`, { token });
  }
  for (const path of [`/${name}`, `/${name}/%zz`, `${PREFIX}/${name}?of=${name}`, `/metrics/${name}`])
    for (const method of ['GET', 'POST', 'DELETE', 'PROPFIND'])
      await (await fetch(`${world.origin}${path}`, { method })).arrayBuffer();
  await world.send('POST', `${PREFIX}/webhooks/shopify`, {
    json: {},
    headers: {
      'x-shopify-topic': `${name}/topic`,
      'x-shopify-shop-domain': `${name}.myshopify.com`,
      'x-shopify-webhook-id': name,
      'x-shopify-hmac-sha256': 'x',
    },
  });
};

it('makes so many series and no more, whoever asks for whatever', async () => {
  await round('first');
  // The first look at the page is itself a request, which only a later one can show.
  await series();
  const first = await series();
  await round('second');
  await round('third');
  const last = await series();

  for (const name of ['rate_limit_hits_total', 'rate_limit_blocks_total', 'rate_limit_remaining'] as const) {
    const own = (last.get(name) ?? []).filter((labels) => labelIn(labels, 'organization_id') !== 'other');
    expect([name, own.length <= ROOM]).toEqual([name, true]);
  }
  const hits = last.get('rate_limit_hits_total') ?? [];
  expect(hits.filter((labels) => labelIn(labels, 'organization_id') !== 'other')).toHaveLength(ROOM);
  expect(new Set(hits.map((labels) => labelIn(labels, 'organization_id')))).toContain('other');
  expect((last.get('rate_limit_blocks_total') ?? []).length).toBeGreaterThan(0);
  expect((last.get('rate_limit_remaining') ?? []).map((labels) => labelIn(labels, 'organization_id'))).not.toContain('other');

  const routes = new Set([...routeTable(world.server).map(({ url }) => url), 'unmatched']);
  for (const name of ['http_requests_total', 'http_request_duration_ms_count', 'webhook_deliveries_total']) {
    expect(first.get(name)?.length).toBeGreaterThan(0);
    expect([name, last.get(name)?.length]).toEqual([name, first.get(name)?.length]);
  }
  for (const labels of last.get('http_requests_total') ?? []) expect(routes).toContain(labelIn(labels, 'route'));
  for (const [name, all] of last)
    if (name in declaredMetrics) for (const labels of all) expect(labels).not.toMatch(/first|second|third|myshopify/);
});
