import { booksAtTheEnd } from './books-at-the-end.mjs';

/** The books hold at the end of every run (I10), or the run has failed. */
export default async function teardown() {
  const postgres = globalThis.rappitTestPostgres;
  if (!postgres) return;
  const built = (file) => import(new URL(`../packages/${file}`, import.meta.url).href);
  try {
    const [{ withKnex }, { postgresUnitOfWork }, { reconcile, auditLedger }] = await Promise.all([
      built('adapters/persistence/dist/pools.js'),
      built('adapters/persistence/dist/unit-of-work.js'),
      built('domain/dist/index.js'),
    ]);
    const parts = { withKnex, postgresUnitOfWork, reconcile, auditLedger };
    const { databases, organizations, differences } = await booksAtTheEnd(postgres.superuserUrl(), parts);
    process.stdout.write(
      `I10: the books of ${organizations} organizations in ${databases} databases, ${differences.length} with differences\n`,
    );
    if (differences.length > 0)
      throw new Error(`I10: books differ at the end of the run:\n${JSON.stringify(differences, null, 2)}`);
  } finally {
    await postgres.stop();
  }
}
