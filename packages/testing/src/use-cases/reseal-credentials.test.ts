import {
  addChannel,
  decidePlacements,
  fewestLocations,
  OrganizationId,
  resealCredentials,
  sealPlace,
  system,
  takeDelivery,
} from '@rappit/domain';
import { fakeClock, fakeIds, fakeSecretSource, fakeVaultOf, memoryPersistence } from '../fakes/index.js';

/** More than are sealed in one unit of work. */
const SHOPS = 103;

/** An organization with some shops, whose secrets an old key has sealed. */
const openShops = async () => {
  const ids = fakeIds();
  const memory = memoryPersistence({ now: fakeClock().now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const organizationId = OrganizationId(ids.next());
  const [old, current] = [fakeVaultOf('old'), fakeVaultOf('current')];
  const connect = (shop: string, vault = old) =>
    addChannel({ ...memory, ids, vault, connections: {}, secrets: fakeSecretSource() })(
      { organizationId, actor: system('test') },
      { kind: 'shopify', name: shop, shopDomain: `${shop}.myshopify.com`, webhookSecret: `wombat of ${shop}`, keys: null },
    );
  for (let shop = 1; shop <= SHOPS; shop += 1) await connect(`shop-${shop}`);
  const seals = () => memory.unitOfWork.read(organizationId, ({ seals: store }) => store.list({ limit: 1_000 }));
  return { memory, ids, organizationId, old, current, connect, seals };
};

describe('sealing credentials with another key', () => {
  it('seals each secret anew once, so that it can be stopped and begun again, and tells the audit log', async () => {
    const { memory, ids, organizationId, current, connect, seals } = await openShops();
    await connect('new-shop', current);
    const reseal = resealCredentials({ ...memory, ids, vault: current });
    expect(await reseal(organizationId)).toEqual({ ok: true, value: { resealed: SHOPS, current: 1 } });
    const { data } = await seals();
    for (const { sealed, ...what } of data) {
      expect(current.isCurrent(sealed)).toBe(true);
      expect(current.open(sealed, { organizationId, ...what })).toMatch(/^wombat of (?:shop-\d+|new-shop)$/);
    }
    expect(await reseal(organizationId)).toEqual({ ok: true, value: { resealed: 0, current: SHOPS + 1 } });
    const told = memory.stateOf(organizationId).audit.filter(({ kind }) => kind === 'credentials.resealed');
    expect(told.map(({ facts }) => facts)).toEqual([100, 3].map((count) => ({ keyId: 'current', count })));
  });

  it('leaves shops working: a delivery is verified by the same secret as before', async () => {
    const { memory, ids, organizationId, current } = await openShops();
    await resealCredentials({ ...memory, ids, vault: current })(organizationId);
    const readers = {
      shopify: {
        verifies: (_body: Uint8Array, signature: string, secret: string) => signature === secret,
        read: () => ({ ok: false as const, error: { code: 'delivery.unreadable' as const, path: '' } }),
      },
    };
    const delivery = { kind: 'shopify', topic: 'orders/create', deliveryId: 'd1', body: new Uint8Array(), text: '{}' } as const;
    const take = takeDelivery({ ...memory, ids, readers, connections: {}, vault: current });
    expect(await take({ ...delivery, to: { shopDomain: 'shop-3.myshopify.com' }, signature: 'wombat of shop-3' })).toMatchObject({
      ok: true,
    });
    expect(await take({ ...delivery, to: { shopDomain: 'shop-3.myshopify.com' }, signature: 'wombat of shop-4' })).toMatchObject({
      ok: false,
    });
  });

  it('stops at a seal that was moved from somewhere else, and changes nothing of that page', async () => {
    const { memory, ids, organizationId, current, seals } = await openShops();
    const [first, second] = (await seals()).data;
    if (!first || !second) throw new Error('there are two seals');
    await memory.unitOfWork.run(organizationId, async ({ seals: store }) => ({
      ok: true,
      value: await store.replace(first, second.sealed),
    }));
    await expect(resealCredentials({ ...memory, ids, vault: current })(organizationId)).rejects.toThrow('a seal was altered');
    expect((await seals()).data.filter(({ sealed }) => current.isCurrent(sealed)).map(sealPlace)).toEqual([]);
  });
});
