import {
  type Carrier,
  changeLocation,
  fewestLocations,
  markReady,
  type OrganizationId,
  placeOrders,
  type Shipment,
  shipOrder,
} from '@rappit/domain';
import { exampleAddress, exampleParcel, fakeCarriers } from '@rappit/testing/fakes';
import { callerOf, draftOf, requestOf, skuOf, stocked, type TestWorld } from './test-world.test-kit.js';

/** What use cases of shipping are made with. */
export const shippingDeps = ({ persistence, ids }: TestWorld, carrier: Carrier) => ({
  unitOfWork: persistence.unitOfWork,
  ids,
  policy: fewestLocations,
  carriers: fakeCarriers(carrier),
});

type Wanted = { readonly carrier: Carrier; readonly count: number; readonly units?: number };

/** So many orders of one line, of one unit if nothing else is said, each shipped with this carrier from the same location. */
export const shippedOrders = async (
  world: TestWorld,
  organizationId: OrganizationId,
  { carrier, count, units = 1 }: Wanted,
): Promise<readonly Shipment[]> => {
  const [deps, caller] = [shippingDeps(world, carrier), callerOf(organizationId)];
  const locationId = await stocked(world, organizationId, skuOf('GOODS'), count * units);
  await changeLocation(deps)(caller, locationId, { address: exampleAddress });
  const draft = { ...draftOf([['GOODS', units]]), shippingAddress: exampleAddress };
  const shipments: Shipment[] = [];
  for (let index = 0; index < count; index += 1) {
    const [placed] = await placeOrders(world.persistence)(organizationId, [requestOf(draft)]);
    if (!placed?.ok) throw new Error('the order is not placed');
    await markReady(deps)(caller, placed.value.id);
    const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
    const shipped = await shipOrder(deps)(caller, placed.value.id, request);
    if (!shipped.ok) throw new Error(shipped.error.code);
    shipments.push(shipped.value);
  }
  return shipments;
};
