import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../../test/database.js';
import { doorRights } from './doors.js';
import { appRightsOn } from './roles.js';

/** What PostgreSQL says to whoever has no right, isn't the owner, or writes a row that a policy doesn't let pass. */
const REFUSED = '42501';

const OURS = `relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'knex_%'`;
const TENANT_TABLES = `SELECT relname AS name FROM pg_class WHERE ${OURS} AND relrowsecurity ORDER BY 1`;

describe('the working roles', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  let app: pg.Client;
  let door: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    admin = await connected(database.superuserUrl);
    app = await connected(database.appUrl);
    door = await connected(database.doorUrl);
  });
  afterAll(async () => {
    for (const client of [admin, app, door]) await client.end();
  });

  const namesBy = async (sql: string): Promise<readonly string[]> =>
    (await admin.query<{ name: string }>(sql)).rows.map(({ name }) => name);

  it('are no superusers, see past no policy, make no roles or databases, and are members of nothing', async () => {
    const { rows } = await admin.query(
      `SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
         (SELECT count(*)::integer FROM pg_auth_members m WHERE m.member = r.oid) AS memberships
       FROM pg_roles r WHERE rolname IN ('rappit_app', 'rappit_door') ORDER BY 1`,
    );
    const powerless = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false };
    expect(rows).toEqual(['rappit_app', 'rappit_door'].map((rolname) => ({ rolname, ...powerless, memberships: 0 })));
  });

  it('own nothing of ours: the app nothing at all, the door its job queue’s schema', async () => {
    const owned = (role: string) =>
      namesBy(`
        SELECT 'schema ' || nspname AS name FROM pg_namespace WHERE nspowner = '${role}'::regrole
        UNION SELECT 'relation in ' || relnamespace::regnamespace FROM pg_class WHERE relowner = '${role}'::regrole AND relnamespace::regnamespace::text NOT LIKE 'pg_%'
        UNION SELECT 'function in ' || pronamespace::regnamespace FROM pg_proc WHERE proowner = '${role}'::regrole
        UNION SELECT 'database ' || datname FROM pg_database WHERE datdba = '${role}'::regrole ORDER BY 1`);
    expect(await owned('rappit_app')).toEqual([]);
    expect((await owned('rappit_door')).filter((name) => !name.endsWith(' graphile_worker'))).toEqual([]);
  });

  it('have exactly the rights that are written down, and nobody else has any', async () => {
    const { rows } = await admin.query<{ grantee: string; table: string; rights: string }>(
      `SELECT grantee, table_name AS table, string_agg(privilege_type, ', ' ORDER BY privilege_type) AS rights
       FROM information_schema.table_privileges WHERE table_schema = 'public' AND table_name NOT LIKE 'knex_%' AND grantee <> grantor
       GROUP BY 1, 2 ORDER BY 2`,
    );
    const sorted = (rights: string): string => rights.split(', ').toSorted().join(', ');
    const tables = await namesBy(`SELECT relname AS name FROM pg_class WHERE ${OURS} ORDER BY 1`);
    expect(rows).toEqual(tables.map((table) => ({ grantee: 'rappit_app', table, rights: sorted(appRightsOn(table)) })));
  });

  it('find no way around the tables: there is no view, no function of ours, and nothing for everybody', async () => {
    expect(
      await namesBy(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i', 'S')`,
      ),
    ).toEqual([]);
    expect(await namesBy(`SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace`)).toEqual([]);
    expect(
      await namesBy(`SELECT polname AS name FROM pg_policy WHERE NOT polpermissive OR polname NOT IN ('tenant', 'door')`),
    ).toEqual([]);
    expect(
      await namesBy(
        `SELECT tablename || '.' || policyname AS name FROM pg_policies WHERE qual = 'true' AND roles <> '{rappit_door}'`,
      ),
    ).toEqual([]);
    const { rows } = await admin.query<{ may: boolean }>(`SELECT has_schema_privilege('public', 'public', 'CREATE') AS may`);
    expect(rows).toEqual([{ may: false }]);
  });

  it('can’t switch row-level security off, on any table', async () => {
    for (const table of await namesBy(TENANT_TABLES))
      for (const statement of [
        `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
        `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`,
        `ALTER TABLE ${table} OWNER TO CURRENT_USER`,
        `DROP POLICY tenant ON ${table}`,
        `ALTER POLICY tenant ON ${table} USING (true)`,
        `CREATE POLICY mine ON ${table} USING (true)`,
        `TRUNCATE ${table}`,
        `DROP TABLE ${table}`,
        `SET LOCAL row_security = off; SELECT * FROM ${table}`,
      ])
        for (const client of [app, door]) expect([statement, await codeOf(client, statement)]).toEqual([statement, REFUSED]);
  });

  it('can’t become anybody else, nor hand out what they have', async () => {
    const [owner] = await namesBy(`SELECT tableowner AS name FROM pg_tables WHERE tablename = 'organizations'`);
    for (const statement of [
      `SET ROLE ${owner}`,
      `SET SESSION AUTHORIZATION ${owner}`,
      'ALTER ROLE CURRENT_USER BYPASSRLS',
      'ALTER ROLE CURRENT_USER SUPERUSER',
      'CREATE ROLE another',
      'CREATE TABLE public.mine (id integer)',
      'CREATE FUNCTION public.mine() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
      `COPY organizations TO PROGRAM 'cat'`,
      'SELECT pg_read_file($$/etc/passwd$$)',
    ])
      for (const client of [app, door]) expect([statement, await codeOf(client, statement)]).toEqual([statement, REFUSED]);
    await app.query('GRANT SELECT ON stock_levels TO PUBLIC');
    expect(
      await namesBy(
        `SELECT table_name AS name FROM information_schema.table_privileges WHERE grantee = 'PUBLIC' AND table_schema = 'public'`,
      ),
    ).toEqual([]);
  });

  it('the door writes to no table, and reads no column but those that are written down for it', async () => {
    const readable: Readonly<Record<string, { readonly columns: readonly string[] }>> = doorRights;
    const { rows } = await admin.query<{ table: string; column: string }>(
      `SELECT relname AS table, attname AS column FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE ${OURS} AND attnum > 0 AND NOT attisdropped`,
    );
    for (const { table, column } of rows) {
      const code = await codeOf(door, `SELECT ${column} FROM ${table} LIMIT 1`);
      expect([table, column, code]).toEqual([table, column, readable[table]?.columns.includes(column) ? undefined : REFUSED]);
      for (const statement of [
        `UPDATE ${table} SET ${column} = DEFAULT`,
        `DELETE FROM ${table}`,
        `INSERT INTO ${table} DEFAULT VALUES`,
      ])
        expect([statement, await codeOf(door, statement)]).toEqual([statement, REFUSED]);
    }
  });
});

const connected = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client(url);
  await client.connect();
  return client;
};

/** What a statement is answered with that is undone in any case: undefined for success. */
const codeOf = async (client: pg.Client, statement: string): Promise<string | undefined> => {
  await client.query('BEGIN');
  try {
    await client.query(statement);
    return undefined;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  } finally {
    await client.query('ROLLBACK');
  }
};
