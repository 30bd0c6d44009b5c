import {
  askForSync,
  fewestLocations,
  followSource,
  type ImportOrder,
  importOrder,
  placeOrders,
  syncChannels,
  syncProgress,
} from '@rappit/domain';
import { exampleItem, exampleSku, fakeMeter, sha256 } from '../fakes/index.js';
import { connectionScene, DOMAIN, must } from './shop-connection-scene.test-kit.js';
import { shopLine, shopOrder } from './shop-scene.test-kit.js';

const scene = async () => {
  const shops = connectionScene();
  const { caller, memory, one, connections, clock } = shops;
  const channel = await shops.connect();
  const shop = connections.shopify.shop(DOMAIN);
  const taken: string[] = [];
  const meter = fakeMeter();
  const importing = importOrder({
    meter,
    ...memory,
    placeOrders: placeOrders({ intake: memory.intake }),
    followSource: followSource({ ...memory, ids: one.ids, policy: fewestLocations }),
    digest: sha256,
  });
  /** Notes what is taken in, and is out of order for one id. */
  let dying: string | null = null;
  let slowness = 0;
  const noting: ImportOrder = async (organizationId, channelId, order) => {
    if (order.externalId === dying) throw new Error('killed');
    taken.push(order.externalId);
    clock.advance(slowness);
    return importing(organizationId, channelId, order);
  };
  const sync = () => syncChannels({ ...one, importOrder: noting })(caller.organizationId);
  const orders = async () =>
    (await memory.unitOfWork.read(caller.organizationId, ({ orders: store }) => store.list({ limit: 100 }, {}))).data;
  return {
    ...shops,
    channel,
    shop,
    taken,
    meter,
    sync,
    orders,
    die: (externalId: string | null) => {
      dying = externalId;
    },
    put: (...ids: readonly string[]) => {
      for (const externalId of ids) shop.putOrder(shopOrder(1, [shopLine('MUG', 1)], { externalId }));
    },
    state: () => memory.unitOfWork.read(caller.organizationId, ({ channelSync }) => channelSync.find(channel.id)),
    ask: () => askForSync(one)(caller, channel.id),
    progress: async () => must(await syncProgress(one)(caller.organizationId, channel.id)),
    /** Each order that is taken in takes so long. */
    slowTo: (ms: number) => {
      slowness = ms;
    },
  };
};

const QUARTER_MS = 15 * 60_000;

