import {
  type Carrier,
  changeLocation,
  evolveShipment,
  fewestLocations,
  lookUpPurchases,
  markReady,
  placeOrders,
  reconcile,
  type ShipmentId,
  shipOrder,
} from '@rappit/domain';
import { exampleAddress, exampleParcel, type FakeCarrier, fakeCarrier, fakeCarriers } from '@rappit/testing/fakes';
import {
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

const MINUTE_MS = 60_000;

/** A carrier that counts how often it is asked for what it has sold. */
const counting = ({ carrier }: FakeCarrier) => {
  let asked = 0;
  const counted: Carrier = {
    ...carrier,
    findByReference: (trace) => {
      asked += 1;
      return carrier.findByReference(trace);
    },
  };
  return { carriers: fakeCarriers(counted), asked: () => asked };
};

describe('purchases whose answers were lost', () => {
  let [world, beside]: readonly (TestWorld | undefined)[] = [];
  beforeAll(async () => {
    world = await openWorld();
    beside = await openBeside(world);
  });
  afterAll(async () => {
    await beside?.persistence.close();
    await world?.persistence.close();
  });

  const scene = async () => {
    if (!world || !beside) throw new Error('there is no world');
    const organizationId = await newOrganization(world);
    const fake = fakeCarrier();
    const { carriers, asked } = counting(fake);
    const depsOf = ({ persistence, ids }: TestWorld) => ({
      unitOfWork: persistence.unitOfWork,
      ids,
      policy: fewestLocations,
      carriers,
    });
    const [deps, caller] = [depsOf(world), callerOf(organizationId)];
    const locationId = await stocked(world, organizationId, skuOf('GOODS'), 3);
    await changeLocation(deps)(caller, locationId, { address: exampleAddress });
    const draft = { ...draftOf([['GOODS', 3]]), shippingAddress: exampleAddress };
    const [placed] = await placeOrders(world.persistence)(organizationId, [requestOf(draft)]);
    if (!placed?.ok) throw new Error('the order is not placed');
    await markReady(deps)(caller, placed.value.id);
    const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
    const { doors } = world.persistence;
    return {
      fake,
      asked,
      ship: () => shipOrder(deps)(caller, placed.value.id, request),
      find: (id: ShipmentId) => deps.unitOfWork.read(organizationId, ({ shipments }) => shipments.find(id)),
      /** As if it had been begun so many minutes ago. */
      age: (id: ShipmentId, minutes: number) =>
        deps.unitOfWork.run(organizationId, async ({ shipments, now }) => {
          const shipment = await shipments.lock(id);
          const purchaseStartedAt = new Date(now.getTime() - minutes * MINUTE_MS);
          if (shipment) await shipments.save(evolveShipment(shipment, { purchaseStartedAt }));
          return { ok: true as const, value: null };
        }),
      isDue: async () => (await doors.organizationsWithDueRows('shipments', 500)).includes(organizationId),
      lookUpByTwo: () =>
        Promise.all([world, beside].flatMap((one) => (one ? [lookUpPurchases(depsOf(one))(organizationId)] : []))),
      books: () => reconcile(deps)(organizationId),
    };
  };

  it('are found by the job when they are due, by one of two processes, and bought no second time', async () => {
    const { fake, asked, ship, find, age, isDue, lookUpByTwo, books } = await scene();
    fake.breakDown('lostAfterSale');
    const lost = await ship();
    fake.mend();
    if (lost.ok || lost.error.code !== 'carrier.unknown_outcome') throw new Error('the answer was not lost');
    const { shipmentId } = lost.error;
    expect(await isDue()).toBe(false);
    expect(await lookUpByTwo()).toEqual([
      { due: 0, unanswered: 0 },
      { due: 0, unanswered: 0 },
    ]);
    await age(shipmentId, 5);
    expect(await isDue()).toBe(true);
    await lookUpByTwo();
    expect(asked()).toBe(1);
    expect(await find(shipmentId)).toMatchObject({ status: 'labelled', trackingNumber: 'FAKE0000000001', attempt: 1 });
    expect(fake.sold()).toHaveLength(1);
    expect(await isDue()).toBe(false);
    expect(await books()).toMatchObject({ levels: [], lines: [], complete: true });
  });

  it('are put off while the carrier can not say, and asked for again later', async () => {
    const { fake, asked, ship, find, age, isDue, lookUpByTwo } = await scene();
    fake.breakDown('lostAfterSale');
    const lost = await ship();
    if (lost.ok || lost.error.code !== 'carrier.unknown_outcome') throw new Error('the answer was not lost');
    const { shipmentId } = lost.error;
    fake.breakDown('unavailable');
    await age(shipmentId, 5);
    await lookUpByTwo();
    const waiting = await find(shipmentId);
    expect(waiting).toMatchObject({ status: 'unknown', trackingNumber: null });
    expect((waiting?.lookUpAt?.getTime() ?? 0) - (waiting?.purchaseStartedAt?.getTime() ?? 0)).toBeGreaterThan(7 * MINUTE_MS);
    expect([await isDue(), asked()]).toEqual([false, 1]);
  });
});
