import { scopes } from '@rappit/domain';
import { type RouteEntry, routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read } from './client.test-kit.js';
import { costing, NO_SKU, unknownFor, withParameters } from './foreign-ids.test-kit.js';
import { takesKey } from './idempotency.test-kit.js';
import { pathOf, readied, type Sample, sampleFor } from './requests.test-kit.js';
import { ADDRESS, openSceneOfShop, type PageShape, type Scene, SECRET } from './scene.test-kit.js';
import { textsOf } from './scene-texts.test-kit.js';
import { sheetsOf } from './sheet-acts.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** I7 by other ways than an id in a path or a body: whoever asks, and with a cursor, a key, a sheet or a name of theirs. */
export const guessing = (make: MakeBackend): void => {
  describe('guessing', () => {
    let world: World;
    let theirs: Scene;
    let mine: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      theirs = await openSceneOfShop(world);
      mine = await openSceneOfShop(world);
    });
    afterAll(() => world.close());
    const scenes = () => ({ world, theirs, mine });
    byAnybody(scenes);
    byCursor(scenes);
    byKey(scenes);
    bySheet(scenes);
    byName(scenes);
  });
};

type Scenes = () => { readonly world: World; readonly theirs: Scene; readonly mine: Scene };

const byAnybody = (scenes: Scenes): void => {
  it.each<[string, () => Promise<string>]>([
    ['a key that may do everything', async () => (await scenes().mine.acts.addKey(scopes)).secret],
    ['an operator', async () => (await scenes().world.join(scenes().mine.account.organizationId, 'operator')).token],
    ['an admin of both, acting for the one', async () => (await adminOfBoth(scenes())).token],
  ])('finds nothing of theirs in any path as %s', async (_, tokenOf) => {
    const { world, theirs, mine } = scenes();
    const token = await tokenOf();
    let found = 0;
    for (const { method, url, operationId, parameters } of withParameters(routeTable(world.server))) {
      const { params: foreign = {} } = sampleFor(operationId, theirs);
      const { params: _mine, ...own } = sampleFor(operationId, mine);
      const ask = (params: Readonly<Record<string, string>>) =>
        costing(world, () => world.send(method, pathOf(url, params), { ...own, token }));
      const answer = await ask(foreign);
      expect({ operationId, ...answer }).toEqual({ operationId, ...(await ask(unknownFor(parameters, url))) });
      expect({ operationId, shut: [401, 403, 404].includes(answer.status) }).toEqual({ operationId, shut: true });
      if (answer.status === 404) found += 1;
    }
    expect(found).toBeGreaterThan(5);
  });
};

const adminOfBoth = async ({ world, theirs, mine }: ReturnType<Scenes>) => {
  const both = await world.join(mine.account.organizationId, 'admin');
  await world.makeMember(theirs.account.organizationId, both.userId, 'admin');
  return both;
};

const takesCursor = ({ query }: RouteEntry): boolean =>
  'cursor' in ((query as { readonly properties?: object } | null)?.properties ?? {});

const byCursor = (scenes: Scenes): void => {
  it('goes on in the own list behind a cursor of theirs', async () => {
    const { world, theirs, mine } = scenes();
    const marks = [...textsOf(theirs).values()].filter((text) => text.length >= 12);
    let tried = 0;
    for (const { url, operationId } of routeTable(world.server).filter(takesCursor)) {
      const list = (scene: Scene, query: string) =>
        world.send('GET', `${pathOf(url, sampleFor(operationId, scene).params)}${query}`, { token: scene.account.token });
      const { nextCursor } = read<PageShape<unknown>>(await list(theirs, '?limit=1'));
      if (nextCursor === null) continue;
      const { status, text } = await list(mine, `?limit=100&cursor=${encodeURIComponent(nextCursor)}`);
      expect({ operationId, status, shown: marks.filter((mark) => text.includes(mark)) }).toEqual({
        operationId,
        status: 200,
        shown: [],
      });
      tried += 1;
    }
    expect(tried).toBeGreaterThan(5);
  });
};

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** The ids in an answer that weren't in its request: what was made, and what it belongs to. */
const idsMade = (text: string, asked: unknown): readonly string[] => {
  const sent = JSON.stringify(asked);
  return [...new Set(text.match(uuids) ?? [])].filter((id) => !sent.includes(id));
};