describe('reading a shop', () => {
  it('takes in every order that its webhooks have not told of, counts, and later only what has changed', async () => {
    const { put, sync, orders, state, taken, clock } = await scene();
    put('1', '2', '3', '4', '5');
    await sync();
    expect(await orders()).toHaveLength(5);
    expect(await state()).toMatchObject({ status: 'done', read: 5, failed: 0, remaining: 0, problem: null });
    taken.length = 0;
    await sync();
    expect(taken).toEqual([]);
    put('6');
    clock.advance(QUARTER_MS);
    await sync();
    expect([taken, await state()]).toMatchObject([['6'], { read: 1 }]);
  });

  it('counts what it places, by the kind of shop, and not what is there already', async () => {
    const { put, sync, meter, clock } = await scene();
    put('1', '2');
    await sync();
    clock.advance(QUARTER_MS);
    put('2', '3');
    await sync();
    expect(meter.total('orders_placed_total', { source: 'shopify', outcome: 'placed' })).toBe(3);
    expect(meter.total('orders_placed_total')).toBe(3);
  });

  it('is done now when somebody asks for it', async () => {
    const { put, sync, taken, ask, state } = await scene();
    await sync();
    put('1');
    must(await ask());
    await sync();
    expect([taken, await state()]).toMatchObject([['1'], { status: 'done', read: 1 }]);
  });

  it('says how it goes: what was read, how fast, and how long the rest takes', async () => {
    const { put, sync, die, progress, slowTo, ask, clock, taken } = await scene();
    expect(await progress()).toMatchObject({
      status: 'waiting',
      startedAt: null,
      read: 0,
      ordersPerMinute: null,
      lookBackDays: 60,
    });
    put('1', '2', '3', '4', '5');
    expect(must(await ask())).toMatchObject({ status: 'waiting', nextAt: null, remaining: null });
    slowTo(15_000);
    die('4');
    await expect(sync()).rejects.toThrow('killed');
    // Three orders took 45 seconds, of which two are a whole page.
    expect(await progress()).toMatchObject({
      status: 'running',
      read: 2,
      remaining: 3,
      ordersPerMinute: 2.7,
      remainingSeconds: 68,
    });
    die(null);
    clock.advance(301_000);
    await sync();
    const done = await progress();
    expect(done).toMatchObject({ status: 'done', read: 5, remaining: 0, remainingSeconds: 0, problem: null });
    expect(done.nextAt).toEqual(new Date((done.finishedAt?.getTime() ?? 0) + QUARTER_MS));
    expect(taken).toEqual(['1', '2', '3', '3', '4', '5']);
  });

  it('goes on with whoever reads it when somebody asks meanwhile, and ends once', async () => {
    const { put, sync, die, ask, taken } = await scene();
    put('1', '2', '3');
    die('2');
    await expect(sync()).rejects.toThrow('killed');
    expect(must(await ask())).toMatchObject({ status: 'running', nextAt: null });
    die(null);
    await sync();
    expect(taken).toEqual(['1']);
  });

  it('goes on where it was when whoever did it was killed, from the page on whose orders were not all taken in', async () => {
    const { put, sync, die, state, taken, orders, clock } = await scene();
    put('1', '2', '3', '4', '5');
    die('4');
    await expect(sync()).rejects.toThrow('killed');
    expect(await state()).toMatchObject({ status: 'running', read: 2, remaining: 3 });
    die(null);
    await sync();
    expect(taken).toEqual(['1', '2', '3']);
    clock.advance(301_000);
    await sync();
    expect(taken).toEqual(['1', '2', '3', '3', '4', '5']);
    expect(await orders()).toHaveLength(5);
    expect(await state()).toMatchObject({ status: 'done', read: 5, remaining: 0 });
  });

  it('waits longer and longer for a shop that is away, and goes on afterwards', async () => {
    const { put, shop, sync, state, progress, orders, clock } = await scene();
    put('1');
    shop.breakDown('away');
    await sync();
    expect(await state()).toMatchObject({ status: 'running', problem: 'shop.unavailable', attempts: 1 });
    expect(await progress()).toMatchObject({ problem: 'shop.unavailable', nextAt: (await state())?.dueAt });
    shop.mend();
    await sync();
    expect(await orders()).toHaveLength(0);
    clock.advance(3_000);
    await sync();
    expect([(await orders()).length, await state()]).toMatchObject([1, { status: 'done', problem: null, attempts: 0 }]);
  });

  it('lists what the shop sells by the very SKU, and nothing by its name', async () => {
    const { shop, sync, memory, caller, channel, one } = await scene();
    await memory.unitOfWork.run(caller.organizationId, async ({ items, now }) => {
      for (const sku of ['MUG', 'PLATE']) await items.add({ ...exampleItem(sku), sku: exampleSku(sku), createdAt: now });
      return { ok: true as const, value: one.ids.next() };
    });
    shop.putVariant({ externalVariantId: '1', externalItemId: '91', sku: 'MUG', barcode: null, name: 'A mug' });
    shop.putVariant({ externalVariantId: '2', externalItemId: '92', sku: 'plate', barcode: null, name: 'PLATE' });
    await sync();
    const listed = await memory.unitOfWork.read(caller.organizationId, ({ channels }) => channels.listings({ limit: 10 }));
    expect(listed.data).toEqual([{ channelId: channel.id, externalVariantId: '1', sku: 'MUG' }]);
  });
});
