import {
  type ChannelMessage,
  eraseShop,
  fewestLocations,
  followSource,
  hearFarewell,
  importOrder,
  ok,
  placeOrders,
  readOrderAgain,
  type ShopReaders,
  showStock,
  syncChannels,
  workInbox,
} from '@rappit/domain';
import { exampleItem, exampleLocation, exampleSku, inMemory } from '../fakes/index.js';
import { connectionScene, DOMAIN, must } from './shop-connection-scene.test-kit.js';
import { shopLine, shopOrder } from './shop-scene.test-kit.js';

const mug = exampleSku('MUG');

/** A connected shop that can be asked, three mugs, and an inbox in which each delivery is what it is said to be. */
const scene = async () => {
  const shops = connectionScene();
  const { caller, memory, one, clock, connections } = shops;
  const { organizationId } = caller;
  const rappit = inMemory({ over: { memory, ids: one.ids, clock } });
  const { id: locationId } = must(await rappit.addLocation(caller, exampleLocation('MAIN')));
  await rappit.addItem(caller, mug, exampleItem('Mug'));
  await rappit.receiveStock(caller, { sku: mug, locationId, quantity: 3, reference: null });
  const channel = await shops.connect();
  const said: ChannelMessage[] = [];
  const readers: ShopReaders = {
    shopify: { verifies: () => true, read: (_, body) => ok(said[Number(body)] ?? { kind: 'unused', topic: body }) },
  };
  const deps = {
    ...one,
    placeOrders: placeOrders({ intake: memory.intake }),
    followSource: followSource({ ...memory, ids: one.ids, policy: fewestLocations }),
  };
  const takingIn = { ...deps, importOrder: importOrder(deps) };
  const begun: string[] = [];
  const beginShowing = async (id: string): Promise<void> => void begun.push(id);
  const work = () =>
    workInbox({
      ...takingIn,
      readers,
      readOrderAgain: readOrderAgain(deps),
      hearFarewell: hearFarewell(one),
      eraseShop: eraseShop(one),
      beginShowing,
    })(organizationId);
  const logged = async () =>
    (await memory.unitOfWork.read(organizationId, ({ inbox }) => inbox.list(channel.id, { limit: 50 }))).data;
  return {
    ...shops,
    rappit,
    channel,
    shop: connections.shopify.shop(DOMAIN),
    work,
    begun,
    logged,
    sync: () => syncChannels(takingIn)(organizationId),
    /** What became of it. */
    tell: async (message: ChannelMessage): Promise<string | null | undefined> => {
      const deliveryId = String(said.push(message) - 1);
      const facts = { id: one.ids.next(), sourceId: channel.id, topic: 'told', deliveryId, body: deliveryId };
      await memory.unitOfWork.run(organizationId, async ({ inbox, now }) =>
        ok(await inbox.receive({ ...facts, receivedAt: now })),
      );
      await work();
      return (await memory.unitOfWork.read(organizationId, ({ inbox }) => inbox.find(facts.id)))?.outcome;
    },
    order: async () => {
      const { data } = await memory.unitOfWork.read(organizationId, ({ orders }) => orders.list({ limit: 10 }, {}));
      const [first] = data;
      return first && memory.unitOfWork.read(organizationId, ({ orders }) => orders.find(first.id));
    },
    reserved: async () => {
      const { data } = await memory.unitOfWork.read(organizationId, ({ stock }) => stock.levels({ limit: 10 }, {}));
      return data.reduce((sum, { reserved }) => sum + reserved, 0);
    },
  };
};

const changed = { kind: 'doubtful', externalId: '1' } as const;
const sold = (hour: number, quantity = 2) => shopOrder(hour, [shopLine('MUG', quantity)]);

