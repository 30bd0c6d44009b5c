import {
  addChannel,
  addLocation,
  adjustStock,
  type Carrier,
  cancelOrder,
  changeAddresses,
  changeItem,
  changeLocation,
  fewestLocations,
  type Label,
  mapListing,
  markReady,
  nothingButLabels,
  type OrderDraft,
  ok,
  placeOrders,
  type Result,
  receiveStock,
  reconcile,
  removeItem,
  shipOrder,
} from '@rappit/domain';
import { exampleAddress, exampleParcel, fakeCarriers, fakeSecretSource, fakeVault } from '@rappit/testing/fakes';
import {
  callerOf,
  draftOf,
  newOrganization,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
} from './test-world.test-kit.js';

const sku = skuOf('GOODS');
const label: Label = { trackingNumber: 'T1', parcelNumbers: [], warnings: [], service: null, cost: null, documents: [] };

/** A carrier during whose answer something else happens. */
const carrierDuring = (meanwhile: () => Promise<unknown>): Carrier => ({
  ...nothingButLabels,
  code: 'slow',
  buyLabel: async () => {
    await meanwhile();
    return ok(label);
  },
  findByReference: () => Promise.resolve(ok(label)),
});

const granted = <Value>(result: Result<Value, { readonly code: string }>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/** Sequences that were wrong once, each found by a review or by a law. */
describe('regressions', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.persistence.close());

  const scene = async (units: number) => {
    const organizationId = await newOrganization(world);
    const locationId = await stocked(world, organizationId, sku, units);
    const deps = { unitOfWork: world.persistence.unitOfWork, ids: world.ids, policy: fewestLocations };
    const caller = callerOf(organizationId);
    await changeLocation(deps)(caller, locationId, { address: exampleAddress });
    const place = async (draft: OrderDraft) => {
      const [placed] = await placeOrders(world.persistence)(organizationId, [
        requestOf({ ...draft, shippingAddress: exampleAddress }),
      ]);
      return granted(placed ?? { ok: false, error: { code: 'none' } });
    };
    const ship = (orderId: Parameters<ReturnType<typeof shipOrder>>[1], carrier: Carrier) =>
      shipOrder({ ...deps, carriers: fakeCarriers(carrier) })(caller, orderId, {
        carrier: 'slow',
        accountId: null,
        service: null,
        parcels: [exampleParcel],
        locationId,
        lineIds: null,
      });
    const statusOf = (id: Parameters<ReturnType<typeof shipOrder>>[1]) =>
      deps.unitOfWork.read(organizationId, async ({ orders }) => (await orders.find(id))?.status);
    return { organizationId, locationId, deps, caller, place, ship, statusOf };
  };

  it('a label that is bought while the rest of the order is filled is kept', async () => {
    const { deps, caller, place, ship, statusOf, locationId, organizationId } = await scene(5);
    const order = await place(draftOf([['GOODS', 8]], 'backorder'));
    const arrival = () => receiveStock(deps)(caller, { sku, locationId, quantity: 3, reference: null });
    expect(await ship(order.id, carrierDuring(arrival))).toMatchObject({ ok: true, value: { status: 'labelled', short: false } });
    expect(await statusOf(order.id)).toBe('partiallyShipped');
    expect(await reconcile(deps)(organizationId)).toMatchObject({ levels: [], lines: [] });
  });

  it('an order isn’t cancelled while its label is bought, even when its units broke meanwhile; the shipment is short', async () => {
    const { deps, caller, place, ship, locationId, organizationId } = await scene(5);
    const order = await place(draftOf([['GOODS', 5]]));
    await markReady(deps)(caller, order.id);
    const said: unknown[] = [];
    const loss = async () => {
      said.push(await adjustStock(deps)(caller, { sku, locationId, delta: -5, reason: 'loss' }));
      said.push(await cancelOrder(deps)(caller, order.id, 'other'));
    };
    expect(await ship(order.id, carrierDuring(loss))).toMatchObject({ ok: true, value: { status: 'labelled', short: true } });
    expect(said).toMatchObject([{ ok: true }, { ok: false, error: { code: 'order.purchase_in_progress' } }]);
    expect(await reconcile(deps)(organizationId)).toMatchObject({ levels: [], lines: [] });
  });

  it('of an order of which something was shipped only the rest is cancelled, though it was made ready again', async () => {
    const { deps, caller, place, ship, organizationId } = await scene(5);
    const second = granted(
      await addLocation(deps)(caller, {
        code: world.ids.next(),
        name: 'Second',
        address: exampleAddress,
        priority: 2,
        active: true,
      }),
    );
    await receiveStock(deps)(caller, { sku, locationId: second.id, quantity: 3, reference: null });
    const order = await place(draftOf([['GOODS', 8]]));
    await markReady(deps)(caller, order.id);
    await ship(
      order.id,
      carrierDuring(() => Promise.resolve()),
    );
    expect(await markReady(deps)(caller, order.id)).toMatchObject({ ok: true, value: { status: 'readyToShip' } });
    expect(await cancelOrder(deps)(caller, order.id, 'other')).toMatchObject({
      ok: true,
      value: { status: 'shipped', lines: [{ shipped: 5, cancelled: 3 }] },
    });
    expect(await reconcile(deps)(organizationId)).toMatchObject({ levels: [], lines: [] });
  });

  it('two changes of different facts at once are both there', async () => {
    const { deps, caller, locationId } = await scene(1);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([
        changeLocation(deps)(caller, locationId, { name: `Name ${round}` }),
        changeLocation(deps)(caller, locationId, { priority: round }),
      ]);
      const location = await deps.unitOfWork.read(caller.organizationId, ({ locations }) => locations.find(locationId));
      expect(location).toMatchObject({ name: `Name ${round}`, priority: round });
      await Promise.all([
        changeItem(deps)(caller, sku, { name: `Item ${round}` }),
        changeItem(deps)(caller, sku, { weightGrams: round }),
      ]);
      const item = await deps.unitOfWork.read(caller.organizationId, ({ items }) => items.find(sku));
      expect(item).toMatchObject({ name: `Item ${round}`, weightGrams: round });
    }
  });

  it('an item isn’t deleted while a shop lists it, an order waits for it, or stock of it arrives', async () => {
    const { deps, caller, place, locationId } = await scene(1);
    await adjustStock(deps)(caller, { sku, locationId, delta: -1, reason: 'loss' });
    const waiting = await place(draftOf([['GOODS', 2]], 'backorder'));
    expect(await removeItem(deps)(caller, sku)).toMatchObject({ ok: false, error: { code: 'item.in_use', waiting: 2 } });
    await cancelOrder(deps)(caller, waiting.id, 'other');
    const shop = {
      kind: 'shopify',
      name: 'Shop',
      shopDomain: 'shop.myshopify.com',
      webhookSecret: 'a wombat',
      keys: null,
    } as const;
    const channel = granted(
      await addChannel({ ...deps, vault: fakeVault, connections: {}, secrets: fakeSecretSource() })(caller, shop),
    );
    await mapListing(deps)(caller, { channelId: channel.id, externalVariantId: '1', sku });
    expect(await removeItem(deps)(caller, sku)).toMatchObject({ ok: false, error: { code: 'item.in_use', listings: 1 } });
  });

  it('of a deletion and an arrival at once, one is refused', async () => {
    const { deps, caller, locationId } = await scene(1);
    for (let round = 0; round < 10; round += 1) {
      await adjustStock(deps)(caller, { sku, locationId, delta: -1, reason: 'loss' });
      const [removed, received] = await Promise.all([
        removeItem(deps)(caller, sku),
        receiveStock(deps)(caller, { sku, locationId, quantity: 1, reference: null }),
      ]);
      expect([removed.ok, received.ok].filter(Boolean)).toHaveLength(1);
      if (removed.ok) break;
    }
  });

  it('a text that can’t be stored is refused, and nothing is written', async () => {
    const { deps, caller, place } = await scene(1);
    const order = await place(draftOf([['GOODS', 1]]));
    const spoiled = { ...exampleAddress, name: 'A\u0000B' };
    expect(await changeAddresses(deps)(caller, order.id, { shippingAddress: spoiled })).toEqual({
      ok: false,
      error: { code: 'store.unstorable' },
    });
    const [placed] = await placeOrders(world.persistence)(caller.organizationId, [
      requestOf({ ...draftOf([['GOODS', 1]], 'backorder'), tags: ['\u0000'] }),
    ]);
    expect(placed).toEqual({ ok: false, error: { code: 'store.unstorable' } });
  });
});
