import { routeTable } from '../route-table.js';
import { read, refusalIn } from './client.test-kit.js';
import { textsIn } from './injection.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import type { PageShape, Scene } from './scene.test-kit.js';
import { PREFIX, type World } from './world.test-kit.js';

/** What nobody should send in a path or a query. */
export const badParameters = (world: () => World, scene: () => Scene): void => {
  const ask = (method: string, path: string) => world().send(method, `${PREFIX}${path}`, { token: scene().account.token });

  it.each(['17', 'null', '019b8d62-7a80-7000-8000', `urn:uuid:${'019b8d62-7a80-7000-8000-000000000001'}`, "'%20OR%201=1--"])(
    'refuses %p as an id in a path',
    async (id) => {
      expect(refusalIn(await ask('GET', `/orders/${id}`))).toEqual({ status: 400, code: 'request.invalid', paths: ['id'] });
    },
  );

  it('refuses a SKU in a path that is none', async () => {
    const tooLong = 'x'.repeat(101);
    for (const sku of [tooLong, '%20'])
      expect(refusalIn(await ask('GET', `/items/${sku}`))).toEqual({ status: 400, code: 'sku.invalid', paths: ['sku'] });
  });

  it('refuses a query that it does not know', async () => {
    for (const [query, path] of [
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['status=lost', 'status'],
      ['channelId=1', 'channelId'],
      ['page=2', 'page'],
      ['cursor=1', 'cursor'],
    ])
      expect({ query, ...refusalIn(await ask('GET', `/orders?${query}`)) }).toEqual({
        query,
        status: 400,
        code: 'request.invalid',
        paths: [path],
      });
  });

  it('refuses U+0000 in every text of every query, by its name', async () => {
    const texts = routeTable(world().server).flatMap(({ method, url, operationId, query }) =>
      textsIn(query).map((name) => ({ method, path: pathOf(url, sampleFor(operationId, scene()).params), name })),
    );
    expect(texts.map(({ path, name }) => `${path} ${name}`)).toEqual(
      expect.arrayContaining(['sku', 'tag', 'customer', 'externalId', 'text'].map((name) => `${PREFIX}/orders ${name}`)),
    );
    for (const { method, path, name } of texts)
      for (const [query, at] of [
        [`${name}=%00`, name],
        [`${name}=a%00b`, name],
        [`${name}=a&${name}=%00`, `${name}[1]`],
      ]) {
        const answer = await world().send(method, `${path}?${query}`, { token: scene().account.token });
        expect({ path, query, ...refusalIn(answer) }).toEqual({ path, query, status: 400, code: 'request.invalid', paths: [at] });
      }
  });

  it('refuses U+0000 in every part of every path', async () => {
    for (const { method, url, parameters } of routeTable(world().server))
      for (const name of parameters) {
        const path = parameters.reduce((left, one) => left.replace(`:${one}`, one === name ? 'a%00b' : 'a'), url);
        const answer = await world().send(method, path, { token: scene().account.token });
        expect({ path, ...refusalIn(answer) }).toEqual({ path, status: 400, code: 'request.invalid', paths: [name] });
      }
  });

  it('has nobody send half a surrogate pair in a query', async () => {
    const pieces = await ask('GET', '/orders?sku=%ED%A0%BD');
    expect([pieces.status, read<PageShape<object>>(pieces).data]).toEqual([200, []]);
  });
};
