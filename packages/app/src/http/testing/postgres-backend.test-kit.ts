import { decidePlacements, expireUnpaid, fewestLocations } from '@rappit/domain';
import { sha256 } from '@rappit/identity';
import { openPersistence } from '@rappit/persistence';
import { fakeIds } from '@rappit/testing/fakes';
import { everyRow, freshDatabase, type TestDatabase } from '../../../../../test/database.js';
import type { Backend, MakeBackend } from './backend.test-kit.js';
import { startCountingProxy } from './counting-proxy.test-kit.js';

/** A database of its own, as the app's working roles see it. */
export const onPostgres: MakeBackend = async () => backendOver(await freshDatabase());

/** The same, with every statement counted on its way. */
export const onCountedPostgres: MakeBackend = async () => {
  const database = await freshDatabase();
  const { appUrl, doorUrl } = database;
  const proxy = await startCountingProxy(appUrl);
  const backend = await backendOver({ ...database, appUrl: proxy.through(appUrl), doorUrl: proxy.through(doorUrl) });
  const close = async (): Promise<void> => {
    await backend.close();
    await proxy.close();
  };
  return { ...backend, statements: proxy.statements, close };
};

const backendOver = async (database: TestDatabase): Promise<Backend> => {
  const ids = fakeIds();
  const policy = fewestLocations;
  const persistence = await openPersistence({
    ...database,
    digest: sha256,
    decide: decidePlacements({ ids, policy }),
    expire: (work) => expireUnpaid({ unitOfWork: work, ids, policy }),
  });
  const { unitOfWork, intake, accounts, accountRequests, doors } = persistence;
  return {
    unitOfWork,
    intake,
    accounts,
    accountRequests,
    door: doors,
    ids,
    policy,
    now: () => new Date(),
    stored: () => everyRow(database),
    close: persistence.close,
  };
};
