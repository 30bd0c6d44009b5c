import { createHmac } from 'node:crypto';
import type { WooRequest } from './webhooks.js';
import { startWooSimulator, type WooSimulator } from './woo-simulator.js';

const SECRET = 'SECRETwombat';
const ADDRESS = 'https://hub.example.com/hooks';

const open: WooSimulator[] = [];
afterEach(async () => {
  for (const shop of open.splice(0)) await shop.close();
});

const start = async (seed = 1) => {
  const came: WooRequest[] = [];
  let status = 200;
  const shop = await startWooSimulator({
    seed,
    now: () => new Date('2026-11-01T10:00:00Z'),
    post: async (request) => {
      came.push(request);
      return status;
    },
  });
  open.push(shop);
  shop.putItem({ id: '11', sku: 'MUG', barcode: '', name: 'Mug', option: '', isVirtual: false, stock: 100 });
  shop.putWebhook({ name: 'ours', status: 'active', topic: 'order.created', deliveryUrl: ADDRESS, secret: SECRET });
  shop.putWebhook({ name: 'ours', status: 'active', topic: 'order.updated', deliveryUrl: ADDRESS, secret: SECRET });
  return {
    shop,
    came,
    answer: (next: number) => {
      status = next;
    },
    buy: (quantity = 1): string => shop.buy([{ itemId: '11', quantity }]) ?? 'nothing',
  };
};

const told = ({ headers, body }: WooRequest) => [headers['x-wc-webhook-topic'], String(JSON.parse(body).id)];

describe('a simulated store', () => {
  it('takes what is bought from its stock, sells nothing that it does not show, and takes back what is cancelled', async () => {
    const { shop, buy } = await start();
    const id = buy(30);
    expect([buy(71), shop.stockOf('11')]).toEqual(['nothing', 70]);
    shop.cancelOrder(id);
    expect([shop.stockOf('11'), shop.order(id)?.status]).toEqual([100, 'cancelled']);
  });

  it('gives money back, and units where that is said', async () => {
    const { shop, buy } = await start();
    const id = buy(3);
    const lineId = shop.order(id)?.lines[0]?.id ?? '';
    shop.refund(id, [{ lineId, quantity: 1 }]);
    shop.refund(id, [{ lineId, quantity: 1 }], true);
    expect(shop.order(id)?.refunds.map(({ totalMinor }) => totalMinor)).toEqual([1_000, 1_000]);
    expect(shop.stockOf('11')).toBe(98);
  });

  it('answers nobody whose key it has not given, or has taken back', async () => {
    const { shop } = await start();
    const { consumerKey, consumerSecret } = shop.giveKeys();
    const ask = async (key: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`${key}:${consumerSecret}`).toString('base64')}`;
      return (await fetch(`${shop.baseUrl}/wp-json/wc/v3/orders`, { headers: { authorization } })).status;
    };
    expect([await ask(consumerKey), await ask('ck_another')]).toEqual([200, 401]);
    shop.revokeKeys();
    expect(await ask(consumerKey)).toBe(401);
  });
});

describe('deliveries of a simulated store', () => {
  it('are signed over their bytes, and have one id in a second, as WooCommerce’s do', async () => {
    const { shop, came, buy } = await start();
    const ids = [buy(), buy()];
    expect(await shop.deliver()).toEqual({ sent: 2, dropped: 0, late: 0, refused: 0 });
    expect(came.map(told).sort()).toEqual(ids.map((id) => ['order.created', id]));
    for (const { headers, body } of came)
      expect(headers['x-wc-webhook-signature']).toBe(createHmac('sha256', SECRET).update(body).digest('base64'));
    expect(new Set(came.map(({ headers }) => headers['x-wc-webhook-delivery-id'])).size).toBe(1);
    expect(await shop.deliver()).toMatchObject({ sent: 0 });
  });

  it('tell once of a thing that changed often, as it is when they are sent', async () => {
    const { shop, came, buy } = await start();
    const id = buy();
    shop.completeOrder(id);
    shop.changeOrder(id, { status: 'cancelled' });
    await shop.deliver();
    expect(came.map(told).sort()).toEqual([
      ['order.created', id],
      ['order.updated', id],
    ]);
    expect(came.map(({ body }) => JSON.parse(body).status)).toEqual(['cancelled', 'cancelled']);
  });

  it('are lost, doubled, late and shuffled as often as is asked for, the same way for the same seed', async () => {
    const fates = async (seed: number) => {
      const { shop, came, buy } = await start(seed);
      for (let count = 0; count < 60; count += 1) buy();
      const first = await shop.deliver({ dropped: 0.1, doubled: 0.3, late: 0.3 });
      const second = await shop.deliver();
      return { first, second, ids: came.map(told).map(([, id]) => id) };
    };
    const one = await fates(7);
    expect(await fates(7)).toEqual(one);
    expect((await fates(8)).ids).not.toEqual(one.ids);
    const { first, second, ids } = one;
    expect(first.dropped).toBeGreaterThan(0);
    expect(second.sent).toBe(first.late);
    expect(new Set(ids).size).toBe(60 - first.dropped);
    expect(ids.length).toBeGreaterThan(60 - first.dropped);
    expect(ids).not.toEqual([...ids].sort());
  });

  it('end when the seventh in a row was not taken', async () => {
    const { shop, answer, buy } = await start();
    const created = () => shop.webhooks().find(({ topic }) => topic === 'order.created');
    answer(500);
    for (let count = 1; count <= 6; count += 1) {
      buy();
      await shop.deliver();
    }
    expect(created()).toMatchObject({ status: 'active', failures: 6 });
    buy();
    await shop.deliver();
    expect(created()?.status).toBe('disabled');
    buy();
    expect(await shop.deliver()).toMatchObject({ sent: 0 });
  });
});
