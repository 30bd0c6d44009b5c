import pg from 'pg';
import { doorRights } from './doors.js';
import { openPersistence } from './open.js';
import { sealedColumns } from './stores/seals.js';
import { digest, newOrganization, openWorld, skuOf, stocked, type TestWorld } from './test-world.test-kit.js';

/** Tables that organizations share by design (§5). Whatever else there is belongs to one organization. */
const SHARED = ['account_requests', 'memberships', 'organizations', 'selling_since', 'session_tokens', 'sessions', 'users'];

describe('what one organization wrote, no other can read', () => {
  let world: TestWorld;
  let admin: pg.Client;
  beforeAll(async () => {
    world = await openWorld();
    admin = new pg.Client(world.database.superuserUrl);
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await world.persistence.close();
  });

  const names = async (sql: string): Promise<readonly string[]> =>
    (await admin.query<{ name: string }>(sql)).rows.map(({ name }) => name);
  const ours = `relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'knex_%'`;

  it('every table but the shared ones is under forced row-level security', async () => {
    expect(
      await names(
        `SELECT relname AS name FROM pg_class WHERE ${ours} AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`,
      ),
    ).toEqual(SHARED);
  });

  it('every policy for the app names the organization, in what it reads and in what it writes', async () => {
    const { rows } = await admin.query<{ tablename: string; qual: string; with_check: string }>(
      `SELECT tablename, qual, with_check FROM pg_policies WHERE schemaname = 'public' AND policyname = 'tenant'`,
    );
    const tables = await names(`SELECT relname AS name FROM pg_class WHERE ${ours} ORDER BY 1`);
    expect(rows.map(({ tablename }) => tablename).sort()).toEqual(tables.filter((name) => !SHARED.includes(name)));
    for (const { qual, with_check } of rows) {
      expect(qual).toContain("NULLIF(current_setting('rappit.organization_id'::text, true), ''::text)");
      expect(with_check).toBe(qual);
    }
  });

  it('the organization comes first in every primary key, unique index and foreign key of a tenant table', async () => {
    const { rows } = await admin.query<{ name: string; first: string }>(`
      SELECT c.relname || '.' || i.relname AS name, a.attname AS first
      FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity AND x.indisunique
      UNION ALL
      SELECT c.relname || '.' || k.conname, a.attname
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'f' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace`);
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ first }) => first !== 'organization_id')).toEqual([]);
  });

  it('every column of sealed secrets is one that rotating keys goes through', async () => {
    expect(
      await names(
        `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%seal%' ORDER BY 1`,
      ),
    ).toEqual(
      Object.values(sealedColumns)
        .map(({ table }) => table)
        .sort(),
    );
  });

  it('no foreign key clears columns, and no table has a trigger or a sequence', async () => {
    expect(await names(`SELECT conname AS name FROM pg_constraint WHERE contype = 'f' AND confdeltype IN ('n', 'd')`)).toEqual(
      [],
    );
    expect(
      await names(
        `SELECT tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'knex_%'`,
      ),
    ).toEqual([]);
  });

  it('without an organization set, the app’s role sees nothing; with another’s, nothing of ours', async () => {
    const organizationId = await newOrganization(world);
    const other = await newOrganization(world);
    await stocked(world, organizationId, skuOf('SECRET'), 7);
    const client = new pg.Client(world.database.appUrl);
    await client.connect();
    try {
      const count = async (): Promise<unknown> =>
        (await client.query<{ n: string }>('SELECT count(*) AS n FROM stock_levels')).rows[0]?.n;
      expect(await count()).toBe('0');
      await client.query(`BEGIN; SET LOCAL rappit.organization_id = '${other}'`);
      expect(await count()).toBe('0');
      await client.query('COMMIT');
      expect(await count()).toBe('0');
      await client.query(`BEGIN; SET LOCAL rappit.organization_id = '${organizationId}'`);
      expect(await count()).toBe('1');
      await client.query('ROLLBACK');
    } finally {
      await client.end();
    }
  });

  it('the ledger and the audit log can be added to and read, and neither changed nor removed', async () => {
    const client = new pg.Client(world.database.appUrl);
    await client.connect();
    try {
      for (const sql of [
        'UPDATE movements SET kind = kind',
        'DELETE FROM movements',
        'UPDATE audit_log SET kind = kind',
        'DELETE FROM audit_log',
        'TRUNCATE audit_log',
        'DELETE FROM organizations',
      ])
        await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  it('what rows refer to without a foreign key can’t be removed by the app, nor what removes it along', async () => {
    const client = new pg.Client(world.database.appUrl);
    await client.connect();
    try {
      for (const table of ['orders', 'order_lines', 'stock_levels', 'items', 'locations', 'reservations', 'order_numbers'])
        await expect(client.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  it('what a placement writes has foreign keys to what it doesn’t write, and to nothing else', async () => {
    const { rows } = await admin.query<{ key: string }>(
      `SELECT conrelid::regclass || ' to ' || confrelid::regclass AS key FROM pg_constraint
       WHERE contype = 'f' AND conrelid = ANY(ARRAY['orders', 'order_lines', 'reservations', 'movements', 'order_timeline', 'order_allocations',
         'outbox', 'idempotency_keys', 'stock_levels', 'order_numbers']::regclass[]) ORDER BY 1`,
    );
    expect(rows.map(({ key }) => key)).toEqual([
      'order_lines to items',
      'order_numbers to organizations',
      'orders to channels',
      'orders to organizations',
      'stock_levels to items',
      'stock_levels to locations',
    ]);
  });

  it('the door reads exactly the columns that are written down for it, and writes nothing', async () => {
    const { rows } = await admin.query<{ table: string; column: string; right: string }>(
      `SELECT table_name AS table, column_name AS column, privilege_type AS right FROM information_schema.column_privileges
       WHERE grantee = 'rappit_door' AND table_schema = 'public' ORDER BY 1, 2`,
    );
    const written = Object.entries(doorRights).flatMap(([table, { columns }]) =>
      columns.map((column) => ({ table, column, right: 'SELECT' })),
    );
    const byName = (one: { table: string; column: string }): string => `${one.table}.${one.column}`;
    expect(rows.map((row) => ({ ...row })).sort((a, b) => (byName(a) < byName(b) ? -1 : 1))).toEqual(
      written.sort((a, b) => (byName(a) < byName(b) ? -1 : 1)),
    );
    for (const { why } of Object.values(doorRights)) expect(why.length).toBeGreaterThan(20);
  });

  it.each(['ownerUrl', 'superuserUrl'] as const)('a process that connects by its %s refuses to start', async (url) => {
    const mighty = world.database[url];
    const options = { doorUrl: world.database.doorUrl, digest, decide: () => [], expire: () => () => Promise.resolve(0) };
    await expect(openPersistence({ ...options, appUrl: mighty })).rejects.toThrow('row-level security');
  });
});
