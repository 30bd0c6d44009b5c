import {
  type DecidePlacements,
  decidePlacements,
  expireUnpaid,
  fewestLocations,
  type IdSource,
  type Moment,
  OrganizationId,
} from '@rappit/domain';
import { fakeClock, fakeIds, memoryPersistence, sha256 } from '../fakes/index.js';
import { type AllStores, brokenPromises, type PersistenceWorld, persistenceContracts } from './index.js';

type Stores = AllStores & Moment;
type UnitOfWork = PersistenceWorld['unitOfWork'];

export const soundWorld = (decide?: (ids: IdSource) => DecidePlacements): PersistenceWorld => {
  const ids = fakeIds();
  const memory = memoryPersistence({
    now: fakeClock().now,
    decide: decide?.(ids) ?? decidePlacements({ ids, policy: fewestLocations }),
    expire: (unitOfWork) => expireUnpaid({ unitOfWork, ids, policy: fewestLocations }),
  });
  return { ...memory, ids, digest: sha256, newOrganization: async () => OrganizationId(ids.next()) };
};

/** A world whose unit of work is sound but for what `spoil` makes of it. */
export const withUnitOfWork = (spoil: (sound: UnitOfWork) => Partial<UnitOfWork>) => (): PersistenceWorld => {
  const world = soundWorld();
  return { ...world, unitOfWork: { ...world.unitOfWork, ...spoil(world.unitOfWork) } };
};

/** A world whose stores are sound but for what `spoil` makes of them. */
export const withStores = (spoil: (sound: Stores) => Partial<Stores>) =>
  withUnitOfWork(({ run, read }) => ({
    run: (id, work, once) => run(id, (stores) => work({ ...stores, ...spoil(stores) }), once),
    read: (id, work) => read(id, (stores) => work({ ...stores, ...spoil(stores) })),
  }));

/** A world of which one store is sound but for what `spoil` makes of it. */
export const withStore = <Name extends keyof AllStores>(
  name: Name,
  spoil: (sound: Stores[Name], all: Stores) => Partial<Stores[Name]>,
) =>
  withStores((stores) => {
    const spoilt: Partial<Stores> = {};
    spoilt[name] = { ...stores[name], ...spoil(stores[name], stores) };
    return spoilt;
  });

/** What is broken, a world that has it, and the promise that has to be found broken, by its suite and its first words. */
export type Broken = readonly [what: string, make: () => PersistenceWorld, suite: string, promise: string];

/** Fails unless the promise is there, is kept by a sound world, and is broken by this one. */
export const expectNoticed = async (make: () => PersistenceWorld, suite: string, promise: string): Promise<void> => {
  const cases = (persistenceContracts[suite] ?? []).filter((one) => one.promise.startsWith(promise));
  expect(cases).toHaveLength(1);
  expect(await brokenPromises({ cases, make: () => soundWorld() })).toEqual([]);
  expect(await brokenPromises({ cases, make })).toHaveLength(1);
};
