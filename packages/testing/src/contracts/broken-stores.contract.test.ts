import { byCodePoint, fakeClock, fakeIds, memoryPersistence, sha256 } from '../fakes/index.js';
import { type DecidePlacements, decidePlacements, fewestLocations, type Moment, OrganizationId, type Once, type Result } from '@rappit/domain';
import { type AllStores, brokenPromises, persistenceContracts, type PersistenceWorld } from './index.js';

type Stores = AllStores & Moment;

const soundWorld = (decide?: (ids: PersistenceWorld['ids']) => DecidePlacements): PersistenceWorld => {
  const ids = fakeIds();
  const memory = memoryPersistence({ now: fakeClock().now, decide: decide?.(ids) ?? decidePlacements({ ids, policy: fewestLocations }) });
  return { ...memory, ids, digest: sha256, newOrganization: async () => OrganizationId(ids.next()) };
};

/** A world whose stores are sound but for what `spoil` makes of them. */
const withStores =
  (spoil: (stores: Stores) => Partial<Stores>) =>
  (): PersistenceWorld => {
    const world = soundWorld();
    const { run, read } = world.unitOfWork;
    return {
      ...world,
      unitOfWork: {
        run: (id, work, once) => run(id, (stores) => work({ ...stores, ...spoil(stores) }), once),
        read: (id, work) => read(id, (stores) => work({ ...stores, ...spoil(stores) })),
      },
    };
  };

type Run = PersistenceWorld['unitOfWork']['run'];

/** A world whose unit of work is sound but for what `spoil` makes of it. */
const withRun =
  (spoil: (run: Run, read: PersistenceWorld['unitOfWork']['read']) => Partial<PersistenceWorld['unitOfWork']>) =>
  (): PersistenceWorld => {
    const world = soundWorld();
    return { ...world, unitOfWork: { ...world.unitOfWork, ...spoil(world.unitOfWork.run, world.unitOfWork.read) } };
  };

const withoutAnswer = (once: Once | undefined): Once | undefined => once && { ...once, key: `${once.key}${Math.random()}` };

