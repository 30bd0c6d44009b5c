import { findTracking, ok, type ShipmentId, trackDue, trackNow } from '@rappit/domain';
import { fakeCarrier } from '@rappit/testing/fakes';
import { shippedOrders, shippingDeps } from './shipped.test-kit.js';
import { asSuperuser, callerOf, newOrganization, openBeside, openWorld, type TestWorld } from './test-world.test-kit.js';

describe('parcels on their way, followed by two processes', () => {
  let [world, beside]: readonly (TestWorld | undefined)[] = [];
  beforeAll(async () => {
    world = await openWorld();
    beside = await openBeside(world);
  });
  afterAll(async () => {
    await beside?.persistence.close();
    await world?.persistence.close();
  });

  /** So many orders of one, each shipped. */
  const scene = async (count: number) => {
    if (!world || !beside) throw new Error('there is no world');
    const organizationId = await newOrganization(world);
    const fake = fakeCarrier();
    const asked: string[] = [];
    const track: typeof fake.carrier.track = (numbers) => {
      asked.push(...numbers);
      return fake.carrier.track(numbers);
    };
    const carrier = { ...fake.carrier, track };
    const [deps, other] = [shippingDeps(world, carrier), shippingDeps(beside, carrier)];
    const shipped = await shippedOrders(world, organizationId, { carrier, count });
    const shipments = shipped.map(({ id, trackingNumber, orderId }) => ({ id, number: trackingNumber ?? '', orderId }));
    const { doors, unitOfWork } = world.persistence;
    return {
      organizationId,
      fake,
      asked,
      shipments,
      both: [deps, other],
      isDue: async () => (await doors.organizationsWithDueRows('tracking', 500)).includes(organizationId),
      page: (id: ShipmentId) => findTracking(deps)(organizationId, id),
      orders: () => unitOfWork.read(organizationId, ({ orders }) => orders.list({ limit: 100 }, {})),
      caller: callerOf(organizationId),
    };
  };

  it('are asked for once, and move with their orders', async () => {
    const { organizationId, fake, asked, shipments, both, isDue, page, orders } = await scene(5);
    for (const { number } of shipments) fake.scan(number, [{ status: 'delivered', at: new Date('2026-01-06T10:00:00Z') }]);
    expect(await isDue()).toBe(true);
    const claimed = await Promise.all(both.map((deps) => trackDue(deps)(organizationId)));
    expect(claimed.reduce((sum, { due }) => sum + due, 0)).toBe(5);
    expect([...asked].sort()).toEqual(shipments.map(({ number }) => number).sort());
    expect(await isDue()).toBe(false);
    expect((await orders()).data.map(({ status }) => status)).toEqual(shipments.map(() => 'delivered'));
    const [first] = shipments;
    expect(first && (await page(first.id))).toMatchObject({
      ok: true,
      value: { shipment: { status: 'delivered' }, scans: [{ code: 'DELIVERED', at: { local: '2026-01-06T10:00:00' } }] },
    });
  });

  it('are asked for by one of several who want to know at once', async () => {
    const { both, shipments, asked, caller } = await scene(1);
    const id = shipments[0]?.id ?? ('' as ShipmentId);
    const answers = await Promise.all([...both, ...both].map((deps) => trackNow(deps)(caller, id)));
    expect(answers.map((answer) => (answer.ok ? 'asked' : answer.error.code)).sort()).toEqual([
      'asked',
      ...Array.from({ length: 3 }, () => 'shipment.tracked_recently'),
    ]);
    expect(asked).toHaveLength(1);
  });

  it('are put off with their account without waiting for one that somebody is changing', async () => {
    if (!world) throw new Error('there is no world');
    const { unitOfWork } = world.persistence;
    const { organizationId, shipments } = await scene(2);
    const [held, free] = shipments.map(({ id }) => id);
    const until = new Date('2099-01-01T00:00:00Z');
    const putOff = await asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM shipments WHERE id = $1 FOR UPDATE', [held]);
      return unitOfWork.run(organizationId, async (stores) =>
        ok(await stores.shipments.putOffAccount({ carrier: 'fake', accountId: null }, until)),
      );
    });
    expect(putOff.ok).toBe(true);
    const dueOf = (id: ShipmentId | undefined) =>
      unitOfWork.read(organizationId, async (stores) => (await stores.shipments.find(id ?? ('' as ShipmentId)))?.trackAt);
    expect([await dueOf(held), await dueOf(free)]).toEqual([null, until]);
  });

  it('are found by small indexes, by when they are due and by their numbers, whatever else there is', async () => {
    if (!world) throw new Error('there is no world');
    await scene(1);
    const plans = await asSuperuser(world, async (client) => {
      await client.query('SET enable_seqscan = off');
      const planOf = async (sql: string) =>
        (await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`)).rows.map((row) => row['QUERY PLAN']).join('\n');
      return {
        due: await planOf(
          `SELECT id FROM shipments WHERE organization_id = gen_random_uuid() AND tracking_number IS NOT NULL
             AND status IN ('labelled', 'pickedUp', 'inTransit', 'outForDelivery', 'exception') AND track_at <= now()`,
        ),
        number: await planOf(`SELECT id FROM shipments WHERE carrier = 'x' AND tracking_number = 'y'`),
        parcel: await planOf(`SELECT id FROM shipments WHERE parcel_numbers @> '["y"]'`),
      };
    });
    expect(plans.due).toContain('shipments_to_track');
    expect(plans.number).toContain('shipments_number');
    expect(plans.parcel).toContain('shipments_parcel_numbers');
  });
});
