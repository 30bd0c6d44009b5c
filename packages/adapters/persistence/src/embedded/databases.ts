import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import type { EmbeddedPostgres } from './start-embedded-postgres.js';

const owner = 'rappit_owner';

const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A server that shuts down says so on idle connections, and an error nobody listens to ends the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
};

/**
 * Makes the login `rappit_owner` and a database it owns, each unless it is there, and answers the owner's URL.
 * - The owner may make roles but is no superuser and obeys row-level security.
 * - Its password follows from the superuser's, so the URL is the same after every start on the same data.
 * - Several processes may ask at the same moment.
 */
export const ensureDatabase = async (postgres: EmbeddedPostgres, database: string): Promise<string> => {
  const url = new URL(postgres.superuserUrl());
  const password = createHmac('sha256', url.password).update(owner).digest('base64url');
  await withClient(url.href, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('rappit.ensureDatabase'))");
    const roles = await client.query('select from pg_roles where rolname = $1', [owner]);
    if (roles.rowCount === 0) {
      await client.query(
        `create role ${owner} login nosuperuser nobypassrls nocreatedb createrole password ${client.escapeLiteral(password)}`,
      );
    }
    const databases = await client.query('select from pg_database where datname = $1', [database]);
    if (databases.rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(database)} owner ${owner}`);
    }
  });
  url.username = owner;
  url.password = password;
  url.pathname = encodeURIComponent(database);
  return url.href;
};

/**
 * Makes `database` as a copy of `template`, with the same owner. Several copies may be made at the same moment.
 * - It fails when somebody stays connected to `template`.
 * - Rights and settings of the database itself (`GRANT … ON DATABASE`, `ALTER DATABASE … SET`) are not copied.
 */
export const cloneDatabase = async (superuserUrl: string, template: string, database: string): Promise<void> => {
  await withClient(superuserUrl, async (client) => {
    const found = await client.query<{ owner: string }>(
      'select pg_get_userbyid(datdba) as owner from pg_database where datname = $1',
      [template],
    );
    const owned = found.rows[0];
    if (!owned) throw new Error(`There is no database ${template} to copy.`);
    const [copy, source, by] = [database, template, owned.owner].map((name) => client.escapeIdentifier(name));
    await client.query(`create database ${copy} template ${source} owner ${by} strategy file_copy`);
  });
};
