import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, refusalIn } from './client.test-kit.js';
import { type Acts, actsOf } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

/** Names that a spreadsheet could take for something else. */
const NAMES = ['=HYPERLINK("http://evil.example","x")', 'قميص، أسود', 'two\nlines', "'quoted", 'a;b,"c"'];

/** Lists as CSV: every row, once, for people with spreadsheets. */
export const csvExport = (make: MakeBackend): void => {
  describe('lists as CSV', () => {
    let world: World;
    let acts: Acts;
    beforeAll(async () => {
      world = await openWorld(make);
      acts = actsOf(world, await world.signUp());
    });
    afterAll(() => world.close());

    const asCsv = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      acts.ask('GET', path, undefined, { accept: 'text/csv', ...headers });
    /** The lines of a file, without the mark at its beginning, which a decoder takes for itself. */
    const linesOf = ({ text }: Answer): readonly string[] => text.split('\r\n').slice(0, -1);

    it('answers items with every fact in a column, marked as UTF-8, and nothing that a spreadsheet would calculate', async () => {
      for (const [index, name] of NAMES.entries()) await acts.post('/items', { sku: `SKU-${index}`, name });
      await acts.post('/items', {
        sku: '-FULL',
        name: 'Full',
        barcode: '+4006381333931',
        weightGrams: 400,
        dimensions: { lengthMm: 90, widthMm: 80, heightMm: 100 },
        customs: { hsCode: '691200', originCountryCode: 'DE', description: 'Mug, stoneware' },
        lowStockThreshold: 5,
      });
      const answer = await asCsv('/items');
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('vary')]).toEqual([
        200,
        'text/csv; charset=utf-8; header=present',
        'accept',
      ]);
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="items.csv"');
      expect([...answer.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      expect(linesOf(answer)).toEqual([
        'sku,name,barcode,weightGrams,lengthMm,widthMm,heightMm,hsCode,originCountryCode,customsDescription,lowStockThreshold',
        `'-FULL,Full,'+4006381333931,400,90,80,100,691200,DE,"Mug, stoneware",5`,
        `SKU-0,"'=HYPERLINK(""http://evil.example"",""x"")",,,,,,,,,`,
        'SKU-1,قميص، أسود,,,,,,,,,',
        'SKU-2,"two\nlines",,,,,,,,,',
        "SKU-3,'quoted,,,,,,,,,",
        'SKU-4,"a;b,""c""",,,,,,,,,',
      ]);
    });

    it('takes the filters of the list', async () => {
      expect(linesOf(await asCsv('/items?text=SKU-1'))).toHaveLength(2);
      expect(linesOf(await asCsv('/items?text=nothing'))).toHaveLength(1);
    });

    it('answers stock by the code of its location, and leaves out what is left of deleted items', async () => {
      const [main, other] = [await acts.addLocation('MAIN'), await acts.addLocation('=OTHER')];
      await acts.receive('SKU-0', main, 10);
      await acts.receive('SKU-0', other, 3);
      await acts.ask('PATCH', '/inventory/levels', { sku: 'SKU-0', locationId: main, safetyStock: 2 });
      await acts.place('SKU-0', 4);
      await acts.receive('SKU-4', main, 1);
      await acts.post('/inventory/adjustments', { sku: 'SKU-4', locationId: main, delta: -1, reason: 'loss' });
      await acts.ask('DELETE', '/items/SKU-4');
      const answer = await asCsv('/inventory/levels');
      const [head, ...rows] = linesOf(answer);
      expect(head).toBe('sku,name,location,onHand,reserved,available,safetyStock');
      const name = `"'=HYPERLINK(""http://evil.example"",""x"")"`;
      expect(rows.toSorted()).toEqual([`SKU-0,${name},'=OTHER,3,0,3,0`, `SKU-0,${name},MAIN,10,4,4,2`]);
      expect(linesOf(await asCsv(`/inventory/levels?locationId=${other}`))).toHaveLength(2);
    });

    it('answers every row of a list that is longer than what is read at once', async () => {
      const own = actsOf(world, await world.signUp());
      const skus = Array.from({ length: 1_001 }, (_, index) => `ROW-${String(index).padStart(4, '0')}`);
      for (let from = 0; from < skus.length; from += 20) await Promise.all(skus.slice(from, from + 20).map(own.addItem));
      const answer = await own.ask('GET', '/items', undefined, { accept: 'text/csv' });
      expect(linesOf(answer).map((line) => line.split(',')[0])).toEqual(['sku', ...skus]);
    });

    it.each(['limit=10', 'cursor=QQ'])('refuses a page of a file: %s', async (query) => {
      const [path] = query.split('=');
      for (const list of ['/items', '/inventory/levels'])
        expect(refusalIn(await asCsv(`${list}?${query}`))).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
    });

    it('answers a fault before the first row as a problem', async () => {
      const answer = await asCsv('/items?text=%00');
      expect(refusalIn(answer)).toEqual({ status: 400, code: 'request.invalid', paths: ['text'] });
    });

    it('shows nothing of another organization', async () => {
      const { token } = await world.signUp();
      for (const path of ['/items', '/inventory/levels']) {
        const answer = await world.send('GET', `${PREFIX}${path}`, { token, headers: { accept: 'text/csv' } });
        expect(linesOf(answer)).toHaveLength(1);
      }
    });

    it('still answers JSON to whoever takes anything', async () => {
      const answer = await acts.ask('GET', '/items', undefined, { accept: '*/*' });
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    });
  });
};
