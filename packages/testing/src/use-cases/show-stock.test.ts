import { type Channel, hearShownStock, lookAtShownStock, type ShownStock, type Sku, showStock } from '@rappit/domain';
import { exampleItem, exampleLocation, exampleSku, inMemory } from '../fakes/index.js';
import { connectionScene, DOMAIN, must } from './shop-connection-scene.test-kit.js';

const mug = exampleSku('MUG');
const MINUTES_MS = 60_000;

/** A connected shop that lists mugs, of which there are ten. */
const scene = async () => {
  const shops = connectionScene();
  const { caller, memory, one, clock } = shops;
  const channel = await shops.connect();
  const rappit = inMemory({ over: { memory, ids: one.ids, clock } });
  const { id: locationId } = must(await rappit.addLocation(caller, exampleLocation('MAIN')));
  await rappit.addItem(caller, mug, exampleItem('Mug'));
  await rappit.receiveStock(caller, { sku: mug, locationId, quantity: 10, reference: null });
  const shop = shops.connections.shopify.shop(DOMAIN);
  const place = { externalItemId: '9', externalLocationId: '1' };
  shop.setStock(place, 0);
  shop.putLocation({ externalLocationId: '1', name: 'Main' });
  await shops.setUp(caller.organizationId);
  await memory.unitOfWork.run(caller.organizationId, async ({ channels, channelStock }) => {
    const variant = { externalVariantId: '42', externalItemId: '9', sku: null, barcode: null, name: 'Mug' };
    await channelStock.saveVariants(channel.id, [variant]);
    await channels.saveListing({ channelId: channel.id, externalVariantId: '42', sku: mug });
    return { ok: true as const, value: undefined };
  });
  const show = () => showStock(one)(caller.organizationId);
  const adjust = async (delta: number, sku: Sku = mug) =>
    must(await rappit.adjustStock(caller, { sku, locationId, delta, reason: delta < 0 ? 'loss' : 'found' }));
  const row = async (): Promise<ShownStock> => {
    const { data } = await memory.unitOfWork.read(caller.organizationId, ({ channelStock }) =>
      channelStock.list(channel.id, { limit: 10 }),
    );
    const [first] = data;
    if (!first) throw new Error('there is a place');
    return first;
  };
  const look = async () => {
    const found = await shops.find(channel);
    const opened = found && one.shops.of(caller.organizationId, found);
    if (!found || !opened) throw new Error('the shop can be asked');
    return must(await lookAtShownStock(one)(caller.organizationId, { channel: found as Channel, shop: opened }));
  };
  const hear = (available: number, where = place) =>
    hearShownStock(one)(caller.organizationId, channel.id, { ...where, available });
  return { ...shops, hear, shop, place, channel, show, adjust, row, look, shown: () => shop.shown(place) };
};

