import { fewestLocations, placeOrders, receiveStock, reconcile, releaseReservation, serveBacklog } from '@rappit/domain';
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

const sku = skuOf('WANTED');

describe('waiting lines come first', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.persistence.close());

  const scene = async (waiting: number) => {
    const { persistence, ids } = world;
    const deps = { unitOfWork: persistence.unitOfWork, ids, policy: fewestLocations };
    const organizationId = await newOrganization(world);
    const locationId = await stocked(world, organizationId, sku, 1);
    const place = placeOrders(persistence);
    await place(organizationId, [requestOf(draftOf([['WANTED', 1]]))]);
    await place(
      organizationId,
      Array.from({ length: waiting }, () => requestOf(draftOf([['WANTED', 1]], 'backorder'))),
    );
    const receive = (quantity: number) =>
      receiveStock(deps)(callerOf(organizationId), { sku, locationId, quantity, reference: null });
    const counts = () =>
      persistence.unitOfWork.read(
        organizationId,
        async ({ orders }) => (await orders.list({ limit: 100 }, { status: 'backordered' })).data.length,
      );
    return { organizationId, place, receive, counts, deps };
  };

  it('a new order gets only what those who wait leave, even before all of them were served', async () => {
    const { organizationId, place, receive, counts, deps } = await scene(130);
    await receive(200);
    expect(await counts()).toBe(30);
    const [tooMuch] = await place(organizationId, [requestOf(draftOf([['WANTED', 71]]))]);
    expect(tooMuch).toEqual({
      ok: false,
      error: { code: 'order.insufficient_stock', shortfalls: [{ sku, wanted: 71, available: 70 }] },
    });
    const [rest] = await place(organizationId, [requestOf(draftOf([['WANTED', 70]]))]);
    expect(rest).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect(await serveBacklog(deps)(organizationId)).toBe(30);
    expect(await serveBacklog(deps)(organizationId)).toBe(0);
    expect(await counts()).toBe(0);
    expect(await reconcile(deps)(organizationId)).toMatchObject({ levels: [], lines: [], complete: true });
  });

  it('the organizations that have somebody waiting are found without walking through all of them', async () => {
    const { organizationId } = await scene(1);
    expect(await world.persistence.doors.organizationsWithDueRows('order_lines', 500)).toContain(organizationId);
  });

  it('what a person took back from an order is found too, and tried again', async () => {
    const { persistence } = world;
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, 2);
    const [placed] = await placeOrders(persistence)(organizationId, [requestOf(draftOf([['WANTED', 2]]))]);
    const deps = { unitOfWork: persistence.unitOfWork, ids: world.ids, policy: fewestLocations };
    const waits = (): Promise<readonly string[]> => persistence.doors.organizationsWithDueRows('order_lines', 500);
    expect(await waits()).not.toContain(organizationId);
    const { data } = await persistence.unitOfWork.read(organizationId, ({ stock }) =>
      stock.reservations({ limit: 1 }, { orderId: placed?.ok ? placed.value.id : '' }),
    );
    for (const { id } of data)
      expect(await releaseReservation(deps)(callerOf(organizationId), id)).toMatchObject({
        ok: true,
        value: { status: 'released', quantity: 2 },
      });
    expect(await waits()).toContain(organizationId);
    expect(await serveBacklog(deps)(organizationId)).toBe(1);
    expect(await waits()).not.toContain(organizationId);
    expect(await reconcile(deps)(organizationId)).toMatchObject({ levels: [], lines: [], complete: true });
  });
});
