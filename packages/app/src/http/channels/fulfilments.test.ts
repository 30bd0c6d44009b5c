import type { ChannelKind, SalesChannel, ShopConnections } from '@rappit/domain';
import { fakeClock } from '@rappit/testing/fakes';
import { SECRET } from '../../../../../test/markers.js';
import { inMemoryBackendAt } from '../testing/backend.test-kit.js';
import { read } from '../testing/client.test-kit.js';
import { type Acts, actsOf, type OrderShape, PARCEL, type PageShape } from '../testing/scene.test-kit.js';
import { simulatedWorld } from '../testing/simulated-shops.test-kit.js';
import { type Account, openWorld, type World } from '../testing/world.test-kit.js';

type Told = {
  readonly status: string;
  readonly trackingNumber: string;
  readonly attempts: number;
  readonly problem: string | null;
};

const TEN_MINUTES = 600_000;

/** Parcels of shops' orders, shipped over HTTP, and what the shops then show. */
describe.each<ChannelKind>(['shopify', 'woocommerce'])('a parcel for an order of %s', (kind) => {
  const clock = fakeClock(new Date());
  let around: Awaited<ReturnType<typeof simulatedWorld>>;
  let world: World;
  let account: Account;
  let acts: Acts;
  let channelId: string;
  /** Called when a shop has been told, before anybody hears its answer. */
  let afterTelling: () => void;
  beforeAll(async () => {
    around = await simulatedWorld();
    world = await openWorld(() => inMemoryBackendAt(clock.now), { connections: interrupted(around.connections) });
  });
  beforeEach(async () => {
    afterTelling = () => undefined;
    account = await world.signUp();
    acts = actsOf(world, account);
    for (const sku of ['MUG-BLUE', 'MUG-WHITE', 'TEA-MINT']) await acts.addItem(sku);
    const locationId = await acts.addLocation('MAIN');
    for (const sku of ['MUG-BLUE', 'MUG-WHITE', 'TEA-MINT']) await acts.receive(sku, locationId, 100);
    const keys = kind === 'shopify' ? { accessToken: around.shop.token() } : around.store.giveKeys();
    const shopDomain = around.simulatedShops[kind].shop;
    const added = await acts.post('/channels', {
      kind,
      name: 'Shop',
      shopDomain,
      keys,
      ...(kind === 'shopify' && { webhookSecret: `${SECRET}-of-its-own-app` }),
    });
    expect(added.status).toBe(201);
    channelId = read<{ id: string }>(added).id;
    await world.useCases.syncChannels(account.organizationId);
  });
  afterEach(() => {
    around.shopify.mend();
    around.store.mend();
  });
  afterAll(async () => {
    await world.close();
    await around.close();
  });

  /** Something may happen to whoever has told a shop. */
  const interrupted = (connections: ShopConnections): ShopConnections => {
    const after = (shop: SalesChannel): SalesChannel => ({
      ...shop,
      tellFulfilment: async (fulfilment) => {
        const told = await shop.tellFulfilment(fulfilment);
        afterTelling();
        return told;
      },
    });
    return Object.fromEntries(
      Object.entries(connections).map(([name, connection]) => [
        name,
        { ...connection, open: (...given: Parameters<typeof connection.open>) => after(connection.open(...given)) },
      ]),
    );
  };

  /** Buys in the shop, takes the order in, and ships it; answers its number and how the shop shows it. */
  const ship = async () => {
    const bought = around.simulatedShops[kind].buy('MUG-BLUE', 2);
    clock.advance(1_000);
    read(await acts.post(`/channels/${channelId}/sync`));
    await world.useCases.syncChannels(account.organizationId);
    const { data } = await acts.get<PageShape<OrderShape & { source: { externalNumber: string } }>>('/orders?limit=100');
    const order = data.find(({ source }) => source.externalNumber === bought?.number);
    await acts.ready(order?.id ?? '');
    const shipped = await acts.post(`/orders/${order?.id}/shipments`, { carrier: 'fake', parcels: [PARCEL] });
    const { trackingNumber } = read<{ trackingNumber: string }>(shipped);
    await world.relay(account.organizationId);
    const shown = () => around.simulatedShops[kind].look().orders.find(({ id }) => id === bought?.id)?.trackingNumbers;
    return { trackingNumber, shown };
  };
  const tell = () => world.useCases.tellFulfilments(account.organizationId);
  const told = async (): Promise<readonly Told[]> => (await acts.get<PageShape<Told>>(`/channels/${channelId}/fulfilments`)).data;

  it('is shown there with its number, once, however often somebody looks', async () => {
    const { trackingNumber, shown } = await ship();
    for (let round = 0; round < 3; round += 1) await tell();
    expect(shown()).toEqual([trackingNumber]);
    expect(await told()).toMatchObject([{ status: 'told', trackingNumber }]);
  });

  it('is shown there once, also when the answer was lost', async () => {
    const { trackingNumber, shown } = await ship();
    around.shopify.breakDown('lost');
    around.store.breakDown('resetAfterSale');
    await tell();
    expect(shown()).toEqual([trackingNumber]);
    expect(await told()).toMatchObject([{ status: 'due', attempts: 1, problem: 'shop.unknown_outcome' }]);
    around.shopify.mend();
    around.store.mend();
    clock.advance(TEN_MINUTES);
    await tell();
    expect(shown()).toEqual([trackingNumber]);
    expect(await told()).toMatchObject([{ status: 'told', trackingNumber, problem: null }]);
  });

  it('is shown there once, also when whoever told it died before that was kept', async () => {
    const { trackingNumber, shown } = await ship();
    afterTelling = () => {
      throw new Error('killed');
    };
    await expect(tell()).rejects.toThrow('killed');
    expect(shown()).toEqual([trackingNumber]);
    expect(await told()).toMatchObject([{ status: 'due', attempts: 0 }]);
    afterTelling = () => undefined;
    // It is nobody else's until the lease of the dead one ends.
    await tell();
    expect(await told()).toMatchObject([{ status: 'due' }]);
    clock.advance(TEN_MINUTES);
    await tell();
    expect(shown()).toEqual([trackingNumber]);
    expect(await told()).toMatchObject([{ status: 'told', trackingNumber }]);
  });

  it('waits for a shop that is away, and is not shown twice afterwards', async () => {
    const { trackingNumber, shown } = await ship();
    around.shopify.breakDown('away');
    around.store.breakDown('unavailable');
    await tell();
    expect(shown()).toEqual([]);
    expect(await told()).toMatchObject([{ status: 'due', problem: 'shop.unavailable' }]);
    around.shopify.mend();
    around.store.mend();
    clock.advance(TEN_MINUTES);
    await tell();
    expect(shown()).toEqual([trackingNumber]);
  });
});
