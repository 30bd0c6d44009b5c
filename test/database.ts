import { randomBytes } from 'node:crypto';
import { type WorkingUrls, workingUrls } from '@rappit/persistence';
import { cloneDatabase } from '@rappit/persistence/embedded';

export type TestDatabase = WorkingUrls & { readonly ownerUrl: string; readonly superuserUrl: string };

const fromSetup = (name: 'RAPPIT_TEST_POSTGRES' | 'RAPPIT_TEST_OWNER'): string => {
  const url = process.env[name];
  if (!url) throw new Error(`${name} is set by test/global-setup.mjs`);
  return url;
};

const inDatabase = (url: string, database: string): string => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};

/** A migrated database of the test's own on the run's PostgreSQL. It goes with the server. */
export const freshDatabase = async (): Promise<TestDatabase> => {
  const database = `test_${randomBytes(8).toString('hex')}`;
  const server = fromSetup('RAPPIT_TEST_POSTGRES');
  await cloneDatabase(server, 'rappit_template', database);
  const ownerUrl = inDatabase(fromSetup('RAPPIT_TEST_OWNER'), database);
  return { ...workingUrls(ownerUrl), ownerUrl, superuserUrl: inDatabase(server, database) };
};
