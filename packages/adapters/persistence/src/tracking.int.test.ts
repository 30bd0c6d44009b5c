import {
  changeLocation,
  fewestLocations,
  findTracking,
  markReady,
  placeOrders,
  type ShipmentId,
  shipOrder,
  trackDue,
  trackNow,
} from '@rappit/domain';
import { exampleAddress, exampleParcel, fakeCarrier, fakeCarriers } from '@rappit/testing/fakes';
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
    const carriers = fakeCarriers({ ...fake.carrier, track });
    const depsOf = ({ persistence, ids }: TestWorld) => ({
      unitOfWork: persistence.unitOfWork,
      ids,
      policy: fewestLocations,
      carriers,
    });
    const [deps, caller] = [depsOf(world), callerOf(organizationId)];
    const locationId = await stocked(world, organizationId, skuOf('GOODS'), 100);
    await changeLocation(deps)(caller, locationId, { address: exampleAddress });
    const shipments: { readonly id: ShipmentId; readonly number: string; readonly orderId: string }[] = [];
    for (let index = 0; index < count; index += 1) {
      const draft = { ...draftOf([['GOODS', 1]]), shippingAddress: exampleAddress };
      const [placed] = await placeOrders(world.persistence)(organizationId, [requestOf(draft)]);
      if (!placed?.ok) throw new Error('the order is not placed');
      await markReady(deps)(caller, placed.value.id);
      const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
      const shipped = await shipOrder(deps)(caller, placed.value.id, request);
      if (!shipped.ok) throw new Error(shipped.error.code);
      shipments.push({ id: shipped.value.id, number: shipped.value.trackingNumber ?? '', orderId: placed.value.id });
    }
    const { doors, unitOfWork } = world.persistence;
    return {
      organizationId,
      fake,
      asked,
      shipments,
      both: [depsOf(world), depsOf(beside)],
      isDue: async () => (await doors.organizationsWithDueRows('tracking', 500)).includes(organizationId),
      page: (id: ShipmentId) => findTracking(deps)(organizationId, id),
      orders: () => unitOfWork.read(organizationId, ({ orders }) => orders.list({ limit: 100 }, {})),
      caller,
    };
  };

  it('are asked for once, and move with their orders', async () => {
    const { organizationId, fake, asked, shipments, both, isDue, page, orders } = await scene(5);
    for (const { number } of shipments) fake.scan(number, [{ status: 'delivered', at: new Date('2026-01-06T10:00:00Z') }]);
    expect(await isDue()).toBe(true);
    const claimed = await Promise.all(both.map((deps) => trackDue(deps)(organizationId)));
    expect(claimed.reduce((sum, one) => sum + one, 0)).toBe(5);
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