const byKey = (scenes: Scenes): void => {
  it('is answered nothing that was theirs for their very request under their very Idempotency-Key', async () => {
    const { world, mine } = scenes();
    const posts = routeTable(world.server).filter(takesKey);
    expect(posts.length).toBeGreaterThan(10);
    for (const { url, operationId, parameters } of posts) {
      const theirs = await openSceneOfShop(world);
      await readied[operationId]?.(theirs, world);
      const { params, token = theirs.account.token, ...body }: Sample = sampleFor(operationId, theirs);
      const ask = (by: string): Promise<Answer> =>
        world.send('POST', pathOf(url, params), { ...body, token: by, headers: { 'idempotency-key': `theirs-${operationId}` } });
      const first = await ask(token);
      expect({ operationId, ok: first.status < 300 }).toEqual({ operationId, ok: true });
      const guessed = await ask(mine.account.token);
      const shown = idsMade(first.text, { params, body }).filter((id) => guessed.text.includes(id));
      expect({ operationId, replayed: guessed.headers.get('idempotent-replayed'), shown }).toEqual({
        operationId,
        replayed: null,
        shown: [],
      });
      if (parameters.length > 0) expect({ operationId, status: guessed.status }).toEqual({ operationId, status: 404 });
    }
  });
};

const bySheet = (scenes: Scenes): void => {
  it.each<[string, (theirs: Scene, mine: Scene) => readonly [string, string]]>([
    ['an item of theirs', ({ sku }) => [`${sku},MAIN,7`, `${NO_SKU},MAIN,7`]],
    ['a location of theirs', (_, { sku }) => [`${sku},ONLY-THEIRS,7`, `${sku},NO-SUCH-PLACE,7`]],
  ])('is told the same of %s in a sheet as of what never was', async (_, rowsOf) => {
    const { world, theirs, mine } = scenes();
    await theirs.acts.ask('POST', '/locations', { code: 'ONLY-THEIRS', name: 'Theirs', address: ADDRESS });
    const sheets = sheetsOf(world, mine.account, '/inventory/import');
    const toldOf = async (row: string) => {
      const done = await sheets.done(`sku,location,onHand\n${row}\n`);
      const errors = await sheets.errorsOf(done);
      return { rows: done.rows, state: done.state, errors: errors.map(({ code, column, line }) => ({ code, column, line })) };
    };
    const [foreign, unknown] = rowsOf(theirs, mine);
    const told = await toldOf(foreign);
    expect(told).toEqual(await toldOf(unknown));
    expect(told).toMatchObject({ rows: 1, state: 'done', errors: [{ line: 2 }] });
  });
};

const byName = (scenes: Scenes): void => {
  it('is free to use every name that they use, as if nobody did', async () => {
    const { world, theirs, mine } = scenes();
    const { shopDomain = '' } = (await theirs.acts.get<PageShape<{ shopDomain: string }>>('/channels')).data[0] ?? {};
    expect(shopDomain).not.toBe('');
    const names: readonly (readonly [string, object, object])[] = [
      ['/items', { sku: theirs.sku, name: 'Mine' }, { sku: 'ONLY-MINE', name: 'Mine' }],
      ['/locations', { code: 'ONLY-THEIRS', name: 'Mine' }, { code: 'ONLY-MINE', name: 'Mine' }],
      ['/channels', shop(shopDomain), shop('only-mine.myshopify.com')],
      ['/api-keys', { name: 'A program', scopes: ['item.view'] }, { name: 'Only mine', scopes: ['item.view'] }],
    ];
    for (const [path, used, free] of names) {
      const costOf = async (json: object) => {
        const { status, statements } = await costing(world, () => mine.acts.post(path, json));
        return { path, status, statements };
      };
      const answer = await costOf(used);
      expect(answer).toEqual(await costOf(free));
      expect(answer.status).toBe(201);
    }
    expect(await theirs.acts.get(`/items/${theirs.sku}`)).not.toMatchObject({ name: 'Mine' });
  });
};

const shop = (shopDomain: string) => ({ kind: 'shopify', name: 'A shop', shopDomain, webhookSecret: SECRET });
