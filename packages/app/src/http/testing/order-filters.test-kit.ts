import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { actsOf, openScene, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

type FilterShape = { readonly id: string; readonly name: string; readonly filter: object };
type Row = { readonly id: string };

/** What members look for again and again. */
export const orderFilters = (make: MakeBackend): void => {
  describe('saved filters of orders', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const save = (json: object, key?: string) => scene.acts.post('/order-filters', json, key);
    const saved = async (json: object): Promise<FilterShape> => read<FilterShape>(await save(json));
    const listed = async (query: string) => (await scene.acts.get<PageShape<Row>>(`/orders?${query}`)).data.map(({ id }) => id);

    it('are used by the list of orders, page by page and as CSV, as if the query said all of it', async () => {
      const filter = { status: 'reserved', sku: scene.sku, from: '2020-01-01T00:00:00.000Z', sort: 'oldest' };
      const { id, ...facts } = await saved({ name: '  Old ones ', filter });
      expect(facts).toMatchObject({ name: 'Old ones', filter });
      const expected = await listed(new URLSearchParams(filter).toString());
      expect(expected).toContain(scene.orderId);
      expect(await listed(`filter=${id.toUpperCase()}`)).toEqual(expected);
      const first = await scene.acts.get<PageShape<Row>>(`/orders?filter=${id}&limit=1`);
      expect(first.data.map((row) => row.id)).toEqual(expected.slice(0, 1));
      const csv = await scene.acts.ask('GET', `/orders?filter=${id}`, undefined, { accept: 'text/csv' });
      expect(csv.text.trim().split('\r\n')).toHaveLength(1 + expected.length);
    });

    it('are renamed, look for something else, and are removed', async () => {
      const { id } = await saved({ name: 'To be changed', filter: { tag: 'gift' } });
      const change = (json: object) => scene.acts.ask('PATCH', `/order-filters/${id}`, json);
      expect(read(await change({ name: 'Changed' }))).toMatchObject({ id, name: 'Changed', filter: { tag: 'gift' } });
      expect(read(await change({ filter: { customer: 'zo' } }))).toMatchObject({ name: 'Changed', filter: { customer: 'zo' } });
      expect(read(await change({ name: 'Changed' }))).toMatchObject({ name: 'Changed' });
      expect((await scene.acts.ask('DELETE', `/order-filters/${id}`)).status).toBe(204);
      for (const gone of [await change({ name: 'Gone' }), await scene.acts.ask('DELETE', `/order-filters/${id}`)])
        expect(refusalIn(gone)).toMatchObject({ status: 404, code: 'order_filter.not_found' });
    });

    it('have names of their own, which other members may use too', async () => {
      const { id } = await saved({ name: 'Mine', filter: {} });
      await saved({ name: 'Mine too', filter: {} });
      expect(refusalIn(await save({ name: ' Mine ', filter: {} }))).toMatchObject({ status: 409, code: 'order_filter.exists' });
      const renamed = await scene.acts.ask('PATCH', `/order-filters/${id}`, { name: 'Mine too' });
      expect(refusalIn(renamed)).toMatchObject({ status: 409, code: 'order_filter.exists' });
      const colleague = actsOf(world, await world.join(scene.account.organizationId, 'operator'));
      expect((await colleague.post('/order-filters', { name: 'Mine', filter: {} })).status).toBe(201);
    });

    it('are seen and used by nobody else: not by a colleague, another organization or a program', async () => {
      const { id } = await saved({ name: 'Private', filter: {} });
      const colleague = actsOf(world, await world.join(scene.account.organizationId, 'admin'));
      const other = await openScene(world);
      const unknown = await other.acts.ask('GET', '/orders?filter=019b0000-0000-7000-8000-00000000dead');
      for (const acts of [colleague, other.acts]) {
        const found = await acts.ask('GET', `/orders?filter=${id}`);
        expect([found.status, found.text]).toEqual([unknown.status, unknown.text]);
        expect(refusalIn(found)).toMatchObject({ status: 404, code: 'order_filter.not_found' });
        expect(refusalIn(await acts.ask('PATCH', `/order-filters/${id}`, { name: 'Theirs' })).code).toBe(
          'order_filter.not_found',
        );
        expect(refusalIn(await acts.ask('DELETE', `/order-filters/${id}`)).code).toBe('order_filter.not_found');
        const { data } = await acts.get<PageShape<FilterShape>>('/order-filters');
        expect(data.map((one) => one.id)).not.toContain(id);
      }
      const { secret } = await scene.acts.addKey(['order.view']);
      const byKey = (path: string) => world.send('GET', `${PREFIX}${path}`, { token: secret });
      expect(refusalIn(await byKey(`/orders?filter=${id}`)).code).toBe('order_filter.not_found');
      expect((await byKey('/order-filters')).status).toBe(403);
    });

    it.each([
      ['another status', { name: 'A', filter: { status: 'lost' } }, 'filter.status'],
      ['a channel that is no id', { name: 'A', filter: { channelId: 'shop' } }, 'filter.channelId'],
      ['a moment that is none', { name: 'A', filter: { from: 'yesterday' } }, 'filter.from'],
      ['an empty text', { name: 'A', filter: { text: ' ' } }, 'filter.text'],
      ['another criterion', { name: 'A', filter: { color: 'red' } }, 'filter.color'],
      ['a page', { name: 'A', filter: { limit: 5 } }, 'filter.limit'],
      ['no name', { name: ' ', filter: {} }, 'name'],
      ['a name without end', { name: 'x'.repeat(101), filter: {} }, 'name'],
      ['nothing to look for', { name: 'A' }, 'filter'],
    ])('take no filter with %s, as the list takes none', async (_, json, path) => {
      expect(refusalIn(await save(json))).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
    });

    it('stand alone in a query, but for the page', async () => {
      const { id } = await saved({ name: 'Alone', filter: {} });
      const refused = await scene.acts.ask('GET', `/orders?filter=${id}&status=new&sort=oldest`);
      expect(refusalIn(refused)).toEqual({ status: 400, code: 'request.invalid', paths: ['status', 'sort'] });
    });

    it('are up to fifty of a member', async () => {
      const colleague = actsOf(world, await world.join(scene.account.organizationId, 'operator'));
      for (let count = 0; count < 50; count += 1)
        expect((await colleague.post('/order-filters', { name: `Filter ${count}`, filter: {} })).status).toBe(201);
      const refused = await colleague.post('/order-filters', { name: 'One more', filter: {} });
      expect([refusalIn(refused), read(refused)]).toMatchObject([{ status: 409, code: 'order_filter.too_many' }, { limit: 50 }]);
    });
  });
};
