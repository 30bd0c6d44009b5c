import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { type LevelShape, openScene, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** From how many units on an item's stock is low, and finding what is. */
export const lowStock = (makeBackend: MakeBackend): void => {
  describe('low stock', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(makeBackend);
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const add = async (sku: string, lowStockThreshold: unknown) =>
      scene.acts.post('/items', { sku, name: sku, lowStockThreshold });
    const change = (sku: string, lowStockThreshold: unknown) => scene.acts.ask('PATCH', `/items/${sku}`, { lowStockThreshold });
    const found = async (query: string): Promise<readonly string[]> =>
      (await scene.acts.get<PageShape<LevelShape>>(`/inventory/levels?${query}`)).data.map(({ sku }) => sku);

    it('keeps the threshold of an item, changes it and takes it away', async () => {
      expect(read(await add('KEPT', 0))).toMatchObject({ lowStockThreshold: 0 });
      expect(await scene.acts.get('/items/KEPT')).toMatchObject({ lowStockThreshold: 0 });
      expect(read(await change('KEPT', 1_000_000))).toMatchObject({ lowStockThreshold: 1_000_000 });
      expect(read(await scene.acts.ask('PATCH', '/items/KEPT', { name: 'Another' }))).toMatchObject({
        name: 'Another',
        lowStockThreshold: 1_000_000,
      });
      expect(read(await change('KEPT', null))).toMatchObject({ lowStockThreshold: null });
      expect(await scene.acts.get(`/items/${scene.sku}`)).toMatchObject({ lowStockThreshold: null });
    });

    it.each([-1, 0.5, 1_000_001, '3', true])('refuses a threshold of %p', async (threshold) => {
      const expected = { status: 400, code: 'request.invalid', paths: ['lowStockThreshold'] };
      expect(refusalIn(await add('REFUSED', threshold))).toEqual(expected);
      expect(refusalIn(await change(scene.sku, threshold))).toEqual(expected);
      expect((await scene.acts.ask('GET', '/items/REFUSED')).status).toBe(404);
    });

    it('finds the levels that are low, and those that are not, as orders come in and goods arrive', async () => {
      await add('FEW', 5);
      await scene.acts.receive('FEW', scene.locationId, 6);
      expect([await found('low=true'), await found('low=false')]).toEqual([[], ['FEW', scene.sku]]);
      await scene.acts.place('FEW', 1);
      expect([await found('low=true'), await found('low=false')]).toEqual([['FEW'], [scene.sku]]);
      expect(await found(`low=true&locationId=${scene.otherLocationId}`)).toEqual([]);
      await scene.acts.receive('FEW', scene.otherLocationId, 1);
      expect(await found('low=true')).toEqual([]);
    });

    it('refuses a filter that is neither true nor false', async () => {
      const answer = await scene.acts.ask('GET', '/inventory/levels?low=perhaps');
      expect(refusalIn(answer)).toEqual({ status: 400, code: 'request.invalid', paths: ['low'] });
    });
  });
};
