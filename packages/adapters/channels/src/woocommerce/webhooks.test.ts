import { type WooWorld, wooWorld } from './woo-world.test-kit.js';

const ADDRESS = 'https://hub.example.com/api/v1/webhooks/woocommerce/7';
const [OLD, NEW] = ['SECRETwombatold', 'SECRETwombatnew'];

let world: WooWorld;
beforeEach(async () => {
  world = await wooWorld();
});
afterEach(() => world.close());

const ensure = async (secret = NEW) => {
  const ensured = await world.channel.ensureWebhooks(ADDRESS, secret);
  if (!ensured.ok) throw new Error(ensured.error.message);
  return ensured.value;
};

describe('the webhooks of a store', () => {
  it('are switched on again where the store has switched them off', async () => {
    const { made } = await ensure();
    const ours = world.shop.webhooks().find(({ topic }) => topic === 'order.updated');
    if (!ours) throw new Error('the webhook is there');
    world.shop.dropWebhook('order.updated');
    world.shop.putWebhook({ ...ours, status: 'disabled' });
    expect(await ensure()).toEqual({ made: ['order.updated'], kept: made.filter((topic) => topic !== 'order.updated') });
    expect(world.shop.webhooks().map(({ status }) => status)).toEqual(made.map(() => 'active'));
  });

  it('are given our secret where they were signed with another', async () => {
    const { made } = await ensure(OLD);
    expect(await ensure()).toEqual({ made, kept: [] });
    expect(await ensure()).toEqual({ made: [], kept: made });
    expect(world.shop.webhooks().map(({ secret }) => secret)).toEqual(made.map(() => NEW));
    expect(JSON.stringify(world.shop.webhooks().map(({ name }) => name))).not.toContain(NEW);
  });

  it('of others are left alone, also of those who hear the same', async () => {
    world.shop.putWebhook({
      name: 'ERP',
      status: 'active',
      topic: 'order.updated',
      deliveryUrl: 'https://erp.example.com/',
      secret: OLD,
    });
    await ensure();
    await world.channel.dropWebhooks(ADDRESS);
    expect(world.shop.webhooks().map(({ name }) => name)).toEqual(['ERP']);
  });
});

describe('stock', () => {
  it('of a hundred and fifty places is shown by two requests, each place answered in its turn', async () => {
    const places = Array.from({ length: 150 }, (_, index) => ({
      externalItemId: String(5_000 + index),
      externalLocationId: null,
    }));
    for (const { externalItemId: id } of places.filter((_, index) => index % 2 === 0))
      world.shop.putItem({ id, sku: id, barcode: '', name: id, option: '', isVirtual: false, stock: null });
    const before = world.shop.recorded().length;
    const shown = await world.channel.showStock(
      'key',
      places.map((place) => ({ ...place, available: 4, expected: null })),
    );
    expect(
      world.shop
        .recorded()
        .slice(before)
        .map(({ method, url }) => `${method} ${url}`),
    ).toEqual(['POST /wp-json/wc/v3/products/batch', 'POST /wp-json/wc/v3/products/batch']);
    expect(shown.ok && shown.value.map(({ outcome }) => outcome)).toEqual(
      places.map((_, index) => (index % 2 === 0 ? 'accepted' : 'refused')),
    );
    const levels = await world.channel.stockShown(places);
    expect(levels.ok && levels.value).toEqual(places.map((_, index) => (index % 2 === 0 ? 4 : null)));
  });

  it('of what is no place of this shop is refused, and shown nowhere', async () => {
    const place = { externalItemId: 'gid://shopify/InventoryItem/7', externalLocationId: null };
    expect(await world.channel.showStock('key', [{ ...place, available: 1, expected: null }])).toMatchObject({
      value: [{ outcome: 'refused' }],
    });
    expect(await world.channel.stockShown([place])).toEqual({ ok: true, value: [null] });
  });
});

describe('a tracking number', () => {
  it('is told of the very lines, by ids that are kept to the last digit', async () => {
    const own = await wooWorld('own');
    try {
      const order = own.exampleOrder('820982911946154508');
      await own.putOrder(order);
      const lines = order.lines.map(({ external, quantity }) => ({ externalLineId: external.lineId, quantity }));
      const tracking = { company: 'DHL Express', number: '1234567890', url: 'https://track.example.com/1234567890' };
      await own.channel.tellFulfilment({ externalOrderId: order.externalId, lines, tracking, notifyCustomer: true });
      expect(own.shop.toldOf(order.externalId)).toMatchObject([
        {
          is_fulfilled: true,
          meta_data: [
            {
              key: '_items',
              value: [
                { item_id: '8209829119461545081', qty: 1 },
                { item_id: '8209829119461545082', qty: 2 },
              ],
            },
            { key: '_tracking_number', value: '1234567890' },
            { key: '_shipment_provider', value: 'DHL Express' },
            { key: '_tracking_url', value: 'https://track.example.com/1234567890' },
          ],
        },
      ]);
      expect(own.shop.recorded().at(-1)?.url).toContain('?notify_customer=true');
    } finally {
      await own.close();
    }
  });

  it('that begins with another one is another one', async () => {
    const order = world.exampleOrder('101');
    await world.putOrder(order);
    for (const number of ['1234567890', '123456789'])
      await world.channel.tellFulfilment({
        externalOrderId: '101',
        lines: [],
        tracking: { company: 'DHL Express', number, url: null },
        notifyCustomer: false,
      });
    expect(world.shop.trackingNumbers('101')).toEqual(['1234567890', '123456789']);
  });
});
