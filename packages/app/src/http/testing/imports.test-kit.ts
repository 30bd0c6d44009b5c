import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { type Acts, actsOf, type PageShape } from './scene.test-kit.js';
import { type ImportShape, type Sheets, sheetsOf } from './sheet-acts.test-kit.js';
import { type Account, openWorld, type World } from './world.test-kit.js';

/** Items by sheets: taken whole, worked off in the background, and never by half a row. */
export const imports = (make: MakeBackend): void => {
  describe('imports', () => {
    let world: World;
    let account: Account;
    let acts: Acts;
    let sheets: Sheets;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      account = await world.signUp();
      acts = actsOf(world, account);
      sheets = sheetsOf(world, account, '/items/import');
    });
    afterAll(() => world.close());

    const items = async () => (await acts.get<PageShape<{ sku: string; name: string }>>('/items?limit=100')).data;

    it('answers when the sheet is here, and works it off in the background', async () => {
      const answer = await sheets.send('sku,name,weightGrams\nMUG,Mug,400\nCUP,Cup,\n');
      expect([answer.status, read(answer)]).toMatchObject([
        202,
        { kind: 'items', dryRun: false, state: 'waiting', rows: 2, rowsDone: 0, startedAt: null, endedAt: null },
      ]);
      expect(world.woken().at(-1)).toBe(account.organizationId);
      expect(await items()).toEqual([]);
      await sheets.workOff();
      expect(await sheets.left()).toMatchObject([
        {
          state: 'done',
          rowsDone: 2,
          created: 2,
          changed: 0,
          unchanged: 0,
          refused: 0,
          errors: 0,
          actor: { id: account.userId },
        },
      ]);
      expect(await items()).toMatchObject([
        { sku: 'CUP', name: 'Cup', weightGrams: null },
        { sku: 'MUG', name: 'Mug', weightGrams: 400 },
      ]);
    });

    it('shows how far it is while it is worked off', async () => {
      const rows = Array.from({ length: 1_200 }, (_, index) => `ROW-${index},Row ${index}`);
      const { id } = read<ImportShape>(await sheets.send(`sku,name\n${rows.join('\n')}`));
      await world.useCases.workImports(account.organizationId);
      expect(await acts.get(`/imports/${id}`)).toMatchObject({ state: 'running', rows: 1_200, rowsDone: 500, endedAt: null });
      await sheets.workOff();
      expect(await acts.get(`/imports/${id}`)).toMatchObject({ state: 'done', rows: 1_200, rowsDone: 1_200, created: 1_200 });
    });

    it('changes what the sheet names, leaves what it does not, and revives what was deleted', async () => {
      const dimensions = { lengthMm: 90, widthMm: 80, heightMm: 100 };
      await acts.post('/items', { sku: 'MUG', name: 'Mug', barcode: '40063', weightGrams: 400, dimensions });
      await acts.post('/items', { sku: 'OLD', name: 'Old', weightGrams: 7 });
      await acts.ask('DELETE', '/items/OLD');
      const sheet = 'sku,name,barcode\nMUG,Big mug,\nOLD,Revived,\nNEW,New,40064\n';
      expect(await sheets.done(sheet)).toMatchObject({ created: 2, changed: 1, unchanged: 0 });
      expect(await items()).toMatchObject([
        { sku: 'MUG', name: 'Big mug', barcode: null, weightGrams: 400, dimensions },
        { sku: 'NEW', name: 'New', barcode: '40064' },
        { sku: 'OLD', name: 'Revived', weightGrams: null },
      ]);
      expect(await sheets.done(sheet)).toMatchObject({ created: 0, changed: 0, unchanged: 3 });
    });

    it('refuses rows with faults, each with its line and column, and takes the others', async () => {
      const sheet = [
        'sku,name,weightGrams,lengthMm,widthMm,heightMm,hsCode,originCountryCode,customsDescription',
        'GOOD,Good,400,90,80,100,691200,DE,Mug',
        'COMMA,Comma,"1,000",,,,,,',
        'LINES,"two\nlines",,,,,,,',
        'PARTS,Parts,,90,,100,,,',
        'TEXT,Text,,x,1,1,123,de,Mug',
        ',No SKU,,,,,,,',
        'BARE,,,,,,,,',
        'GOOD,Twice,,,,,,,',
        'SHORT,Short',
      ].join('\r\n');
      const finished = await sheets.done(sheet);
      expect(finished).toMatchObject({ rows: 9, rowsDone: 9, created: 2, refused: 7, errors: 9 });
      const found = (await sheets.errorsOf(finished)).map(({ line, column, code }) => [line, column, code]);
      expect(found).toEqual([
        [3, 'weightGrams', 'cell.invalid'],
        [6, 'widthMm', 'cell.required'],
        [7, 'lengthMm', 'cell.invalid'],
        [7, 'hsCode', 'cell.invalid'],
        [7, 'originCountryCode', 'cell.invalid'],
        [8, 'sku', 'cell.required'],
        [9, 'name', 'cell.required'],
        [10, 'sku', 'row.duplicate'],
        [11, null, 'row.cells'],
      ]);
      expect((await sheets.errorsOf(finished)).find(({ line }) => line === 10)?.message).toBe('stands in line 2 already');
      expect((await items()).map(({ sku }) => sku)).toEqual(['GOOD', 'LINES']);
    });

    it('finds the same in a dry run, and writes nothing', async () => {
      await acts.addItem('MUG');
      const sheet = 'sku,name,weightGrams\nMUG,Mug,12\nNEW,New,\nBAD,Bad,-1\nNEW,Again,\n';
      const before = await items();
      const dry = await sheets.done(sheet, '?dryRun=true');
      expect(await items()).toEqual(before);
      const wet = await sheets.done(sheet);
      const { id: _dry, ...dryCounts } = dry;
      expect(wet).toMatchObject({
        ...dryCounts,
        dryRun: false,
        createdAt: expect.any(String),
        startedAt: expect.any(String),
        endedAt: expect.any(String),
      });
      expect(dry).toMatchObject({ dryRun: true, created: 1, changed: 1, refused: 2, errors: 2 });
      expect(await sheets.errorsOf(dry)).toEqual(await sheets.errorsOf(wet));
    });

    it('is one import however often it is sent under one key, and another one when it is not the same', async () => {
      const keyed = { headers: { 'idempotency-key': 'sheet' } };
      const [first, second] = [await sheets.send('sku,name\nA,x\n', keyed), await sheets.send('sku,name\nA,x\n', keyed)];
      expect([second.status, second.text, second.headers.get('idempotent-replayed')]).toEqual([202, first.text, 'true']);
      expect(refusalIn(await sheets.send('sku,name\nA,y\n', keyed)).code).toBe('idempotency.key_reused');
      expect(refusalIn(await sheets.send('sku,name\nA,x\n', keyed, '?dryRun=true')).code).toBe('idempotency.key_reused');
      expect(await sheets.left()).toHaveLength(1);
    });

    it('takes so many imports at once, and more when one has ended', async () => {
      for (let sent = 0; sent < 10; sent += 1) expect((await sheets.send(`sku,name\nA-${sent},x\n`)).status).toBe(202);
      const answer = await sheets.send('sku,name\nB,x\n');
      expect([answer.status, read(answer), answer.headers.get('retry-after')]).toMatchObject([
        409,
        { code: 'import.too_many', limit: 10 },
        '30',
      ]);
      await sheets.workOff();
      expect((await sheets.send('sku,name\nB,x\n')).status).toBe(202);
    });

    it('counts all errors, and keeps the first thousand', async () => {
      const rows = Array.from({ length: 1_100 }, (_, index) => `ROW-${index},\n`).join('');
      const finished = await sheets.done(`sku,name\n${rows}`);
      expect(finished).toMatchObject({ refused: 1_100, errors: 1_100 });
      const kept = await sheets.errorsOf(finished);
      expect(kept.map(({ line }) => line)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 2));
    });

    it('refuses a SKU that a spreadsheet has rounded, unless it is there already', async () => {
      const sheet = 'sku,name,barcode\n4.00638E+12,Rounded,\nSOUND,Sound,"4,00638E+12"\n';
      expect((await sheets.errorsOf(await sheets.done(sheet))).map(({ line, column }) => [line, column])).toEqual([
        [2, 'sku'],
        [3, 'barcode'],
      ]);
      await acts.post('/items', { sku: '4.00638E+12', name: 'Really' });
      expect(await sheets.done('sku,name\n4.00638E+12,Renamed\n')).toMatchObject({ changed: 1 });
    });
  });
};
