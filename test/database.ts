import { randomBytes } from 'node:crypto';
import { type WorkingUrls, workingUrls } from '@rappit/persistence';
import { cloneDatabase } from '@rappit/persistence/embedded';
import pg from 'pg';

export type TestDatabase = WorkingUrls & { readonly ownerUrl: string; readonly superuserUrl: string };

const fromSetup = (name: 'RAPPIT_TEST_POSTGRES' | 'RAPPIT_TEST_OWNER'): string => {
  const url = process.env[name];
  if (!url) throw new Error(`${name} is set by test/global-setup.mjs`);
  return url;
};

/** Nothing is given up, neither a statement, a lock nor a connection: a busy machine may stand still for seconds in the middle of it. */
const PATIENTLY = {
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  connect_timeout: '86400',
};

const patient = (url: string): string => {
  const other = new URL(url);
  for (const [setting, value] of Object.entries(PATIENTLY)) other.searchParams.set(setting, value);
  return other.href;
};

const inDatabase = (url: string, database: string): string => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};

/**
 * What a test leaves in its books: `whole` ones hold at its end; of `levels` only the stock does, since the test changed it without its
 * orders; `planted` differences are what the test is about.
 */
export type Books = 'whole' | 'levels' | 'planted';

/**
 * A migrated database of the test's own on the run's PostgreSQL, at URLs that no deadline comes with. It goes with the server, when the
 * run ends and its books were checked (I10).
 */
export const freshDatabase = async (books: Books = 'whole'): Promise<TestDatabase> => {
  const database = `books_${books}_${randomBytes(8).toString('hex')}`;
  const server = fromSetup('RAPPIT_TEST_POSTGRES');
  await cloneDatabase(server, 'rappit_template', database);
  const ownerUrl = patient(inDatabase(fromSetup('RAPPIT_TEST_OWNER'), database));
  return { ...workingUrls(ownerUrl), ownerUrl, superuserUrl: inDatabase(server, database) };
};

/** Every row of every table, as the superuser sees it. */
export const everyRow = async ({ superuserUrl }: TestDatabase): Promise<string> => {
  const admin = new pg.Client(superuserUrl);
  await admin.connect();
  try {
    const { rows: tables } = await admin.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await admin.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      texts.push(...rows.map(({ text }) => `${name} ${text}`));
    }
    return texts.join('\n');
  } finally {
    await admin.end();
  }
};