describe('stock that a shop shows', () => {
  it('is what may be promised less its buffer, and never less than none', async () => {
    const { caller, channel, change, show, shown, adjust, row } = await scene();
    await show();
    expect([shown(), await row()]).toMatchObject([
      10,
      { target: 10, submitted: 10, accepted: 10, observed: null, status: 'shown' },
    ]);
    must(await change(caller, channel.id, { buffer: 3 }));
    await show();
    expect(shown()).toBe(7);
    await adjust(-8);
    await show();
    expect(shown()).toBe(0);
  });

  it('is told once for however many changes, and not at all when nothing has changed', async () => {
    const { shop, show, shown, adjust } = await scene();
    await show();
    const before = shop.pushes();
    await adjust(-1);
    await adjust(-1);
    await adjust(-1);
    await show();
    await show();
    expect([shown(), shop.pushes() - before]).toEqual([7, 1]);
  });

  it('keeps what the shop has sold meanwhile: what has changed here is put on top of it, and drifts only until news have had time to come', async () => {
    const { shop, place, clock, show, shown, adjust, row } = await scene();
    await show();
    shop.setStock(place, 8);
    await adjust(-1);
    await show();
    expect([shown(), await row()]).toMatchObject([7, { target: 9, accepted: 7, status: 'due' }]);
    await adjust(-2);
    await show();
    expect([shown(), await row()]).toMatchObject([7, { target: 7, status: 'shown' }]);
    shop.setStock(place, 4);
    await adjust(1);
    await show();
    expect(shown()).toBe(5);
    clock.advance(5 * MINUTES_MS);
    await show();
    expect([shown(), await row()]).toMatchObject([8, { target: 8, accepted: 8, status: 'shown', settlesAt: null }]);
  });

  it('knows its own word again when the answer to it was lost', async () => {
    const { shop, clock, show, shown, row } = await scene();
    shop.breakDown('lost');
    await show();
    expect([shown(), await row()]).toMatchObject([
      10,
      { submitted: 10, accepted: null, status: 'due', problem: 'shop.unknown_outcome' },
    ]);
    shop.mend();
    clock.advance(MINUTES_MS);
    await show();
    expect(await row()).toMatchObject({ accepted: 10, observed: null, status: 'shown', attempts: 0, problem: null });
  });

  it('is heard of: the echo of our own word says nothing, and what somebody else set is left for their news to come', async () => {
    const { shop, place, hear, clock, show, shown, row } = await scene();
    await show();
    const before = await row();
    expect(must(await hear(10))).toBe('seen');
    expect(await row()).toEqual(before);
    shop.setStock(place, 8);
    expect(must(await hear(8))).toBe('differs');
    expect(await row()).toMatchObject({ observed: 8, status: 'due' });
    await show();
    expect(shown()).toBe(8);
    clock.advance(5 * MINUTES_MS);
    await show();
    expect([shown(), await row()]).toMatchObject([10, { status: 'shown' }]);
    expect(must(await hear(4, { ...place, externalLocationId: 'another' }))).toBe('unused');
  });

  it('is given up where the shop says no, and tried again when there is another amount to show', async () => {
    const { shop, place, show, row, adjust, shown } = await scene();
    shop.forget(place);
    await show();
    expect(await row()).toMatchObject({ status: 'givenUp', problem: 'shop.refused' });
    shop.setStock(place, 1);
    await show();
    expect(shown()).toBe(1);
    await adjust(-1);
    await show();
    expect([shown(), await row()]).toMatchObject([9, { status: 'shown' }]);
  });

  it('is tried a bounded number of times while the shop is away, and found again by a look', async () => {
    const { shop, clock, show, row, look, shown } = await scene();
    shop.breakDown('away');
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await show();
      clock.advance(60 * MINUTES_MS);
    }
    expect(await row()).toMatchObject({ status: 'givenUp', problem: 'shop.unavailable', attempts: 12 });
    shop.mend();
    expect(await look()).toBe(1);
    await show();
    clock.advance(5 * MINUTES_MS);
    await show();
    expect(shown()).toBe(10);
  });

  it('is looked at, and set right where somebody else has changed it, once their news have had time to come', async () => {
    const { shop, place, clock, show, shown, look, row } = await scene();
    await show();
    expect(await look()).toBe(0);
    shop.setStock(place, 12);
    expect([await look(), await row()]).toMatchObject([1, { observed: 12, status: 'due' }]);
    await show();
    expect(shown()).toBe(10);
    shop.setStock(place, 6);
    await look();
    await show();
    expect(shown()).toBe(6);
    clock.advance(5 * MINUTES_MS);
    await show();
    expect(shown()).toBe(10);
  });

  it('is shown of each location by what is at the locations that it stands for', async () => {
    const { caller, channel, change, show, shop, find } = await scene();
    const other = { externalItemId: '9', externalLocationId: '2' };
    shop.setStock(other, 5);
    const mapped = (await find(channel))?.locations ?? [];
    must(await change(caller, channel.id, { locations: [...mapped, { externalLocationId: '2', locationIds: [] }] }));
    await show();
    expect([shop.shown({ externalItemId: '9', externalLocationId: '1' }), shop.shown(other)]).toEqual([10, 0]);
  });
});
