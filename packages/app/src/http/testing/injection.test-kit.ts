import { routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import type { Answer } from './client.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { openScene, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

/** Put behind something that exists, each would find more than that, find nothing, or take half a minute, if it were ever read as SQL. */
const endings = [
  ...[
    "' OR '1'='1",
    "' OR 1=1--",
    "') OR ('1'='1",
    '" OR "1"="1',
    ' OR 1=1',
    "' AND '1'='2",
    "'||'",
    "\\' OR 1=1--",
    "'/**/OR/**/1=1--",
  ],
  ...["'; SELECT pg_sleep(30)--", "' AND (SELECT 1 FROM pg_sleep(30)) IS NOT NULL--", "'; DROP TABLE orders CASCADE--"],
  ...["' UNION SELECT null,null,version()--", "' AND 1=CAST(version() AS int)--", '%', '_', '*', '$1', '?', ':id', '{}', '\\'],
];
const LONGEST_MS = 15_000;

/** Texts of a request are values, never a part of a statement. Made from the route table. */
export const injection = (make: MakeBackend): void => {
  describe('injection', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const ask = async (method: string, path: string, json?: unknown): Promise<Answer> => {
      const began = performance.now();
      const answer = await world.send(method, path, { token: scene.account.token, json });
      expect(performance.now() - began).toBeLessThan(LONGEST_MS);
      return answer;
    };
    const told = ({ status, text }: Answer) => ({ status, text });

    it('finds by a text in a query exactly what has that text', async () => {
      const texts = routeTable(world.server).flatMap(({ method, url, operationId, query }) =>
        method === 'GET' ? textsIn(query).map((name) => ({ url, operationId, name })) : [],
      );
      expect(texts.map(({ operationId, name }) => `${operationId} ${name}`)).toContain('listLevels sku');
      for (const { url, operationId, name } of texts) {
        const path = pathOf(url, sampleFor(operationId, scene).params);
        const search = (text: string) => ask('GET', `${path}?${name}=${encodeURIComponent(text)}`);
        const nothing = told(await search(`${scene.sku}-nothing`));
        for (const ending of endings)
          expect({ operationId, name, ending, ...told(await search(scene.sku + ending)) }).toEqual({
            operationId,
            name,
            ending,
            ...nothing,
          });
      }
    });

    it('finds by a SKU in a path exactly that SKU', async () => {
      const routes = routeTable(world.server).filter(({ parameters }) => parameters.includes('sku'));
      expect(routes.length).toBeGreaterThan(2);
      for (const { method, url, operationId } of routes)
        for (const ending of endings) {
          const answer = await ask(method, pathOf(url, { sku: scene.sku + ending }), sampleFor(operationId, scene).json);
          expect({ operationId, ending, status: answer.status }).toEqual({ operationId, ending, status: 404 });
        }
    });

    it('takes whatever stands in a body for text, and in a key for a key', async () => {
      for (const ending of endings) {
        const order = { currency: 'EUR', lines: [{ sku: scene.sku + ending, quantity: 1 }] };
        expect({ ending, status: (await ask('POST', `${PREFIX}/orders`, order)).status }).toEqual({ ending, status: 422 });
        const note = await ask('POST', `${PREFIX}/orders/${scene.orderId}/notes`, { text: `a note${ending}` });
        expect({ ending, status: note.status }).toEqual({ ending, status: 200 });
        const key = `key-${ending}`.replace(/[^\x21-\x7e]/g, '');
        const placed = { currency: 'EUR', lines: [{ sku: scene.sku, quantity: 1 }] };
        expect({ ending, status: (await scene.acts.post('/orders', placed, key)).status }).toEqual({ ending, status: 201 });
      }
      const { data } = await scene.acts.get<{ data: readonly { text: string | null }[] }>(
        `/orders/${scene.orderId}/timeline?limit=100`,
      );
      expect(data.flatMap(({ text }) => text ?? [])).toEqual(endings.map((ending) => `a note${ending}`));
    });

    it('leaves everything where it was', async () => {
      expect(await scene.acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
      expect(await scene.acts.get(`/items/${scene.sku}`)).toMatchObject({ sku: scene.sku });
    });
  });
};

type Query = {
  readonly properties?: Readonly<Record<string, { readonly type?: string; readonly enum?: unknown; readonly format?: string }>>;
};

/** The names of a query's parameters that are any text. */
export const textsIn = (query: unknown): readonly string[] =>
  Object.entries((query as Query | null)?.properties ?? {}).flatMap(([name, schema]) =>
    schema.type === 'string' && !schema.enum && !schema.format ? [name] : [],
  );
