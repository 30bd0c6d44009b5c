import { decidePlacements, expireUnpaid, fewestLocations, inProcessSignals, OrganizationId } from '@rappit/domain';
import { asArrived } from '../contracts/arrived.test-kit.js';
import { fakeCarrierWorld } from '../contracts/fake-carrier-world.test-kit.js';
import {
  billingContract,
  carrierContract,
  guardedFetchContract,
  mailerContract,
  type PersistenceWorld,
  persistenceContracts,
  runContract,
  signalsContract,
} from '../contracts/index.js';
import { fakeBilling, fakeClock, fakeGuardedFetch, fakeIds, fakeMailer, memoryPersistence, sha256 } from './index.js';

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

runContract({ describe, it }, 'fakeBilling', {
  cases: billingContract,
  make: () => {
    const fake = fakeBilling();
    const done = (work: () => void) => async () => work();
    return {
      provider: fake.provider,
      ids: fakeIds(),
      now: async () => new Date('2026-03-01T12:00:00Z'),
      pay: async (url) => fake.pay(url),
      giveUp: async (customerId) => fake.step(customerId, { kind: 'giveUp' }),
      breakDown: done(fake.breakDown),
      mend: done(fake.mend),
    };
  },
});

runContract({ describe, it }, 'fakeCarrier', { cases: carrierContract, make: fakeCarrierWorld });

runContract({ describe, it }, 'fakeGuardedFetch', {
  cases: guardedFetchContract,
  make: () => {
    const fake = fakeGuardedFetch();
    return { ...fake, url: (path) => `https://shop.example.com${path}`, arrived: () => fake.arrived().map(asArrived) };
  },
});

runContract({ describe, it }, 'inProcessSignals', {
  cases: signalsContract,
  make: () => {
    const reported: unknown[] = [];
    return { signals: inProcessSignals((error) => reported.push(error)), reported: () => reported };
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
