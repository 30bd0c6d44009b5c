import { carrierReference, ShipmentId } from '@rappit/domain';
import { exampleAddress, exampleCustoms, exampleLabelOrder, exampleParcel } from '../fakes/examples.js';
import { FAKE_CARRIER_MAX_GRAMS, type FakeCarrier, fakeCarrier } from '../fakes/fake-carrier.js';
import { fakeClock } from '../fakes/fake-clock.js';
import { fakeIds } from '../fakes/fake-ids.js';
import type { CarrierWorld } from './carrier-world.js';

const DELAY_MS = 3_600_000;
const heavy = { ...exampleParcel, weightGrams: FAKE_CARRIER_MAX_GRAMS + 1 };

/** The fake carrier, which shows what it sold an hour later, in front of the contract. */
export const fakeCarrierWorld = (): CarrierWorld & Pick<FakeCarrier, 'voided' | 'pickups'> => {
  const [clock, ids] = [fakeClock(), fakeIds()];
  const fake = fakeCarrier('fake', { now: clock.now, settlesAfterMs: DELAY_MS });
  const order = () => exampleLabelOrder(carrierReference(ShipmentId(ids.next())));
  return {
    ...fake,
    now: clock.now,
    pass: () => clock.advance(DELAY_MS),
    order,
    abroad: () => ({ ...order(), to: { ...exampleAddress, countryCode: 'US', region: 'NY' }, customs: exampleCustoms() }),
    unsellable: () => ({ order: { ...order(), parcels: [exampleParcel, heavy] }, path: 'parcels[1].weightGrams' }),
    pickup: () => ({ ...order(), on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: null, abroad: false }),
    undeliverable: () => ({ ...exampleAddress, city: 'Nowhere' }),
  };
};
