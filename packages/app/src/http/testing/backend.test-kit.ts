import {
  type AllocationPolicy,
  decidePlacements,
  expireUnpaid,
  fewestLocations,
  type IdSource,
  type OutboxStore,
  type UnitOfWork,
} from '@rappit/domain';
import { fakeIds, memoryPersistence } from '@rappit/testing/fakes';
import type { Ports, Stores } from '../../use-cases.js';

/** What keeps things under a server that is tested, however it keeps them. */
export type Backend = Pick<Ports, 'intake' | 'accounts' | 'accountRequests' | 'door'> & {
  readonly unitOfWork: UnitOfWork<Stores & { readonly outbox: OutboxStore }>;
  readonly ids: IdSource;
  readonly policy: AllocationPolicy;
  readonly now: () => Date;
  /** Statements that were sent to a database so far, where there is one and somebody counts. */
  readonly statements?: () => number;
  /** Everything that is stored, as text, to look for what may not be in it. */
  readonly stored: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Makes an empty one for each suite. */
export type MakeBackend = () => Promise<Backend>;

export const inMemoryBackend: MakeBackend = () => inMemoryBackendAt(() => new Date());

/** The same by a clock of the test. */
export const inMemoryBackendAt = async (now: () => Date): Promise<Backend> => {
  const ids = fakeIds();
  const policy = fewestLocations;
  const { unitOfWork, intake, accounts, accountRequests, door } = memoryPersistence({
    now,
    decide: decidePlacements({ ids, policy }),
    expire: (work) => expireUnpaid({ unitOfWork: work, ids, policy }),
  });
  return {
    unitOfWork,
    intake,
    accounts,
    accountRequests,
    door,
    ids,
    policy,
    now,
    stored: async () => '',
    close: async () => undefined,
  };
};
