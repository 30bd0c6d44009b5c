import { connectShops } from '../../packages/app/src/demo/connect-shops.js';
import { type ApiClient, allOf, registered } from './api-client.js';
import type { AppProcess } from './app-process.js';
import { simulatedNames, until, withSimulatedShops } from './simulated-shops.js';

type Shown = {
  readonly kind: string;
  readonly goods: readonly { readonly sku: string; readonly stock: number | null }[];
  readonly orders: readonly { readonly number: string; readonly lines: readonly { readonly sku: string }[] }[];
};

describe('a server with simulated shops, and a merchant who connects both', () => {
  let app: AppProcess;
  let stop: () => Promise<void>;
  let owner: ApiClient;
  beforeAll(async () => {
    const begun = await withSimulatedShops();
    ({ app, stop } = begun);
    owner = await registered(app);
    await connectShops({ baseUrl: app.apiUrl, token: owner.token, shops: simulatedNames });
  });
  afterAll(() => stop());

  const ordersOf = async () => allOf<{ readonly status: string }>(owner, '/orders');
  const shown = async (): Promise<readonly Shown[]> =>
    ((await (await fetch(new URL('/test/shops', app.apiUrl))).json()) as { readonly data: readonly Shown[] }).data;

  it('has their orders, of which one waits for somebody to say what was sold', async () => {
    expect(await owner.get('/channels')).toMatchObject({
      data: [
        { kind: 'woocommerce', access: 'oauth', status: 'connected' },
        { kind: 'shopify', access: 'oauth', status: 'connected' },
      ],
    });
    const orders = await until(ordersOf, ({ length }) => length === 5);
    expect(orders.map(({ status }) => status).sort()).toEqual(['onHold', 'reserved', 'reserved', 'reserved', 'reserved']);
  });

  it('hears what somebody buys in a shop, and both shops show what is left', async () => {
    for (const kind of ['shopify', 'woocommerce'])
      expect(
        await fetch(new URL(`/test/shops/${kind}/orders`, app.apiUrl), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ sku: 'MUG-BLUE', quantity: 3 }),
        }),
      ).toMatchObject({ status: 201 });
    await until(ordersOf, ({ length }) => length === 7);
    // Of 40, each shop had sold two before, and three now.
    const isLeft = ({ goods }: Shown): boolean => goods.find(({ sku }) => sku === 'MUG-BLUE')?.stock === 30;
    const shops = await until(shown, (all) => all.every(isLeft));
    expect(shops.map(({ kind }) => kind)).toEqual(['shopify', 'woocommerce']);
  });

  it('connects them again when somebody does it a second time, and nothing comes twice', async () => {
    const again = await connectShops({ baseUrl: app.apiUrl, token: owner.token, shops: simulatedNames });
    expect(again.map(({ status }) => status)).toEqual(['connected', 'connected']);
    expect(await ordersOf()).toHaveLength(7);
    expect(await owner.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
  });
});
