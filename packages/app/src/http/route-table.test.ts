import Fastify, { type FastifyInstance } from 'fastify';
import { keepRouteTable, methodsOf, routeTable } from './route-table.js';

const server = (): FastifyInstance => {
  const bare = Fastify();
  keepRouteTable(bare);
  return bare;
};
const schema = { operationId: 'look' };

it('refuses a route that declares no permission, so that the server does not start', () => {
  expect(() => server().get('/open', { schema }, async () => 'anything')).toThrow('GET /open declares no permission');
});

it('refuses a write that declares no cost', () => {
  const config = { permission: 'order.write' } as const;
  expect(() => server().post('/orders', { schema, config }, async () => '')).toThrow('POST /orders declares no cost');
});

it('refuses a public route that declares no limit', () => {
  const open = { schema, config: { permission: 'public' } } as const;
  expect(() => server().get('/open', open, async () => 'anything')).toThrow('GET /open is public and declares no limit');
});

it('refuses a route that has no name in the API document', () => {
  const nameless = { config: { permission: 'order.view' } } as const;
  expect(() => server().get('/nameless', nameless, async () => 'anything')).toThrow('GET /nameless has no operationId');
});

it('keeps every route with its permission and the names in its path, and no HEAD that came by itself', async () => {
  const bare = server();
  bare.get('/orders/:id/lines/:lineId', { schema, config: { permission: 'order.view' } }, async () => '');
  await bare.ready();
  expect(routeTable(bare)).toEqual([
    {
      method: 'GET',
      url: '/orders/:id/lines/:lineId',
      permission: 'order.view',
      cost: null,
      operationId: 'look',
      parameters: ['id', 'lineId'],
      query: null,
      body: null,
    },
  ]);
});

it('knows the methods of a path by its pattern', () => {
  const entry = { permission: 'public', cost: null, operationId: 'x', parameters: [], query: null, body: null } as const;
  const table = [
    { ...entry, method: 'PATCH', url: '/a.b/:id' },
    { ...entry, method: 'GET', url: '/a.b/:id' },
    { ...entry, method: 'POST', url: '/a.b' },
  ];
  expect([methodsOf(table, '/a.b/1'), methodsOf(table, '/a.b'), methodsOf(table, '/axb'), methodsOf(table, '/a.b/1/2')]).toEqual([
    ['GET', 'PATCH'],
    ['POST'],
    [],
    [],
  ]);
});
