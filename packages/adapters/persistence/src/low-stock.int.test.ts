import {
  adjustStock,
  cancelOrder,
  changeItem,
  fewestLocations,
  type Order,
  type OrganizationId,
  placeOrders,
  receiveStock,
} from '@rappit/domain';
import {
  asSuperuser,
  callerOf,
  draftOf,
  newOrganization,
  openBeside,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
} from './test-world.test-kit.js';

const sku = skuOf('FEW');
const THRESHOLD = 20;

/** What was available after each transaction that moved something, in their order. */
const availableAfterEach = (world: TestWorld): Promise<readonly number[]> =>
  asSuperuser(world, async (client) => {
    const { rows } = await client.query<{ transaction: string; units: number }>(
      `SELECT xmin::text AS transaction, (on_hand_after - reserved_after)::int AS units FROM movements ORDER BY number`,
    );
    return rows.flatMap(({ transaction, units }, index) => (rows[index + 1]?.transaction === transaction ? [] : [units]));
  });

const isLow = (units: number | undefined): boolean => units !== undefined && units <= THRESHOLD;

describe('low stock, told by two processes at once', () => {
  let worlds: readonly [TestWorld, TestWorld];
  beforeAll(async () => {
    const world = await openWorld();
    worlds = [world, await openBeside(world)];
  });
  afterAll(() => Promise.all(worlds.map(({ persistence }) => persistence.close())));

  const lowEvents = (organizationId: OrganizationId) =>
    worlds[0].persistence.unitOfWork.run(organizationId, async ({ outbox }) => ({
      ok: true,
      value: (await outbox.claim(1_000, 0)).filter(({ event }) => event.type === 'inventory.low_stock'),
    }));

  it('is told as often as the ledger says that it fell to the threshold', async () => {
    const [first] = worlds;
    const organizationId = await newOrganization(first);
    const locationId = await stocked(first, organizationId, sku, 40);
    const caller = callerOf(organizationId);
    const [one, other] = worlds.map(({ persistence, ids }) => {
      const deps = { unitOfWork: persistence.unitOfWork, ids, policy: fewestLocations };
      const place = placeOrders(persistence);
      const order = async (units: number): Promise<Order | undefined> => {
        const [placed] = await place(organizationId, [requestOf(draftOf([[sku, units]], 'backorder'))]);
        return placed?.ok ? placed.value : undefined;
      };
      return {
        order,
        cancel: async (placed: Promise<Order | undefined>) => {
          const found = await placed;
          if (found) await cancelOrder(deps)(caller, found.id, 'other');
        },
        count: (delta: number) => adjustStock(deps)(caller, { sku, locationId, delta, reason: 'count' }),
        receive: (quantity: number) => receiveStock(deps)(caller, { sku, locationId, quantity, reference: null }),
        deps,
      };
    });
    if (!one || !other) throw new Error('there are two processes');
    await changeItem(one.deps)(caller, sku, { lowStockThreshold: THRESHOLD });
    const rounds = Array.from({ length: 12 }, async (_, round) => {
      const placed = one.order(2);
      await Promise.all([placed, other.order(1), round % 2 ? other.receive(16) : one.count(-9)]);
      await Promise.all([one.cancel(placed), other.order(1), one.receive(2)]);
    });
    await Promise.all(rounds);
    const full = await other.receive(200);
    if (!full.ok) throw new Error(full.error.code);
    await one.count(THRESHOLD - (full.value.onHand - full.value.reserved));
    const units = await availableAfterEach(first);
    const crossings = units.filter((now, index) => isLow(now) && index > 0 && !isLow(units[index - 1])).length;
    const told = await lowEvents(organizationId);
    expect(told.ok && told.value.length).toBe(crossings);
    expect(crossings).toBeGreaterThan(0);
  });
});
