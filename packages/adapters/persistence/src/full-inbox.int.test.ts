import type { OrganizationId } from '@rappit/domain';
import createKnex, { type Knex } from 'knex';
import pg from 'pg';
import { openFor } from './organization-setting.js';
import { inboxStore } from './stores/deliveries.js';
import { digest, newOrganization, openWorld, type TestWorld } from './test-world.test-kit.js';

const DELIVERIES = 300;
const LIMIT = 50;

/** As it stands the planner chooses anew for each row, where it may. */
describe('an inbox that fills while the planner takes it for empty', () => {
  let world: TestWorld;
  let knex: Knex;
  let organizationId: OrganizationId;
  beforeAll(async () => {
    world = await openWorld();
    knex = createKnex({ client: 'pg', connection: world.database.appUrl, pool: { min: 0, max: 1 } });
    organizationId = await newOrganization(world);
    const superuser = new pg.Client(world.database.superuserUrl);
    await superuser.connect();
    await superuser.query('ALTER TABLE inbox SET (autovacuum_enabled = off)');
    await superuser.query('VACUUM ANALYZE inbox');
    await superuser.query(
      `INSERT INTO inbox (organization_id, id, source_id, topic, delivery_id, body, received_at)
       SELECT $1, gen_random_uuid(), 'shop', 'orders/create', n::text, '{}', now() - make_interval(secs => 10000 - n)
       FROM generate_series(1, $2::int) n`,
      [organizationId, DELIVERIES],
    );
    await superuser.end();
  });
  afterAll(async () => {
    await knex.destroy();
    await world.persistence.close();
  });

  it('hands out as many as were asked for, the oldest', async () => {
    const trx = await knex.transaction();
    await trx.raw(openFor(organizationId));
    const scope = { trx, organizationId, now: new Date(0), digest, chains: new Map(), told: { events: false, stock: false } };
    const claimed = await inboxStore(scope).claim(LIMIT, 30);
    await trx.rollback();
    const oldest = Array.from({ length: LIMIT }, (_, index) => String(index + 1));
    expect(claimed.map(({ deliveryId }) => deliveryId).sort()).toEqual(oldest.sort());
  });
});
