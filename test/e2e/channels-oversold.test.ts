import { allOf } from './api-client.js';
import { type ConnectedShops, connectByKeys, connectedShops, stocked } from './connected-shops.js';
import { inboxEmptied, stockShown } from './settled-shops.js';

type OrderShape = { readonly id: string; readonly status: string };
type Level = { readonly onHand: number; readonly reserved: number };
type Proposal = {
  readonly kind: string;
  readonly fromOrderId: string | null;
  readonly request: { readonly path: string; readonly body: unknown } | null;
};

describe('two shops that share 50 units', () => {
  const UNITS = 50;
  let shops: ConnectedShops;
  beforeAll(async () => {
    shops = await connectedShops({ apps: 2 });
  });
  afterAll(() => shops.close());

  it('promise 50 of them to 200 buyers who come to both at once, and show who has to wait', async () => {
    const { shop, woo, at, deliver } = shops;
    const client = at(0);
    await stocked(client, { MUG: UNITS });
    const mug = shop.addVariant({ sku: 'MUG', productTitle: 'Mug' }, UNITS);
    woo.putItem({ id: '11', sku: 'MUG', barcode: '', name: 'Mug', option: '', isVirtual: false, stock: UNITS });
    await connectByKeys(shops);
    shop.deliveries();
    // Nobody has told the store yet that others sell the same.
    woo.setStock('11', 100);
    for (let buyer = 0; buyer < 100; buyer += 1) {
      shop.buy([{ variantId: mug.id, quantity: 1 }]);
      woo.buy([{ itemId: '11', quantity: 1 }]);
    }
    let most = 0;
    const look = async (): Promise<void> => {
      const levels = await allOf<Level>(client, '/inventory/levels');
      most = Math.max(most, ...levels.map(({ reserved }) => reserved));
    };
    const told = [...shop.deliveries()];
    const tell = async (index: number): Promise<void> => {
      for (let next = told.shift(); next; next = told.shift()) expect(await deliver(next, index)).toBe(200);
    };
    const looking = Promise.all([tell(0), tell(1), tell(0), tell(1), woo.deliver()]);
    await look();
    await looking;
    expect(await inboxEmptied(shops)).toEqual([]);
    await look();
    expect(most).toBe(UNITS);

    const orders = await allOf<OrderShape>(client, '/orders');
    expect(orders.length).toBe(200);
    expect(orders.filter(({ status }) => status === 'backordered').length).toBe(150);
    expect(await allOf<Level>(client, '/inventory/levels')).toMatchObject([{ onHand: UNITS, reserved: UNITS }]);
    const waiting = orders.find(({ status }) => status === 'backordered');
    const { data } = await client.get<{ data: Proposal[] }>(`/orders/${waiting?.id}/proposals`);
    expect(new Set(data.map(({ kind }) => kind))).toEqual(new Set(['reallocate', 'backorder', 'cancel']));
    const cancel = data.find(({ kind }) => kind === 'cancel')?.request;
    expect((await client.post(cancel?.path ?? '', cancel?.body)).body).toMatchObject({ id: waiting?.id, status: 'cancelled' });
    const release = data.find(({ kind }) => kind === 'reallocate');
    expect((await client.post(release?.request?.path ?? '', undefined)).status).toBe(200);
    expect(await client.get(`/orders/${release?.fromOrderId}`)).toMatchObject({ status: 'backordered' });
    expect(await allOf<Level>(client, '/inventory/levels')).toMatchObject([{ onHand: UNITS, reserved: UNITS }]);
    const [location] = shop.locations();
    const shown = () => [shop.stockAt(mug.inventoryItemId, location?.id ?? ''), woo.stockOf('11')];
    await stockShown(shops, async () => shown().every((units) => units === 0));
    expect(shown()).toEqual([0, 0]);
  });
});
