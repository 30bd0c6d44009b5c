import type { MakeBackend } from './backend.test-kit.js';
import { refusalIn } from './client.test-kit.js';
import { type Acts, actsOf, type LevelShape, type OrderShape, type PageShape } from './scene.test-kit.js';
import { type ImportShape, type Sheets, sheetsOf } from './sheet-acts.test-kit.js';
import { type Account, openWorld, type World } from './world.test-kit.js';

/** Stock by sheets: what was counted is a fact, whatever was promised. */
export const stockImports = (make: MakeBackend): void => {
  describe('imports of stock', () => {
    let world: World;
    let account: Account;
    let acts: Acts;
    let sheets: Sheets;
    let main: string;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      account = await world.signUp();
      acts = actsOf(world, account);
      sheets = sheetsOf(world, account, '/inventory/import');
      main = await acts.addLocation('MAIN');
      for (const sku of ['MUG', 'CUP', 'PAN']) await acts.addItem(sku);
    });
    afterEach(async () => {
      expect(await acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
    });
    afterAll(() => world.close());

    const faultsOf = async (one: ImportShape): Promise<readonly unknown[]> =>
      (await sheets.errorsOf(one)).map(({ line, column, code }) => [line, column, code]);
    const level = async (sku: string, locationId = main): Promise<LevelShape | undefined> =>
      (await acts.levels()).find((one) => one.sku === sku && one.locationId === locationId);
    const movements = async () =>
      (
        await acts.get<PageShape<{ kind: string; reason: string | null; onHandDelta: number; actor: object }>>(
          '/inventory/movements',
        )
      ).data;

    it('sets levels to what was counted, by adjustments of whoever sent the sheet', async () => {
      await acts.receive('MUG', main, 10);
      await acts.receive('CUP', main, 4);
      const counted = await sheets.done('sku,onHand,safetyStock\nMUG,7,2\nCUP,4,\nPAN,3,1\n');
      expect(counted).toMatchObject({ kind: 'stock', rows: 3, created: 1, changed: 1, unchanged: 1, refused: 0 });
      expect(await acts.levels()).toMatchObject([
        { sku: 'CUP', onHand: 4, safetyStock: 0 },
        { sku: 'MUG', onHand: 7, safetyStock: 2, available: 5 },
        { sku: 'PAN', onHand: 3, safetyStock: 1, available: 2 },
      ]);
      const adjusted = (await movements()).filter(({ kind }) => kind === 'adjustment');
      expect(adjusted.map(({ onHandDelta }) => onHandDelta).toSorted()).toEqual([-3, 3]);
      expect(adjusted[0]).toMatchObject({ reason: 'count', actor: { kind: 'user', id: account.userId } });
    });

    it('does nothing when it is sent again', async () => {
      const sheet = 'sku,onHand,safetyStock\nMUG,7,2\nCUP,0,\n';
      expect(await sheets.done(sheet)).toMatchObject({ created: 2 });
      const before = [await acts.levels(), await movements()];
      expect(await sheets.done(sheet)).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
      expect([await acts.levels(), await movements()]).toEqual(before);
    });

    it('breaks only the promises that can not be kept, and says so on the order', async () => {
      await acts.receive('MUG', main, 10);
      const first = await acts.place('MUG', 4);
      const second = await acts.place('MUG', 5);
      expect(await sheets.done('sku,onHand\nMUG,6\n')).toMatchObject({ changed: 1 });
      expect(await acts.get<OrderShape>(`/orders/${first.id}`)).toMatchObject({ status: 'reserved', lines: [{ reserved: 4 }] });
      expect(await acts.get(`/orders/${second.id}`)).toMatchObject({ lines: [{ reserved: 2, backordered: 3 }] });
      const timeline = await acts.get<PageShape<{ what: string; text: string }>>(`/orders/${second.id}/timeline`);
      expect(timeline.data.at(-1)).toMatchObject({ what: 'stockMissing', text: '3 × MUG' });
      expect(await level('MUG')).toMatchObject({ onHand: 6, reserved: 6, available: 0 });
    });

    it('breaks a promise of each SKU, of one order too, and of a kit as a whole', async () => {
      await acts.post('/items', {
        sku: 'SET',
        name: 'Set',
        components: [
          { sku: 'MUG', quantity: 2 },
          { sku: 'CUP', quantity: 1 },
        ],
      });
      await sheets.done('sku,onHand\nMUG,20\nCUP,20\nPAN,20\n');
      const kits = await acts.place('SET', 6);
      const both = await acts.place('PAN', 5, {
        lines: [
          { sku: 'PAN', quantity: 5 },
          { sku: 'CUP', quantity: 5 },
        ],
      });
      // Four of the sets' twelve mugs are gone, so two sets break and free two cups; of the nine cups that are promised still, the newer
      // order's five break, and those of one more set.
      expect(await sheets.done('sku,onHand\nMUG,8\nCUP,3\nPAN,4\n')).toMatchObject({ changed: 3 });
      expect(await acts.get(`/orders/${both.id}`)).toMatchObject({
        lines: [
          { sku: 'PAN', reserved: 4, backordered: 1 },
          { sku: 'CUP', reserved: 0, backordered: 5 },
        ],
      });
      expect(await acts.get(`/orders/${kits.id}`)).toMatchObject({ lines: [{ reserved: 3, backordered: 3 }] });
      expect(await level('MUG')).toMatchObject({ onHand: 8, reserved: 6 });
      expect(await level('CUP')).toMatchObject({ onHand: 3, reserved: 3 });
    });

    it('serves orders that wait, with what was found and with what is no longer kept back', async () => {
      await sheets.done('sku,onHand,safetyStock\nMUG,1,0\nCUP,5,5\n');
      const wait = { onShortage: 'backorder' };
      const mugs = await acts.place('MUG', 3, wait);
      const cups = await acts.place('CUP', 2, wait);
      expect([mugs.status, cups.status]).toEqual(['backordered', 'backordered']);
      await sheets.done('sku,onHand,safetyStock\nMUG,9,\nCUP,,0\n');
      for (const { id } of [mugs, cups]) expect(await acts.get(`/orders/${id}`)).toMatchObject({ status: 'reserved' });
      expect(await level('CUP')).toMatchObject({ onHand: 5, reserved: 2, available: 3 });
    });

    it('finds the same in a dry run, and writes nothing', async () => {
      await acts.receive('MUG', main, 10);
      const order = await acts.place('MUG', 8);
      const sheet = 'sku,onHand,safetyStock\nMUG,3,\nCUP,4,1\nPAN,,\nNONE,1,\nMUG,5,\n';
      const before = [await acts.levels(), await movements()];
      const dry = await sheets.done(sheet, '?dryRun=true');
      expect([await acts.levels(), await movements()]).toEqual(before);
      expect(await acts.get(`/orders/${order.id}`)).toMatchObject({ status: 'reserved' });
      const wet = await sheets.done(sheet);
      const counts = { created: 1, changed: 1, unchanged: 1, refused: 2, errors: 2 };
      expect([dry, wet]).toMatchObject([counts, counts]);
      expect(await faultsOf(dry)).toEqual([
        [5, 'sku', 'item.not_found'],
        [6, 'sku', 'row.duplicate'],
      ]);
      expect(await faultsOf(wet)).toEqual(await faultsOf(dry));
    });

    it('counts each location by its code, and needs to know which where there are several', async () => {
      const other = await acts.addLocation('=OTHER');
      const refused = await sheets.done('sku,onHand\nMUG,5\n');
      expect(await faultsOf(refused)).toEqual([[2, null, 'location.needed']]);
      const counted = await sheets.done("sku,location,onHand\nMUG,MAIN,5\nMUG,'=OTHER,6\nCUP,nowhere,1\nPAN,,1\nMUG,MAIN,7\n");
      expect(await faultsOf(counted)).toEqual([
        [4, 'location', 'location.not_found'],
        [5, 'location', 'cell.required'],
        [6, 'sku', 'row.duplicate'],
      ]);
      expect([await level('MUG'), await level('MUG', other)]).toMatchObject([{ onHand: 5 }, { onHand: 6 }]);
    });

    it('takes a list that was exported, with the counts filled in', async () => {
      await acts.addLocation('-2');
      await sheets.done('sku,location,onHand,safetyStock\nMUG,MAIN,5,1\nCUP,-2,6,\n');
      const { text } = await acts.ask('GET', '/inventory/levels', undefined, { accept: 'text/csv' });
      expect(await sheets.done(text)).toMatchObject({ rows: 2, unchanged: 2, errors: 0 });
      expect(await sheets.done(text.replace(',5,0,4,1', ',3,0,4,1'))).toMatchObject({ changed: 1, unchanged: 1 });
      expect(await level('MUG')).toMatchObject({ onHand: 3 });
    });

    it('refuses a sheet without counts, and one of kits', async () => {
      expect(refusalIn(await sheets.send('sku,safetyStock\nMUG,1\n'))).toEqual({
        status: 400,
        code: 'import.header_invalid',
        paths: ['onHand'],
      });
      await acts.post('/items', { sku: 'SET', name: 'Set', components: [{ sku: 'MUG', quantity: 2 }] });
      expect(await faultsOf(await sheets.done('sku,onHand\nSET,1\n'))).toEqual([[2, 'sku', 'item.is_kit']]);
    });

    it('goes on with levels that somebody sells from meanwhile, and promises nothing that is not there', async () => {
      await acts.receive('MUG', main, 100);
      const buying = Array.from({ length: 20 }, () =>
        acts.post('/orders', { currency: 'EUR', lines: [{ sku: 'MUG', quantity: 3 }] }),
      );
      const [counted] = await Promise.all([sheets.done('sku,onHand\nMUG,40\n'), ...buying]);
      expect(counted).toMatchObject({ changed: 1, errors: 0 });
      const now = await level('MUG');
      expect(now?.onHand).toBe(40);
      expect(now?.reserved).toBeLessThanOrEqual(40);
    });
  });
};
