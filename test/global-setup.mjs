import { existsSync } from 'node:fs';

const built = (file) => {
  const url = new URL(`../packages/adapters/persistence/dist/${file}`, import.meta.url);
  if (!existsSync(url)) throw new Error('The packages are not built. Run "npm run build" first, or use "npm test".');
  return import(url.href);
};

/**
 * One PostgreSQL for the whole run, with a migrated template that each test file clones (see `test/database.ts`).
 * jest loads this file without its module map, so it needs what `npm run build` made.
 */
export default async function setup() {
  const { ensureDatabase, startEmbeddedPostgres } = await built('embedded/index.js');
  const { migrate } = await built('index.js');
  const postgres = await startEmbeddedPostgres({ mode: 'fast' });
  globalThis.rappitTestPostgres = postgres;
  process.env.RAPPIT_TEST_POSTGRES = postgres.superuserUrl();
  process.env.RAPPIT_TEST_OWNER = await ensureDatabase(postgres, 'rappit_template');
  await migrate(process.env.RAPPIT_TEST_OWNER);
}