/** What is broken about a store, and a promise that has to be found broken. */
const broken: readonly (readonly [what: string, make: () => PersistenceWorld, suite: string, promise: string])[] = [
  ['forgets to end reservations', withStores(({ stock }) => ({ stock: { ...stock, apply: (change) => stock.apply({ ...change, exits: [] }) } })), 'a store of stock', 'ends a reservation as it was decided'],
  ['forgets to move the level of what it ends', withStores(({ stock }) => ({ stock: { ...stock, apply: (change) => stock.apply(change.exits.length > 0 ? { ...change, movements: [] } : change) } })), 'a store of stock', 'ends a reservation as it was decided'],
  ['releases twice what it is asked to release', withStores(({ stock }) => ({ stock: { ...stock, apply: async (change) => { await stock.apply(change); if (change.exits.length > 0) await stock.apply({ ...change, exits: [] }); } } })), 'a store of stock', 'lets many who lock the same levels'],
  ['writes half of a change that is not possible', withStores(({ stock }) => ({ stock: { ...stock, apply: async (change) => { try { await stock.apply(change); } catch { await stock.apply({ ...change, exits: [] }); } } } })), 'a store of stock', 'writes nothing of a change of which a part'],
  ['swallows what is not possible', withStores(({ stock }) => ({ stock: { ...stock, apply: (change) => stock.apply(change).catch(() => undefined) } })), 'a store of stock, handed nonsense', 'never lets more be reserved'],
  ['leaves safety to its callers', withStores(({ stock }) => ({ stock: { ...stock, apply: (change) => stock.apply({ ...change, exits: change.exits.filter(({ id }, at) => change.exits.findIndex((one) => one.id === id) === at) }) } })), 'a store of stock, handed nonsense', 'never ends a reservation twice'],
  ['breaks the newest paid promise first', withStores(({ stock }) => ({ stock: { ...stock, breakableAt: async (...place) => [...(await stock.breakableAt(...place))].sort((a, b) => byCodePoint(b.id, a.id)) } })), 'lists of stock', 'hands out the reservations of a level as they may break'],
  ['loses a row between two pages', withStores(({ stock }) => ({ stock: { ...stock, levels: (page, filter) => stock.levels({ ...page, cursor: page.cursor && `${page.cursor}~` }, filter) } })), 'lists of stock', 'lists levels by SKU'],
  ['sorts by UTF-16 unit', withStores(({ items }) => ({ items: { ...items, list: async (page, text) => { const all = await items.list({ limit: 100 }, text); return { data: [...all.data].sort((a, b) => (a.sku < b.sku ? -1 : 1)).filter(({ sku }) => page.cursor === undefined || sku > page.cursor).slice(0, page.limit), nextCursor: null }; } } })), 'a store of items', 'lists items by code point'],
  ['saves whatever version it is handed', withStores(({ orders }) => ({ orders: { ...orders, save: async (change) => { const now = await orders.find(change.order.id); return orders.save(now ? { ...change, order: { ...change.order, version: now.version + 1 } } : change); } } })), 'a store of orders', 'never saves a change of an order'],
  ['serves the newest order first', withStores(({ orders }) => ({ orders: { ...orders, waitingFor: async (skus, limit) => [...(await orders.waitingFor(skus, 100))].reverse().slice(0, limit) } })), 'lists of orders', 'hands out the orders that wait'],
  ['serves orders that are held', withStores(({ orders }) => ({ orders: { ...orders, waitingFor: async (skus, limit) => { const held = await orders.list({ limit }, { status: 'onHold' }); return [...(await orders.waitingFor(skus, limit)), ...(await orders.lock(held.data.map(({ id }) => id)))]; } } })), 'lists of orders', 'hands out no order that has everything'],
  ['keeps secrets readable beside the channel', withStores(({ channels }) => ({ channels: { ...channels, find: async (id) => { const found = await channels.find(id); return found && { ...found, secrets: await channels.secretsOf(id) }; } } })), 'a store of channels', 'finds a channel as it was added'],
  ['takes a delivery twice', withStores(({ inbox }) => ({ inbox: { ...inbox, receive: (delivery) => inbox.receive({ ...delivery, deliveryId: delivery.id }) } })), 'an inbox', 'keeps the first of two equal deliveries'],
  ['leases to everybody', withStores(({ inbox, outbox }) => ({ inbox: { ...inbox, claim: (limit) => inbox.claim(limit, 0) }, outbox: { ...outbox, claim: (limit) => outbox.claim(limit, 0) } })), 'an outbox', 'hands out the events of one aggregate'],
  ['gives up nothing', withStores(({ outbox, now }) => ({ outbox: { ...outbox, failed: (id, reason, at) => outbox.failed(id, reason, at ?? new Date(now.getTime() - 1)) } })), 'an outbox', 'never hands out a dead letter'],
  ['writes what was refused', withRun((run) => ({ run: async (id, work, once) => { let answer: unknown; const done = await run(id, async (stores) => { answer = await work(stores); return { ok: true, value: undefined as never }; }, once); return done.ok ? (answer as typeof done) : done; } })), 'a unit of work', 'has written nothing when it refused'],
  ['swallows exceptions', withRun((run) => ({ run: (id, work, once) => run(id, (stores) => work(stores).catch(() => ({ ok: true as const, value: undefined as never })), once) })), 'a unit of work', 'has written nothing when it threw'],
  ['lets readers write', withRun((run) => ({ read: async (id, work) => { const done = await run(id, async (stores) => ({ ok: true, value: await work(stores) })); if (!done.ok) throw new Error(done.error.code); return done.value; } })), 'a unit of work', 'writes nothing while it only reads'],
  ['forgets keys', withRun((run) => ({ run: (id, work) => run(id, work) })), 'a unit of work under a key', 'answers a request that is made again'],
  ['forgets refusals', withRun((run) => ({ run: (id, work, once) => run(id, async (stores) => { const outcome = await work(stores); if (!outcome.ok) throw outcome; return outcome; }, once).catch((refused: Awaited<ReturnType<typeof work>>) => refused as Result<never, never>) })), 'a unit of work under a key', 'remembers a refusal'],
  ['makes a key of its own for everybody', withRun((run) => ({ run: (id, work, once) => run(id, work, withoutAnswer(once)) })), 'a unit of work under a key', 'refuses another request under the same key'],
  ['forgets whose unit of work it is', withRun((run, read) => { let first: OrganizationId | undefined; const always = (id: OrganizationId) => (first ??= id); return { run: (id, work, once) => run(always(id), work, once), read: (id, work) => read(always(id), work) }; }), 'a store of many organizations', 'shows one organization nothing'],
  ['reads from the organization that wrote last', withRun((run, read) => { let last: OrganizationId | undefined; return { run: (id, work, once) => { last ??= id; return run(id, work, once); }, read: (id, work) => read(last ?? id, work) }; }), 'a store of many organizations', 'changes nothing of another organization'],
  ['decides each order as if it were alone', () => soundWorld((ids) => (situation, requests) => requests.flatMap((request, at) => decidePlacements({ ids, policy: fewestLocations })({ ...situation, numbers: situation.numbers.slice(at) }, [request]))), 'an intake of orders', 'places exactly as many of thirty orders in one batch'],
  ['believes that there is twice as much', () => soundWorld((ids) => (situation, requests) => decidePlacements({ ids, policy: fewestLocations })({ ...situation, shelves: situation.shelves.map((shelf) => ({ ...shelf, level: { ...shelf.level, onHand: shelf.level.onHand * 2 } })) }, requests)), 'an intake of orders', 'places exactly as many of thirty orders at once'],
  ['numbers all orders alike', () => soundWorld((ids) => (situation, requests) => decidePlacements({ ids, policy: fewestLocations })({ ...situation, numbers: situation.numbers.map(() => '1') }, requests)), 'an intake of orders', 'places exactly as many of thirty orders in one batch'],
  ['knows no keys of its intake', () => { const world = soundWorld(); return { ...world, intake: { place: (id, requests) => world.intake.place(id, requests.map(({ once, ...request }) => request)) } }; }, 'an intake of orders that are told twice', 'answers a request that is made again'],
  ['knows shops by their number alone', () => { const world = soundWorld(); return { ...world, intake: { place: (id, requests) => world.intake.place(id, requests.map((request) => request.draft.source.kind === 'api' ? request : { ...request, draft: { ...request.draft, source: { ...request.draft.source, channelId: 'one' } } })) } }; }, 'an intake of orders that are told twice', "keeps the shop's ids of several channels"],
  ['opens the door to everybody', () => { const world = soundWorld(); return { ...world, door: { channelsOfShop: async () => [] } }; }, 'a store of channels', 'opens the door to every channel'],
];

describe('the suites notice a store that', () => {
  it.each(broken)('%s', async (_, make, suite, promise) => {
    const found = await brokenPromises({ cases: persistenceContracts[suite] ?? [], make });
    expect(found.map((one) => one.promise)).toContainEqual(expect.stringContaining(promise));
  });

  it('find nothing wrong with a sound one', async () => {
    for (const cases of Object.values(persistenceContracts)) expect(await brokenPromises({ cases, make: () => soundWorld() })).toEqual([]);
  });
});
