import { bookPickup } from '@rappit/domain';
import { fakeCarrier } from '@rappit/testing/fakes';
import { shippedOrders, shippingDeps } from './shipped.test-kit.js';
import {
  asSuperuser,
  callerOf,
  newOrganization,
  openBeside,
  openWorld,
  type TestWorld,
  untilSomebodyWaits,
} from './test-world.test-kit.js';

const window = { on: '2026-01-06', readyAt: '09:00', closesAt: '17:30', place: null };

describe('pickups that are asked for at the same moment', () => {
  let [world, beside]: readonly (TestWorld | undefined)[] = [];
  beforeAll(async () => {
    world = await openWorld();
    beside = await openBeside(world);
  });
  afterAll(async () => {
    await beside?.persistence.close();
    await world?.persistence.close();
  });

  it('come once for a shipment, though two processes book it without a key', async () => {
    if (!world || !beside) throw new Error('there is no world');
    const organizationId = await newOrganization(world);
    const fake = fakeCarrier();
    const [deps, other] = [shippingDeps(world, fake.carrier), shippingDeps(beside, fake.carrier)];
    const [shipped] = await shippedOrders(world, organizationId, { carrier: fake.carrier, count: 1 });
    if (!shipped) throw new Error('nothing is shipped');
    const [{ id }, caller] = [shipped, callerOf(organizationId)];
    const request = { ...window, shipmentIds: [id] };
    const answers = await asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM shipments WHERE organization_id = $1 AND id = $2 FOR UPDATE', [organizationId, id]);
      const both = Promise.all([bookPickup(deps)(caller, request), bookPickup(other)(caller, request)]);
      await untilSomebodyWaits(client, 2);
      await client.query('COMMIT');
      return both;
    });
    expect(answers.map((answer) => (answer.ok ? answer.value.status : answer.error.code)).sort()).toEqual([
      'booked',
      'pickup.already_booked',
    ]);
    expect(fake.pickups()).toHaveLength(1);
  });
});
