import { routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import type { Answer, Asked } from './client.test-kit.js';
import type { Variant } from './foreign-case.test-kit.js';
import { goodsNamed } from './foreign-goods.test-kit.js';
import { costing, unknownFor, withParameters } from './foreign-ids.test-kit.js';
import { ordersNamed } from './foreign-orders.test-kit.js';
import { shippingNamed } from './foreign-shipping.test-kit.js';
import { fieldsNaming } from './naming-fields.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { openSceneOfShop, type Scene } from './scene.test-kit.js';
import { textsOf } from './scene-texts.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** Ids, tokens and e-mails are longer; what is shorter may stand anywhere. */
const SHORTEST_MARK = 12;

/** I7: what one organization wrote, no other can read, change, or learn the existence of. Made from the route table. */
export const isolation = (make: MakeBackend): void => {
  describe('isolation', () => {
    let world: World;
    let theirs: Scene;
    let mine: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      theirs = await openSceneOfShop(world);
      mine = await openSceneOfShop(world);
    });
    afterAll(() => world.close());

    const seen = (ask: () => Promise<Answer>) => costing(world, ask);

    it('answers an id of another organization like one that never was, on every route with an id in its path', async () => {
      const routes = withParameters(routeTable(world.server));
      expect(routes.length).toBeGreaterThan(10);
      for (const { method, url, operationId, parameters } of routes) {
        const { params: foreign = {}, ...theirBody } = sampleFor(operationId, theirs);
        const { params: _mine, ...own } = sampleFor(operationId, mine);
        const unknown = unknownFor(parameters, url);
        const ask = (params: Readonly<Record<string, string>>, token: string, body: Asked) =>
          world.send(method, pathOf(url, params), { ...body, token });
        const foreignAnswer = await seen(() => ask(foreign, mine.account.token, own));
        const unknownAnswer = await seen(() => ask(unknown, mine.account.token, own));
        expect({ operationId, ...foreignAnswer }).toEqual({ operationId, ...unknownAnswer });
        // Nobody is told more of a webhook that isn't signed than of one that nobody takes.
        const status = url.includes('/webhooks/') && url.includes(':channelId') ? 401 : 404;
        expect({ operationId, status: foreignAnswer.status }).toEqual({ operationId, status });
        // The same request of its owner finds something, so the test asked for what is there.
        expect({ operationId, status: (await ask(foreign, theirs.account.token, theirBody)).status }).not.toEqual({
          operationId,
          status: 404,
        });
      }
    });

    it('treats ids in bodies and queries like those in paths', async () => {
      const cases = [goodsNamed, ordersNamed, shippingNamed].flatMap((named) => named(theirs, mine));
      const named = routeTable(world.server).flatMap(({ operationId, body, query }) =>
        fieldsNaming({ body, query }, world.server.getSchemas()).map((field) => `${operationId} ${field}`),
      );
      expect([...new Set(cases.map(({ covers }) => covers))].sort()).toEqual(named.sort());
      for (const { covers, method, url, foreign, unknown, expected } of cases) {
        for (const accept of method === 'GET' ? ['application/json', 'text/csv'] : ['application/json']) {
          const ask = ({ query = '', json }: Variant) =>
            world.send(method, `${pathOf(`/api/v1${url}`)}${query}`, { token: mine.account.token, json, headers: { accept } });
          const foreignAnswer = await seen(() => ask(foreign));
          expect({ covers, accept, ...foreignAnswer }).toEqual({ covers, accept, ...(await seen(() => ask(unknown))) });
          expect({ covers, accept, status: foreignAnswer.status }).toEqual({ covers, accept, status: expected });
        }
      }
    });

    it('shows nothing of theirs in whatever may be read, as JSON and as CSV', async () => {
      const marks = [...textsOf(theirs).values()].filter((text) => text.length >= SHORTEST_MARK);
      let shownToThem = 0;
      for (const { url, operationId } of routeTable(world.server).filter(({ method }) => method === 'GET'))
        for (const accept of ['application/json', 'text/csv']) {
          const marksFor = async (scene: Scene): Promise<readonly string[]> => {
            const path = pathOf(url, sampleFor(operationId, scene).params);
            const { text } = await world.send('GET', path, { token: scene.account.token, headers: { accept } });
            return marks.filter((mark) => text.includes(mark));
          };
          expect({ operationId, accept, theirs: await marksFor(mine) }).toEqual({ operationId, accept, theirs: [] });
          if ((await marksFor(theirs)).length > 0) shownToThem += 1;
        }
      expect(shownToThem).toBeGreaterThan(20);
    });

    it('leaves what is theirs as it was', async () => {
      expect((await theirs.acts.levels()).map(({ sku }) => sku)).toEqual([theirs.sku]);
      expect((await mine.acts.levels()).map(({ sku }) => sku)).toEqual([mine.sku]);
      for (const { acts } of [theirs, mine])
        expect(await acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
    });
  });
};
