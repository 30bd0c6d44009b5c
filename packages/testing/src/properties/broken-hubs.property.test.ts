import {
  type DecidePlacements,
  decidePlacements,
  expireUnpaid,
  fewestLocations,
  type IdSource,
  type OrganizationId,
  OrganizationId as organizationId,
  type StockChange,
} from '@rappit/domain';
import type { AllStores } from '../fakes/index.js';
import { fakeClock, fakeIds, memoryPersistence } from '../fakes/index.js';
import { type HubUnderTest, noOversell } from './index.js';

type UnitOfWork = HubUnderTest['unitOfWork'];

const hub =
  (spoil: (sound: UnitOfWork) => Partial<UnitOfWork>, decide?: (ids: IdSource) => DecidePlacements) => (): HubUnderTest => {
    const [ids, clock] = [fakeIds(), fakeClock()];
    const memory = memoryPersistence({
      now: clock.now,
      decide: decide?.(ids) ?? decidePlacements({ ids, policy: fewestLocations }),
      expire: (work) => expireUnpaid({ unitOfWork: work, ids, policy: fewestLocations }),
    });
    const unitOfWork = { ...memory.unitOfWork, ...spoil(memory.unitOfWork) };
    return {
      ...memory,
      unitOfWork,
      ids,
      policy: fewestLocations,
      advance: clock.advance,
      newOrganization: async () => organizationId(ids.next()),
    };
  };

/** A hub of which one store is sound but for what `spoil` makes of it. */
const withStore = <Name extends keyof AllStores>(name: Name, spoil: (sound: AllStores[Name]) => Partial<AllStores[Name]>) =>
  hub(({ run }) => ({
    run: (id, work, once) => run(id, (stores) => work({ ...stores, [name]: { ...stores[name], ...spoil(stores[name]) } }), once),
  }));

const applying = (change: (asked: StockChange) => StockChange) =>
  withStore('stock', ({ apply }) => ({ apply: (asked) => apply(change(asked)) }));

const deciding = (situationOf: (situation: Parameters<DecidePlacements>[0]) => Parameters<DecidePlacements>[0]) =>
  hub(
    () => ({}),
    (ids) => (situation, requests) => decidePlacements({ ids, policy: fewestLocations })(situationOf(situation), requests),
  );

const unreserved: Parameters<typeof deciding>[0] = (situation) => ({
  ...situation,
  shelves: situation.shelves.map((shelf) => ({ ...shelf, level: { ...shelf.level, reserved: 0 } })),
});

const broken: readonly (readonly [what: string, make: () => HubUnderTest])[] = [
  ['sells what is promised already', deciding(unreserved)],
  [
    'sells from locations that are out of use',
    deciding((situation) => ({
      ...situation,
      shelves: situation.shelves.map((shelf) => ({ ...shelf, location: { ...shelf.location, active: true } })),
    })),
  ],
  [
    'sells what earlier orders wait for',
    deciding((situation) => ({ ...situation, items: situation.items.map((item) => ({ ...item, waiting: 0 })) })),
  ],
  ['forgets to end what is released', applying((change) => ({ ...change, exits: [] }))],
  ['forgets to free the level', applying((change) => (change.exits.length > 0 ? { ...change, movements: [] } : change))],
  ['forgets to open reservations', applying((change) => ({ ...change, opened: [] }))],
  [
    'consumes what should be released',
    applying((change) => ({ ...change, exits: change.exits.map((exit) => ({ ...exit, to: 'consumed' })) })),
  ],
  ['lets others ship what is being bought', applying((change) => ({ ...change, pins: [] }))],
  ['loses what was split off', applying((change) => ({ ...change, splits: [] }))],
  ['forgets keys', hub(({ run }) => ({ run: (id, work) => run(id, work) }))],
  [
    'serves the newest waiting order first',
    withStore('orders', ({ waitingFor }) => ({
      waitingFor: async (skus, limit) => [...(await waitingFor(skus, limit))].reverse(),
    })),
  ],
  ['serves nobody who waits', withStore('orders', () => ({ waitingFor: async () => [] }))],
  [
    'breaks the oldest promise first',
    withStore('stock', ({ breakableAt }) => ({ breakableAt: async (...place) => [...(await breakableAt(...place))].reverse() })),
  ],
  ['locks but one location', withStore('stock', ({ lock }) => ({ lock: async (skus) => (await lock(skus)).slice(0, 1) }))],
  [
    'forgets whose unit of work it is',
    hub(({ run, read }) => {
      let first: OrganizationId | undefined;
      const always = (id: OrganizationId): OrganizationId => {
        first ??= id;
        return first;
      };
      return { run: (id, work, once) => run(always(id), work, once), read: (id, work) => read(always(id), work) };
    }),
  ],
];

describe('the law of no oversell notices a store that', () => {
  it.each(broken)('%s', async (_, make) => {
    await expect(noOversell(make)({ seed: 7, runs: 300 })).rejects.toThrow(/is broken: .*seed: 7, path: /s);
  });
});
