import type { OrganizationId } from '@rappit/domain';
import createKnex, { type Knex } from 'knex';
import pg from 'pg';
import { openFor } from './organization-setting.js';
import { outboxStore } from './stores/deliveries.js';
import { digest, newOrganization, openWorld, type TestWorld } from './test-world.test-kit.js';

const EVENTS = 5_000;
const LIMIT = 100;

describe('an outbox that fills while the planner takes it for empty', () => {
  let world: TestWorld;
  let knex: Knex;
  let organizationId: OrganizationId;
  beforeAll(async () => {
    world = await openWorld();
    knex = createKnex({ client: 'pg', connection: world.database.appUrl, pool: { min: 0, max: 1 } });
    organizationId = await newOrganization(world);
    const superuser = new pg.Client(world.database.superuserUrl);
    await superuser.connect();
    await superuser.query('ALTER TABLE outbox SET (autovacuum_enabled = off)');
    await superuser.query('VACUUM ANALYZE outbox');
    await superuser.query(
      `INSERT INTO outbox (organization_id, aggregate_id, aggregate_version, type, at, data)
       SELECT $1, 'order:' || n, 1, 'test.told', now(), '{}' FROM generate_series(1, $2::int) n`,
      [organizationId, EVENTS],
    );
    await superuser.end();
  });
  afterAll(async () => {
    await knex.destroy();
    await world.persistence.close();
  });

  /** How many rows of the outbox PostgreSQL has read in this transaction. */
  const rowsRead = async (trx: Knex.Transaction): Promise<number> => {
    const { rows } = await trx.raw<{ rows: { read: string }[] }>(
      `SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_xact_user_tables WHERE relname = 'outbox'`,
    );
    return Number(rows[0]?.read);
  };

  it('is claimed by reading a few rows for each event, not all of them', async () => {
    const read = await knex.transaction(async (trx) => {
      await trx.raw(openFor(organizationId));
      const scope = { trx, organizationId, now: new Date(0), digest, chains: new Map(), told: { events: false, stock: false } };
      const outbox = outboxStore(scope);
      expect(await outbox.claim(LIMIT, 30)).toHaveLength(LIMIT);
      return rowsRead(trx);
    });
    expect(read).toBeGreaterThanOrEqual(LIMIT);
    expect(read).toBeLessThan(10 * LIMIT);
  });
});
