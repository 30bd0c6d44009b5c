import { connect } from 'node:net';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, type ProblemShape, refusalIn } from './client.test-kit.js';
import { answerIn, exchange } from './raw-socket.test-kit.js';
import { type Acts, actsOf, type PageShape } from './scene.test-kit.js';
import { type Sheets, sheetsOf } from './sheet-acts.test-kit.js';
import { type Account, openWorld, PREFIX, type World } from './world.test-kit.js';

/** Sheets as spreadsheets and networks make them: read as they were meant, or refused with nothing left of them. */
export const sentSheets = (make: MakeBackend): void => {
  describe('sheets', () => {
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

    it.each([
      ['line feeds', 'sku,name\nA,"x, ""y"""\nB,z\n'],
      ['carriage returns and line feeds', 'sku,name\r\nA,"x, ""y"""\r\nB,z'],
      ['old line ends', 'sku,name\rA,"x, ""y"""\rB,z\r'],
      ['line ends of two kinds', 'sku,name\r\nA,"x, ""y"""\nB,z\n'],
      ['a mark at its beginning', '\ufeffsku,name\nA,"x, ""y"""\nB,z\n'],
      ['semicolons', 'sku;name\nA;"x, ""y"""\nB;z\n'],
      ['tabs', 'sku\tname\nA\t"x, ""y"""\nB\tz\n'],
      ['columns in another order and spelling', 'NAME,"Sku"\n"x, ""y""",A\nz,B\n'],
      ['blank rows and empty cells behind', '\n\nsku,name\nA,"x, ""y""",,\n,,,\nB,z\n\n'],
    ])('reads a sheet with %s', async (_, sheet) => {
      expect(await sheets.done(sheet)).toMatchObject({ rows: 2, created: 2 });
      expect(await items()).toMatchObject([
        { sku: 'A', name: 'x, "y"' },
        { sku: 'B', name: 'z' },
      ]);
    });

    it('reads back what was exported, to the letter', async () => {
      const names = ['=1+1', "'=1", '-5', ' spaces ', 'two\nlines', 'قميص «أسود»', 'a;b', '😀', "'"];
      for (const [index, name] of names.entries()) await acts.post('/items', { sku: `-${index}`, name, barcode: '+1' });
      const { text } = await acts.ask('GET', '/items', undefined, { accept: 'text/csv' });
      expect(await sheets.done(text)).toMatchObject({ unchanged: names.length, errors: 0 });
      for (const { sku } of await items()) await acts.ask('DELETE', `/items/${encodeURIComponent(sku)}`);
      expect(await sheets.done(text)).toMatchObject({ created: names.length });
      expect((await items()).map(({ name }) => name)).toEqual(names);
    });

    const nothingIsLeft = async (answer: Answer, expected: object): Promise<void> => {
      expect(refusalIn(answer)).toEqual({ status: 400, paths: [], ...expected });
      expect(await sheets.left()).toEqual([]);
    };

    it.each([
      ['nothing at all', '', 'import.empty'],
      ['blank lines', '\n\n', 'import.empty'],
      ['a header without rows', 'sku,name\n', 'import.empty'],
    ])('refuses %s', async (_, sheet, code) => nothingIsLeft(await sheets.send(sheet), { code }));

    it('refuses a header with columns that are unknown, missing or there twice', async () => {
      const answer = await sheets.send('name,Price,name,\nx,1,y,\n');
      await nothingIsLeft(answer, { code: 'import.header_invalid', paths: ['Price', 'name', '', 'sku'] });
    });

    it.each<readonly [string, string | Uint8Array<ArrayBuffer>, string]>([
      ['a quotation mark that is never closed', 'sku,name\nA,x\nB,"y\nC,z\n', 'line 3'],
      ['a quotation mark in a cell', 'sku,name\nA,"two\r\nlines"\nB,5" pipe\n', 'line 4'],
      ['text behind a quotation mark', 'sku,name\nA,"x"y\n', 'line 2'],
      ['a row without an end', `sku,name\nA,${'x'.repeat(70_000)}\n`, 'line 2'],
      ['bytes that are not UTF-8', Uint8Array.from([...new TextEncoder().encode('sku,name\nA,x\nB,'), 0xe9, 0x0a]), 'line 3'],
      ['an encoding of two bytes', Uint8Array.from([0xff, 0xfe, 0x73, 0, 0x6b, 0, 0x75, 0, 0x0a, 0]), 'line 1'],
      ['U+0000', 'sku,name\nA,x\nB,\0\n', 'line 3'],
    ])('refuses a sheet with %s, with its line, and keeps none of its rows', async (_, sheet, path) => {
      await nothingIsLeft(await sheets.send(sheet), { code: 'import.unreadable', paths: [path] });
    });

    it('refuses a fault behind many sound rows, which were kept already, and keeps none of them', async () => {
      const rows = Array.from({ length: 3_000 }, (_, index) => `ROW-${index},Row ${index}\n`).join('');
      await nothingIsLeft(await sheets.send(`sku,name\n${rows}BAD,"x\n`), { code: 'import.unreadable', paths: ['line 3002'] });
    });

    it.each([
      ['JSON', { 'content-type': 'application/json' }],
      ['another encoding', { 'content-type': 'text/csv; charset=windows-1252' }],
      ['a spreadsheet', { 'content-type': 'application/vnd.ms-excel' }],
      ['what is packed', { 'content-encoding': 'gzip' }],
    ])('refuses %s', async (_, headers) => {
      const answer = await sheets.send('sku,name\nA,x\n', { headers: { 'content-type': 'text/csv', ...headers } });
      expect([answer.status, refusalIn(answer).code]).toEqual([415, 'request.media_type_unsupported']);
    });

    it('takes UTF-8 that is called by its name', async () => {
      const answer = await sheets.send('sku,name\nA,x\n', {
        headers: { 'content-type': 'text/csv; charset="UTF-8"; header=present' },
      });
      expect(answer.status).toBe(202);
    });

    const head = (more: string) =>
      `POST ${PREFIX}/items/import HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${account.token}\r\ncontent-type: text/csv\r\n${more}\r\n\r\n`;

    it('refuses more than 50 MB before it is sent', async () => {
      const heard = await exchange(world.port, `${head('content-length: 50000001')}sku,name\nA,x\n`, 'request.too_large"}');
      expect([answerIn(heard).status, (JSON.parse(answerIn(heard).body) as ProblemShape).code]).toEqual([
        413,
        'request.too_large',
      ]);
    });

    it('keeps nothing of a sheet whose sender goes away', async () => {
      const socket = connect(world.port, '127.0.0.1');
      const rows = Array.from({ length: 2_000 }, (_, index) => `ROW-${index},Row ${index}\n`).join('');
      socket.write(`${head('content-length: 1000000')}sku,name\n${rows}`);
      while ((await sheets.left()).length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(await sheets.left()).toMatchObject([{ state: 'receiving' }]);
      socket.destroy();
      while ((await sheets.left()).length > 0) await new Promise((resolve) => setImmediate(resolve));
      await sheets.workOff();
      expect(await items()).toEqual([]);
    });
  });
};
