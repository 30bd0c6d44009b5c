import { fakeMeter } from '@rappit/testing/fakes';
import { pino } from 'pino';
import { buildOpsServer } from './ops-server.js';

it('shows metrics and health where they are elsewhere too, and nothing else', async () => {
  const meter = fakeMeter();
  const lines: string[] = [];
  const server = await buildOpsServer({
    readiness: async () => ({
      ready: true,
      checks: { database: 'up' },
      tookMs: { database: 1 },
      queue: { due: 2, later: 0, failed: 1 },
    }),
    expose: async () => ({ contentType: 'text/plain', body: 'metrics' }),
    metricsToken: 'scrape-the-wombat',
    apiPrefix: 'shop/api',
    logger: pino({}, { write: (line: string) => void lines.push(line) }),
    meter,
    trustedProxies: [],
  });
  const get = async (url: string, authorization = 'Bearer scrape-the-wombat') => {
    // biome-ignore lint/nursery/useAwaitThenable: inject() answers a promise when it is given no callback.
    const { statusCode, body } = await server.inject({ url, headers: { authorization } });
    return [statusCode, body];
  };
  expect(await get('/metrics')).toEqual([200, 'metrics']);
  expect((await get('/metrics', 'Bearer wombat'))[0]).toBe(401);
  expect(await get('/shop/api/health')).toEqual([200, '{"status":"up"}']);
  expect(await get('/shop/api/health/ready')).toEqual([
    200,
    '{"status":"ready","checks":{"database":"up"},"tookMs":{"database":1},"queue":{"due":2,"later":0,"failed":1}}',
  ]);
  expect((await get('/shop/api/items'))[0]).toBe(404);
  await server.close();
  expect(meter.total('http_requests_total', { route: '/metrics' })).toBe(2);
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg).filter((msg) => msg === 'request')).toHaveLength(5);
});
