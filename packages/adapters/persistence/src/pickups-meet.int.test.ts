import { bookPickup, changeLocation, fewestLocations, markReady, placeOrders, shipOrder } from '@rappit/domain';
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
    const depsOf = ({ persistence, ids }: TestWorld) => ({
      unitOfWork: persistence.unitOfWork,
      ids,
      policy: fewestLocations,
      carriers: fakeCarriers(fake.carrier),
    });
    const [deps, other, caller] = [depsOf(world), depsOf(beside), callerOf(organizationId)];
    const locationId = await stocked(world, organizationId, skuOf('GOODS'), 3);
    await changeLocation(deps)(caller, locationId, { address: exampleAddress });
    const draft = { ...draftOf([['GOODS', 3]]), shippingAddress: exampleAddress };
    const [placed] = await placeOrders(world.persistence)(organizationId, [requestOf(draft)]);
    if (!placed?.ok) throw new Error('the order is not placed');
    await markReady(deps)(caller, placed.value.id);
    const asked = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
    const shipped = await shipOrder(deps)(caller, placed.value.id, asked);
    if (!shipped.ok) throw new Error(shipped.error.code);
    const { id } = shipped.value;
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
