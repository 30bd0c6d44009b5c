import type { MakeBackend } from './backend.test-kit.js';
import { actsOf, openScene } from './scene.test-kit.js';
import { openWorld, PASSWORD, PREFIX, type World } from './world.test-kit.js';

type Line = {
  readonly msg: string;
  readonly route?: string;
  readonly method?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly organizationId?: string;
};

/** What can be seen of requests from outside: headers, log lines, metrics, health. */
export const observing = (make: MakeBackend): void => {
  describe('observing', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());

    const lines = (): readonly Line[] =>
      world
        .logged()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
        .filter(({ msg }) => msg === 'request');

    it('gives every answer the id of its request, and takes one that is sound', async () => {
      const idOf = async (given: string) =>
        (await world.send('GET', '/nowhere', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
      expect(await idOf('from-a-caller:1')).toBe('from-a-caller:1');
      expect(lines().at(-1)?.requestId).toBe('from-a-caller:1');
      for (const odd of ['with space', 'x'.repeat(101), '{"a":1}']) expect(await idOf(odd)).toMatch(/^[0-9a-f-]{36}$/);
      const malformed = await world.send('GET', '/%zz', { headers: { 'x-request-id': 'kept' } });
      expect(malformed.headers.get('x-request-id')).toBe('kept');
    });

    it('lets nothing be cached or guessed', async () => {
      for (const path of [`${PREFIX}/health`, '/nowhere', '/%zz']) {
        const { headers } = await world.send('GET', path);
        expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
      }
    });

    it('writes one line a request, by the pattern of its route, with nothing that anybody sent', async () => {
      const scene = await openScene(world);
      const before = lines().length;
      await scene.acts.ask('GET', `/items/${scene.sku}`);
      await scene.acts.ask('GET', `/orders/${scene.orderId}?secret=1`);
      await scene.acts.post('/orders', {
        currency: 'EUR',
        lines: [{ sku: scene.sku, quantity: 1 }],
        customer: { email: 'customer@quokka.example' },
      });
      await world.send('POST', `${PREFIX}/auth/login`, { json: { email: scene.account.email, password: 'a wrong wombat' } });
      expect(
        lines()
          .slice(before)
          .map(({ method, route, status, organizationId }) => [method, route, status, organizationId]),
      ).toEqual([
        ['GET', `${PREFIX}/items/:sku`, 200, scene.account.organizationId],
        ['GET', `${PREFIX}/orders/:id`, 400, scene.account.organizationId],
        ['POST', `${PREFIX}/orders`, 201, scene.account.organizationId],
        ['POST', `${PREFIX}/auth/login`, 401, undefined],
      ]);
      for (const secret of [
        PASSWORD,
        'a wrong wombat',
        scene.account.token,
        scene.account.email,
        'customer@quokka.example',
        'Quokkastraße',
        scene.sku,
        'secret=1',
        'a wombat of the shop',
      ])
        expect(world.logged()).not.toContain(secret);
    });

    it('counts and times requests by route, never by path', async () => {
      const { acts, sku, orderId } = await openScene(world);
      const total = (labels: Readonly<Record<string, string>>) => world.meter.total('http_requests_total', labels);
      const before = total({ route: `${PREFIX}/orders/:id`, method: 'GET', status_code: '200' });
      await acts.get(`/orders/${orderId}`);
      expect(total({ route: `${PREFIX}/orders/:id`, method: 'GET', status_code: '200' })).toBe(before + 1);
      const unmatched = total({ route: 'unmatched' });
      await world.send('GET', '/%zz');
      await world.send('GET', `/nowhere/${sku}`);
      expect(total({ route: 'unmatched' })).toBe(unmatched + 2);
      const routes = new Set(world.meter.measured().map(({ labels }) => labels['route'] ?? ''));
      expect([...routes].filter((route) => route.includes(orderId) || route.includes(sku))).toEqual([]);
      expect(
        world.meter
          .measured()
          .some(({ kind, name, value }) => kind === 'observe' && name === 'http_request_duration_ms' && value > 0),
      ).toBe(true);
    });

    it('counts what became of orders and adjustments', async () => {
      const { acts, sku, locationId } = await openScene(world);
      const outcome = (name: string) => world.meter.total('orders_placed_total', { source: 'api', outcome: name });
      const [placed, refused] = [outcome('placed'), outcome('order.insufficient_stock')];
      await acts.post('/orders/batch', {
        orders: [1, 1, 99_999].map((quantity) => ({ currency: 'EUR', lines: [{ sku, quantity }] })),
      });
      expect([outcome('placed') - placed, outcome('order.insufficient_stock') - refused]).toEqual([2, 1]);
      await acts.post('/inventory/adjustments', { sku, locationId, delta: -1, reason: 'damage' });
      expect(world.meter.total('inventory_adjustments_total', { kind: 'damage' })).toBe(1);
    });

    ofHealth(make);
  });
};

const ofHealth = (make: MakeBackend): void => {
  it('says whether it lives, whether it can work, and shows metrics to whoever has the token', async () => {
    let ready = true;
    const world = await openWorld(make, {
      readiness: async () => ({ ready, checks: { database: ready ? 'up' : 'down' }, tookMs: { database: 3 } }),
      metricsToken: 'scrape the wombat',
      apiPrefix: 'shop/api/',
    });
    const get = async (path: string, authorization = '') => {
      const { status, text, headers } = await world.send('GET', path, { headers: authorization === '' ? {} : { authorization } });
      return [status, headers.get('content-type'), text];
    };
    const json = 'application/json; charset=utf-8';
    expect(await get('/shop/api/health')).toEqual([200, json, '{"status":"up"}']);
    expect(await get('/shop/api/health/ready')).toEqual([
      200,
      json,
      '{"status":"ready","checks":{"database":"up"},"tookMs":{"database":3}}',
    ]);
    ready = false;
    expect((await get('/shop/api/health'))[0]).toBe(200);
    const down = await world.send('GET', '/shop/api/health/ready');
    expect([down.status, JSON.parse(down.text)]).toMatchObject([
      503,
      { code: 'server.not_ready', checks: { database: 'down' }, tookMs: { database: 3 } },
    ]);
    expect((await get('/metrics'))[0]).toBe(401);
    expect((await get('/metrics', 'Bearer scrape'))[0]).toBe(401);
    expect((await get('/metrics', 'Bearer scrape the wombat'))[0]).toBe(401);
    await world.close();
    const named = await openWorld(make, { metricsToken: 'scrape-the-wombat' });
    const metrics = await named.send('GET', '/metrics', { headers: { authorization: 'Bearer scrape-the-wombat' } });
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4']);
    expect((await actsOf(named, await named.signUp()).ask('GET', '/auth/me')).status).toBe(200);
    await named.close();
  });
};
