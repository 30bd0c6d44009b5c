import { connect } from 'node:net';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, type Asked, type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { answerIn, exchange } from './raw-socket.test-kit.js';
import { type Acts, actsOf, type PageShape } from './scene.test-kit.js';
import { type Account, openWorld, PREFIX, type World } from './world.test-kit.js';

type ImportShape = { readonly id: string; readonly state: string; readonly rows: number; readonly rowsDone: number };
type ErrorShape = { readonly line: number; readonly column: string | null; readonly code: string; readonly message: string };

/** Items by sheets: taken whole, worked off in the background, and never by half a row. */
export const imports = (make: MakeBackend): void => {
  describe('imports', () => {
    let world: World;
    let account: Account;
    let acts: Acts;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      account = await world.signUp();
      acts = actsOf(world, account);
    });
    afterAll(() => world.close());

    const send = (csv: string | Uint8Array<ArrayBuffer>, asked: Asked = {}, query = ''): Promise<Answer> =>
      world.send('POST', `${PREFIX}/items/import${query}`, {
        token: account.token,
        ...(typeof csv === 'string' ? { csv } : { raw: csv }),
        ...asked,
        headers: { 'content-type': 'text/csv', ...asked.headers },
      });
    const workOff = async (): Promise<void> => {
      while ((await world.useCases.workImports(account.organizationId)).rows > 0);
    };
    const done = async (csv: string, query = ''): Promise<ImportShape> => {
      const answer = await send(csv, {}, query);
      expect(answer.status).toBe(202);
      await workOff();
      return acts.get<ImportShape>(`/imports/${read<ImportShape>(answer).id}`);
    };
    const errorsOf = async ({ id }: ImportShape): Promise<readonly ErrorShape[]> =>
      (await acts.get<PageShape<ErrorShape>>(`/imports/${id}/errors?limit=100`)).data;
    const items = async () => (await acts.get<PageShape<{ sku: string; name: string }>>('/items?limit=100')).data;
    const left = async () => (await acts.get<PageShape<ImportShape>>('/imports')).data;

    it('answers when the sheet is here, and works it off in the background', async () => {
      const answer = await send('sku,name,weightGrams\nMUG,Mug,400\nCUP,Cup,\n');
      expect([answer.status, read(answer)]).toMatchObject([
        202,
        { kind: 'items', dryRun: false, state: 'waiting', rows: 2, rowsDone: 0, startedAt: null, endedAt: null },
      ]);
      expect(world.woken().at(-1)).toBe(account.organizationId);
      expect(await items()).toEqual([]);
      await workOff();
      expect(await left()).toMatchObject([
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
      const { id } = read<ImportShape>(await send(`sku,name\n${rows.join('\n')}`));
      await world.useCases.workImports(account.organizationId);
      expect(await acts.get(`/imports/${id}`)).toMatchObject({ state: 'running', rows: 1_200, rowsDone: 500, endedAt: null });
      await workOff();
      expect(await acts.get(`/imports/${id}`)).toMatchObject({ state: 'done', rows: 1_200, rowsDone: 1_200, created: 1_200 });
    });

    it('changes what the sheet names, leaves what it does not, and revives what was deleted', async () => {
      const dimensions = { lengthMm: 90, widthMm: 80, heightMm: 100 };
      await acts.post('/items', { sku: 'MUG', name: 'Mug', barcode: '40063', weightGrams: 400, dimensions });
      await acts.post('/items', { sku: 'OLD', name: 'Old', weightGrams: 7 });
      await acts.ask('DELETE', '/items/OLD');
      const sheet = 'sku,name,barcode\nMUG,Big mug,\nOLD,Revived,\nNEW,New,40064\n';
      expect(await done(sheet)).toMatchObject({ created: 2, changed: 1, unchanged: 0 });
      expect(await items()).toMatchObject([
        { sku: 'MUG', name: 'Big mug', barcode: null, weightGrams: 400, dimensions },
        { sku: 'NEW', name: 'New', barcode: '40064' },
        { sku: 'OLD', name: 'Revived', weightGrams: null },
      ]);
      expect(await done(sheet)).toMatchObject({ created: 0, changed: 0, unchanged: 3 });
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
      const finished = await done(sheet);
      expect(finished).toMatchObject({ rows: 9, rowsDone: 9, created: 2, refused: 7, errors: 9 });
      const found = (await errorsOf(finished)).map(({ line, column, code }) => [line, column, code]);
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
      expect((await errorsOf(finished)).find(({ line }) => line === 10)?.message).toBe('stands in line 2 already');
      expect((await items()).map(({ sku }) => sku)).toEqual(['GOOD', 'LINES']);
    });

    it('finds the same in a dry run, and writes nothing', async () => {
      await acts.addItem('MUG');
      const sheet = 'sku,name,weightGrams\nMUG,Mug,12\nNEW,New,\nBAD,Bad,-1\nNEW,Again,\n';
      const before = await items();
      const dry = await done(sheet, '?dryRun=true');
      expect(await items()).toEqual(before);
      const wet = await done(sheet);
      const { id: _dry, ...dryCounts } = dry;
      expect(wet).toMatchObject({
        ...dryCounts,
        dryRun: false,
        createdAt: expect.any(String),
        startedAt: expect.any(String),
        endedAt: expect.any(String),
      });
      expect(dry).toMatchObject({ dryRun: true, created: 1, changed: 1, refused: 2, errors: 2 });
      expect(await errorsOf(dry)).toEqual(await errorsOf(wet));
    });

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
      expect(await done(sheet)).toMatchObject({ rows: 2, created: 2 });
      expect(await items()).toMatchObject([
        { sku: 'A', name: 'x, "y"' },
        { sku: 'B', name: 'z' },
      ]);
    });

    it('reads back what was exported, to the letter', async () => {
      const names = ['=1+1', "'=1", '-5', ' spaces ', 'two\nlines', 'قميص «أسود»', 'a;b', '😀', "'"];
      for (const [index, name] of names.entries()) await acts.post('/items', { sku: `-${index}`, name, barcode: '+1' });
      const { text } = await acts.ask('GET', '/items', undefined, { accept: 'text/csv' });
      expect(await done(text)).toMatchObject({ unchanged: names.length, errors: 0 });
      for (const { sku } of await items()) await acts.ask('DELETE', `/items/${encodeURIComponent(sku)}`);
      expect(await done(text)).toMatchObject({ created: names.length });
      expect((await items()).map(({ name }) => name)).toEqual(names);
    });

    const nothingIsLeft = async (answer: Answer, expected: object): Promise<void> => {
      expect(refusalIn(answer)).toEqual({ status: 400, paths: [], ...expected });
      expect(await left()).toEqual([]);
    };

    it.each([
      ['nothing at all', '', 'import.empty'],
      ['blank lines', '\n\n', 'import.empty'],
      ['a header without rows', 'sku,name\n', 'import.empty'],
    ])('refuses %s', async (_, sheet, code) => nothingIsLeft(await send(sheet), { code }));

    it('refuses a header with columns that are unknown, missing or there twice', async () => {
      const answer = await send('name,Price,name,\nx,1,y,\n');
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
      await nothingIsLeft(await send(sheet), { code: 'import.unreadable', paths: [path] });
    });

    it('refuses a fault behind many sound rows, which were kept already, and keeps none of them', async () => {
      const rows = Array.from({ length: 3_000 }, (_, index) => `ROW-${index},Row ${index}\n`).join('');
      await nothingIsLeft(await send(`sku,name\n${rows}BAD,"x\n`), { code: 'import.unreadable', paths: ['line 3002'] });
    });

    it.each([
      ['JSON', { 'content-type': 'application/json' }],
      ['another encoding', { 'content-type': 'text/csv; charset=windows-1252' }],
      ['a spreadsheet', { 'content-type': 'application/vnd.ms-excel' }],
      ['what is packed', { 'content-encoding': 'gzip' }],
    ])('refuses %s', async (_, headers) => {
      const answer = await send('sku,name\nA,x\n', { headers: { 'content-type': 'text/csv', ...headers } });
      expect([answer.status, refusalIn(answer).code]).toEqual([415, 'request.media_type_unsupported']);
    });

    it('takes UTF-8 that is called by its name', async () => {
      const answer = await send('sku,name\nA,x\n', { headers: { 'content-type': 'text/csv; charset="UTF-8"; header=present' } });
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
      while ((await left()).length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(await left()).toMatchObject([{ state: 'receiving' }]);
      socket.destroy();
      while ((await left()).length > 0) await new Promise((resolve) => setImmediate(resolve));
      await workOff();
      expect(await items()).toEqual([]);
    });

    it('is one import however often it is sent under one key, and another one when it is not the same', async () => {
      const keyed = { headers: { 'idempotency-key': 'sheet' } };
      const [first, second] = [await send('sku,name\nA,x\n', keyed), await send('sku,name\nA,x\n', keyed)];
      expect([second.status, second.text, second.headers.get('idempotent-replayed')]).toEqual([202, first.text, 'true']);
      expect(refusalIn(await send('sku,name\nA,y\n', keyed)).code).toBe('idempotency.key_reused');
      expect(refusalIn(await send('sku,name\nA,x\n', keyed, '?dryRun=true')).code).toBe('idempotency.key_reused');
      expect(await left()).toHaveLength(1);
    });

    it('takes so many imports at once, and more when one has ended', async () => {
      for (let sent = 0; sent < 10; sent += 1) expect((await send(`sku,name\nA-${sent},x\n`)).status).toBe(202);
      const answer = await send('sku,name\nB,x\n');
      expect([answer.status, read(answer), answer.headers.get('retry-after')]).toMatchObject([
        409,
        { code: 'import.too_many', limit: 10 },
        '30',
      ]);
      await workOff();
      expect((await send('sku,name\nB,x\n')).status).toBe(202);
    });

    it('counts all errors, and keeps the first thousand', async () => {
      const rows = Array.from({ length: 1_100 }, (_, index) => `ROW-${index},\n`).join('');
      const finished = await done(`sku,name\n${rows}`);
      expect(finished).toMatchObject({ refused: 1_100, errors: 1_100 });
      const kept: ErrorShape[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: PageShape<ErrorShape> = await acts.get(
          `/imports/${finished.id}/errors?limit=100${cursor && `&cursor=${cursor}`}`,
        );
        kept.push(...page.data);
        cursor = page.nextCursor;
      }
      expect(kept.map(({ line }) => line)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 2));
    });

    it('refuses a SKU that a spreadsheet has rounded, unless it is there already', async () => {
      const sheet = 'sku,name,barcode\n4.00638E+12,Rounded,\nSOUND,Sound,"4,00638E+12"\n';
      expect((await errorsOf(await done(sheet))).map(({ line, column }) => [line, column])).toEqual([
        [2, 'sku'],
        [3, 'barcode'],
      ]);
      await acts.post('/items', { sku: '4.00638E+12', name: 'Really' });
      expect(await done('sku,name\n4.00638E+12,Renamed\n')).toMatchObject({ changed: 1 });
    });
  });
};
