import { decidePlacements, expireUnpaid, fewestLocations, OrganizationId } from '@rappit/domain';
import { type PersistenceWorld, persistenceContracts, runContract } from '../../contracts/index.js';
import { fakeClock, fakeIds, memoryPersistence, sha256 } from '../../fakes/index.js';
import type { Gate } from '../explorer/gate.js';
import { gatedIntake } from './intake.js';
import { type Database, openDatabase, soundRules } from './transaction.js';
import { gatedUnitOfWork } from './unit-of-work.js';

/** Nobody chooses here: one turn at a time comes to whoever asks and needn't wait. */
const openToAll = (): Gate => {
  let taken = false;
  return {
    turn: async (call, wait) => {
      for (let looks = 0; taken || (wait && !wait.isFree()); looks += 1) {
        if (looks > 10_000) throw new Error(`${call} waits for ever`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      taken = true;
      setImmediate(() => {
        taken = false;
      });
    },
    note: () => undefined,
  };
};

/** Each organization is a database by itself. */
const persistence = (): PersistenceWorld => {
  const ids = fakeIds();
  const gate = openToAll();
  const decide = decidePlacements({ ids, policy: fewestLocations });
  const databases = new Map<OrganizationId, Database>();
  const of = (id: OrganizationId): Database => {
    const database = databases.get(id) ?? openDatabase({ rules: soundRules, digest: sha256, now: fakeClock().now });
    databases.set(id, database);
    return database;
  };
  const unitOfWork: PersistenceWorld['unitOfWork'] = {
    run: (id, work, once) => gatedUnitOfWork(of(id), gate).run(id, work, once),
    read: (id, work) => gatedUnitOfWork(of(id), gate).read(id, work),
  };
  const expire = expireUnpaid({ unitOfWork, ids, policy: fewestLocations });
  return {
    ...memoryPersistence({ now: fakeClock().now, decide }),
    unitOfWork,
    intake: { place: (id, requests) => gatedIntake({ database: of(id), gate, decide, expire }).place(id, requests) },
    ids,
    digest: sha256,
    newOrganization: async () => OrganizationId(ids.next()),
  };
};

/** What use cases of stock, orders and shipments do. What jobs and people coming in do isn't modelled, such as SKIP LOCKED. */
const modelled = [
  'a unit of work',
  'a unit of work under a key',
  'a store of many organizations',
  'a store of items',
  'a store of locations',
  'a store of stock',
  'a store of stock, handed nonsense',
  'a ledger',
  'lists of stock',
  'a store of orders',
  'lists of orders',
  'a store of kits',
  'a store of unpaid promises',
  'an intake of orders',
  'an intake of orders that are told twice',
  'a store of shipments',
];

for (const name of modelled)
  runContract({ describe, it }, `row locks in memory as ${name}`, { cases: persistenceContracts[name] ?? [], make: persistence });

it('is put under suites that are there', () => {
  expect(modelled.filter((name) => (persistenceContracts[name] ?? []).length === 0)).toEqual([]);
});
