import { startWooSimulator, type WooRequest } from '@rappit/simulators/woocommerce';
import { credentialsOf } from './credentials.js';
import { wooArrival } from './delivery.js';
import { wooReader } from './woo-reader.js';
import { wooShop } from './woo-shop.js';
import { nearby } from './woo-world.test-kit.js';

const ADDRESS = 'https://hub.example.com/api/v1/webhooks/woocommerce/7';
const SECRET = 'SECRETwombat';

it('what a store sends is a ping, then deliveries that verify, and are read', async () => {
  const came: WooRequest[] = [];
  const shop = await startWooSimulator({
    post: async (request) => {
      came.push(request);
      return 200;
    },
  });
  try {
    shop.putItem({ id: '11', sku: 'MUG', barcode: '', name: 'Mug', option: '', isVirtual: false, stock: 5 });
    const credentials = credentialsOf(shop.giveKeys());
    const channel = wooShop(nearby)(shop.shopDomain, async () => ({ ok: true, value: credentials }));
    const ensured = await channel.ensureWebhooks(ADDRESS, SECRET);
    const arrivals = () =>
      came.splice(0).map(({ headers, body }) => ({ arrival: wooArrival({ headers, body: Buffer.from(body) }), body }));
    expect(arrivals().map(({ arrival }) => arrival.kind)).toEqual(ensured.ok && ensured.value.made.map(() => 'ping'));
    const id = shop.buy([{ itemId: '11', quantity: 2 }]) ?? '';
    shop.setStock('11', 9);
    await shop.deliver();
    const read = arrivals().map(({ arrival, body }) => {
      if (arrival.kind !== 'delivery') return arrival.kind;
      expect(wooReader.verifies(Buffer.from(body), arrival.signature, SECRET)).toBe(true);
      expect(wooReader.verifies(Buffer.from(`${body} `), arrival.signature, SECRET)).toBe(false);
      const message = wooReader.read(arrival.topic, body);
      if (!message.ok) return message.error.path;
      return message.value.kind === 'order' ? message.value.order.externalId : message.value;
    });
    expect(read).toHaveLength(2);
    expect(read).toContain(id);
    expect(read).toContainEqual({ kind: 'stock', place: { externalItemId: '11', externalLocationId: null }, available: 9 });
  } finally {
    await shop.close();
  }
});
