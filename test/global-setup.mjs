import { existsSync } from 'node:fs';

const built = new URL('../packages/adapters/persistence/dist/embedded/index.js', import.meta.url);

/**
 * One PostgreSQL for the whole run; its superuser's URL is in RAPPIT_TEST_POSTGRES, and each test file clones a database.
 * jest loads this file without its module map, so it needs what `npm run build` made.
 */
export default async function setup() {
  if (!existsSync(built)) throw new Error('The packages are not built. Run "npm run build" first, or use "npm test".');
  const { startEmbeddedPostgres } = await import(built.href);
  const postgres = await startEmbeddedPostgres({ mode: 'fast' });
  globalThis.rappitTestPostgres = postgres;
  process.env.RAPPIT_TEST_POSTGRES = postgres.superuserUrl();
}
