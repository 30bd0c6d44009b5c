import { decidePlacements, expireUnpaid, fewestLocations, OrganizationId } from '@rappit/domain';
import { asArrived } from '../contracts/arrived.test-kit.js';
import {
  type CarrierWorld,
  carrierContract,
  guardedFetchContract,
  mailerContract,
  type PersistenceWorld,
  persistenceContracts,
  runContract,
} from '../contracts/index.js';
import { exampleAddress, exampleParcel } from './examples.js';
import {
  FAKE_CARRIER_MAX_GRAMS,
  fakeCarrier,
  fakeClock,
  fakeGuardedFetch,
  fakeIds,
  fakeMailer,
  memoryPersistence,
  sha256,
} from './index.js';

const memoryWorld = (runsTwice: boolean): PersistenceWorld => {
  const ids = fakeIds();
  const memory = memoryPersistence({
    now: fakeClock().now,
    decide: decidePlacements({ ids, policy: fewestLocations }),
    expire: (unitOfWork) => expireUnpaid({ unitOfWork, ids, policy: fewestLocations }),
    runsTwice,
  });
  return { ...memory, ids, digest: sha256, newOrganization: async () => OrganizationId(ids.next()) };
};

for (const [name, cases] of Object.entries(persistenceContracts)) {
  runContract({ describe, it }, `memory as ${name}`, { cases, make: () => memoryWorld(false) });
  runContract({ describe, it }, `memory that runs everything twice, as ${name}`, { cases, make: () => memoryWorld(true) });
}

const carrierWorld = (): CarrierWorld => {
  const ids = fakeIds();
  const fake = fakeCarrier();
  const order = () => ({
    reference: ids.next(),
    from: exampleAddress,
    to: exampleAddress,
    parcels: [exampleParcel],
    service: null,
  });
  const heavy = { ...exampleParcel, weightGrams: FAKE_CARRIER_MAX_GRAMS + 1 };
  return {
    ...fake,
    breakDown: (outage) => fake.breakDown(outage === 'unreadable' ? 'lostAfterSale' : outage),
    order,
    unsellable: () => ({ order: { ...order(), parcels: [exampleParcel, heavy] }, path: 'parcels[1].weightGrams' }),
  };
};

runContract({ describe, it }, 'fakeCarrier', { cases: carrierContract, make: carrierWorld });

runContract({ describe, it }, 'fakeGuardedFetch', {
  cases: guardedFetchContract,
  make: () => {
    const fake = fakeGuardedFetch();
    return { ...fake, url: (path) => `https://shop.example.com${path}`, arrived: () => fake.arrived().map(asArrived) };
  },
});

runContract({ describe, it }, 'fakeMailer', {
  cases: mailerContract,
  make: () => {
    const mailer = fakeMailer();
    return {
      mailer,
      arrived: async () => mailer.sent().map(({ to }) => to),
      breakDown: async () => mailer.breakDown('mail.unavailable'),
      mend: async () => mailer.mend(),
    };
  },
});
