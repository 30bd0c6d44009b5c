import { decidePlacements, expireUnpaid, fewestLocations } from '@rappit/domain';
import { sha256 } from '@rappit/identity';
import { openPersistence } from '@rappit/persistence';
import { fakeIds } from '@rappit/testing/fakes';
import { freshDatabase } from '../../../../../test/database.js';
import type { MakeBackend } from './backend.test-kit.js';

/** A database of its own, as the app's working roles see it. */
export const onPostgres: MakeBackend = async () => {
  const ids = fakeIds();
  const policy = fewestLocations;
  const database = await freshDatabase();
  const persistence = await openPersistence({
    ...database,
    digest: sha256,
    decide: decidePlacements({ ids, policy }),
    expire: (work) => expireUnpaid({ unitOfWork: work, ids, policy }),
  });
  const { unitOfWork, intake, accounts, doors } = persistence;
  return { unitOfWork, intake, accounts, door: doors, ids, policy, now: () => new Date(), close: persistence.close };
};