describe('a shop that is asked', () => {
  it('is believed when it is asked for an order of which something changed', async () => {
    const { shop, tell, order } = await scene();
    shop.putOrder(sold(1));
    expect(await tell(changed)).toBe('placed');
    shop.putOrder(sold(2, 3));
    expect([await tell(changed), await tell(changed)]).toEqual(['updated', 'known']);
    expect((await order())?.lines[0]?.reserved).toBe(3);
  });

  it('decides between two words of one moment, whichever came first', async () => {
    const { shop, tell, order } = await scene();
    const [before, after] = [sold(1, 3), sold(1, 1)];
    shop.putOrder(after);
    expect(await tell({ kind: 'order', order: after })).toBe('placed');
    expect(await tell({ kind: 'order', order: before })).toBe('known');
    expect((await order())?.lines[0]?.ordered).toBe(1);
    shop.putOrder(before);
    expect(await tell({ kind: 'order', order: before })).toBe('updated');
    expect((await order())?.lines[0]?.ordered).toBe(3);
  });

  it('takes an order back that it does not sell any more, and begins it again when it does', async () => {
    const { shop, tell, order, reserved } = await scene();
    shop.putOrder(sold(1));
    await tell(changed);
    expect(await reserved()).toBe(2);
    shop.dropOrder('1');
    expect([await tell(changed), await tell(changed)]).toEqual(['withdrawn', 'known']);
    expect([(await order())?.status, await reserved()]).toEqual(['cancelled', 0]);
    shop.putOrder(sold(2));
    expect([await tell({ kind: 'order', order: sold(2) }), (await order())?.status, await reserved()]).toEqual([
      'updated',
      'reserved',
      2,
    ]);
  });

  it('keeps what left of an order that it has no more, and says nothing of one that nobody has', async () => {
    const { shop, tell, order } = await scene();
    shop.putOrder(shopOrder(1, [shopLine('MUG', 3, { shipped: 1 })]));
    await tell(changed);
    shop.dropOrder('1');
    expect([await tell(changed), await tell({ kind: 'doubtful', externalId: '2' })]).toEqual(['withdrawn', 'notThere']);
    expect(await order()).toMatchObject({ status: 'shipped', lines: [{ shipped: 1, cancelled: 2, reserved: 0 }] });
  });

  it('is waited for while it is away', async () => {
    const { shop, tell, work, order, clock } = await scene();
    shop.putOrder(sold(1));
    shop.breakDown('away');
    expect(await tell(changed)).toBe('shop.unavailable');
    shop.mend();
    clock.advance(3_000);
    expect(await work()).toBe(1);
    expect((await order())?.status).toBe('reserved');
  });

  it('is asked again for an order that could not be taken in when the shop was read, and the others are taken in', async () => {
    const { shop, sync, work, order, logged, clock } = await scene();
    shop.putOrder(shopOrder(1, [shopLine('MUG', 1.5)]));
    shop.putOrder(shopOrder(1, [shopLine('MUG', 1)], { externalId: '2' }));
    await sync();
    expect((await order())?.source).toMatchObject({ externalId: '2' });
    expect(await logged()).toMatchObject([{ topic: 'rappit/read-again', status: 'due' }]);
    await work();
    expect(await logged()).toMatchObject([{ status: 'dead', outcome: 'order.invalid' }]);
    clock.advance(20 * 60_000);
    await sync();
    expect(await logged()).toHaveLength(1);
  });

  it('is shown its stock again at once where it shows something else, and not for the echo of our own word', async () => {
    const { shop, tell, begun, caller, channel, change, memory, one } = await scene();
    const place = { externalItemId: '91', externalLocationId: null };
    shop.setStock(place, 0);
    shop.putVariant({ externalVariantId: '1', externalItemId: '91', sku: 'MUG', barcode: null, name: 'A mug' });
    must(await change(caller, channel.id, { locations: [{ externalLocationId: null, locationIds: null }] }));
    await memory.unitOfWork.run(caller.organizationId, async ({ channels, channelStock }) => {
      await channelStock.saveVariants(channel.id, [
        { externalVariantId: '1', externalItemId: '91', sku: 'MUG', barcode: null, name: 'A mug' },
      ]);
      return ok(await channels.saveListing({ channelId: channel.id, externalVariantId: '1', sku: mug }));
    });
    await showStock(one)(caller.organizationId);
    expect(shop.shown(place)).toBe(3);
    expect([await tell({ kind: 'stock', place, available: 3 }), begun]).toEqual(['seen', []]);
    expect(await tell({ kind: 'stock', place: { ...place, externalItemId: '92' }, available: 9 })).toBe('unused');
    shop.setStock(place, 50);
    expect([await tell({ kind: 'stock', place, available: 50 }), begun]).toEqual(['differs', [caller.organizationId]]);
    await showStock(one)(caller.organizationId);
    expect(shop.shown(place)).toBe(3);
  });

  it('that takes our access away has to be connected again, unless it knows us', async () => {
    const { tell, find, channel, connections, audit } = await scene();
    expect([await tell({ kind: 'disconnected' }), (await find(channel))?.status]).toEqual(['stale', 'connected']);
    connections.shopify.revoke();
    expect([await tell({ kind: 'disconnected' }), (await find(channel))?.status]).toEqual(['parted', 'reconnectNeeded']);
    await tell({ kind: 'disconnected' });
    expect((await audit()).filter((kind) => kind === 'channel.reconnect_needed')).toHaveLength(1);
  });

  it('that wants to be forgotten leaves neither what let us in nor what its goods are called, and can be connected again', async () => {
    const { tell, find, channel, connections, memory, caller, credentials, connect, audit } = await scene();
    const kept = async () => {
      const { channels } = await memory.unitOfWork.read(caller.organizationId, async (stores) => ({
        channels: [await stores.channels.secretsOf(channel.id), (await stores.channels.listings({ limit: 9 }, channel.id)).data],
      }));
      return [await credentials(channel), ...channels];
    };
    await memory.unitOfWork.run(caller.organizationId, async ({ channels }) => {
      await channels.saveSecrets(channel.id, ['sealed:wombat']);
      return ok(await channels.saveListing({ channelId: channel.id, externalVariantId: '1', sku: mug }));
    });
    connections.shopify.revoke();
    expect(await tell({ kind: 'eraseShop' })).toBe('forgotten');
    expect([await kept(), (await find(channel))?.status]).toEqual([[undefined, [], []], 'disconnected']);
    await tell({ kind: 'eraseShop' });
    expect((await audit()).filter((kind) => kind === 'channel.disconnected')).toHaveLength(1);
    expect(await connect()).toMatchObject({ id: channel.id, status: 'connected' });
  });

  it('that wants to be forgotten, but knows us again meanwhile, keeps what it is reached by', async () => {
    const { tell, find, channel, credentials } = await scene();
    const before = await credentials(channel);
    expect(await tell({ kind: 'eraseShop' })).toBe('forgotten');
    expect([await credentials(channel), (await find(channel))?.status]).toEqual([before, 'connected']);
  });

  it('that wants to be forgotten and is away is asked again', async () => {
    const { tell, shop, find, channel } = await scene();
    shop.breakDown('away');
    expect(await tell({ kind: 'eraseShop' })).not.toBe('forgotten');
    expect((await find(channel))?.status).toBe('connected');
  });
});
