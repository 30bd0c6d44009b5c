import { persistenceContracts, runContract } from '@rappit/testing/contracts';
import pg from 'pg';
import { contractWorld, openWorld, type TestWorld } from './test-world.test-kit.js';

/**
 * The same promises with row-level security switched off: each statement names its organization by itself, so that the policies are a
 * second net and never the only one. All organizations share one database here, so a statement that forgets finds another's rows.
 */
let world: TestWorld;
beforeAll(async () => {
  world = await openWorld('levels');
  const admin = new pg.Client(world.database.superuserUrl);
  await admin.connect();
  const { rows } = await admin.query<{ sql: string }>(
    `SELECT format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', relname) AS sql FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace`,
  );
  expect(rows.length).toBeGreaterThan(15);
  for (const { sql } of rows) await admin.query(sql);
  await admin.end();
});
afterAll(() => world.persistence.close());

for (const [name, cases] of Object.entries(persistenceContracts))
  runContract({ describe, it }, `PostgreSQL without policies, as ${name}`, {
    cases,
    make: () => contractWorld(world),
  });
