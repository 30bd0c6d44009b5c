import { createHmac } from 'node:crypto';
import { bug } from '@rappit/domain';
import type { Knex } from 'knex';
import { doorRights } from './doors.js';

/** Where each of the two working roles connects. The owner's connection is only for migrations. */
export type WorkingUrls = { readonly appUrl: string; readonly doorUrl: string };

/** What the app's role is called wherever nobody chose its name by a `DATABASE_URL` of its own. */
export const APP_ROLE = 'rappit_app';

/**
 * The working roles' URLs, made from the owner's: outside production one URL is enough. Their passwords are derived from the owner's,
 * so that they needn't be kept anywhere.
 */
export const workingUrls = (ownerUrl: string): WorkingUrls => ({
  appUrl: derived(ownerUrl, APP_ROLE),
  doorUrl: derived(ownerUrl, 'rappit_door'),
});

const derived = (ownerUrl: string, role: string): string => {
  const url = new URL(ownerUrl);
  url.password = createHmac('sha256', decodeURIComponent(url.password)).update(role).digest('hex');
  url.username = role;
  return url.href;
};

type Login = { readonly role: string; readonly password: string };

const loginOf = (url: string): Login => {
  const { username, password } = new URL(url);
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(username))
    return bug('a database role is written in lower-case letters, digits and underscores');
  return { role: username, password: decodeURIComponent(password) };
};

/** For tables whose rows others refer to without a foreign key (docs/adr/0010), or that are nobody's to remove. */
const NEVER_REMOVED = 'SELECT, INSERT, UPDATE';

/** What the app's role may do, table by table. What isn't named may be read, added, changed and removed. */
const appRights: Readonly<Record<string, string>> = {
  organizations: NEVER_REMOVED,
  users: NEVER_REMOVED,
  items: NEVER_REMOVED,
  locations: NEVER_REMOVED,
  stock_levels: NEVER_REMOVED,
  order_numbers: NEVER_REMOVED,
  orders: NEVER_REMOVED,
  order_lines: NEVER_REMOVED,
  reservations: NEVER_REMOVED,
  order_timeline: NEVER_REMOVED,
  api_keys: NEVER_REMOVED,
  movements: 'SELECT, INSERT',
  audit_log: 'SELECT, INSERT',
  billing_audit: 'SELECT, INSERT',
  selling_since: 'SELECT, INSERT',
  order_allocations: 'SELECT, INSERT',
};
const EVERYTHING = 'SELECT, INSERT, UPDATE, DELETE';
export const appRightsOn = (table: string): string => appRights[table] ?? EVERYTHING;
const grantOn = (rights: string): string => `GRANT ${rights} ON ?? TO ??`;

/** Makes the two roles where they don't exist, and gives them exactly their rights. Run as the owner, after the migrations. */
export const grantRights = async (owner: Knex, urls: WorkingUrls): Promise<void> => {
  const app = loginOf(urls.appUrl);
  const door = loginOf(urls.doorUrl);
  await owner.transaction(async (trx) => {
    for (const login of [app, door]) await ensureLogin(trx, login);
    const { rows } = await trx.raw<{ rows: { name: string }[] }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'knex_%' ORDER BY 1`,
    );
    for (const { name } of rows) {
      await trx.raw('REVOKE ALL ON ?? FROM ??, ??', [name, app.role, door.role]);
      await trx.raw(grantOn(appRightsOn(name)), [name, app.role]);
    }
    // Only to see, at start, whether a migration is missing.
    await trx.raw('GRANT SELECT ON knex_migrations, knex_migrations_lock TO ??', [app.role]);
    await openDoors(trx, door.role);
  });
};

const ensureLogin = async (trx: Knex.Transaction, { role, password }: Login): Promise<void> => {
  const { rows } = await trx.raw<{ rows: unknown[] }>('SELECT FROM pg_roles WHERE rolname = ?', [role]);
  if (rows.length > 0) return;
  const { rows: quoted } = await trx.raw<{ rows: { sql: string }[] }>(
    `SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD %L', ?::text, ?::text) AS sql`,
    [role, password],
  );
  await trx.raw(quoted[0]?.sql ?? bug('a statement was formatted'));
};

const selectOf = (columns: number): string => `SELECT (${Array.from({ length: columns }, () => '??').join(', ')})`;

/** The door reads through a policy of its own: named columns of named tables, and nothing else. */
const openDoors = async (trx: Knex.Transaction, role: string): Promise<void> => {
  for (const [table, { columns }] of Object.entries(doorRights)) {
    await trx.raw(grantOn(selectOf(columns.length)), [...columns, table, role]);
    await trx.raw('DROP POLICY IF EXISTS door ON ??', [table]);
    await trx.raw('CREATE POLICY door ON ?? FOR SELECT TO ?? USING (true)', [table, role]);
  }
  const { rows } = await trx.raw<{ rows: { name: string }[] }>('SELECT current_database() AS name');
  await trx.raw('GRANT CREATE ON DATABASE ?? TO ??', [rows[0]?.name ?? bug('a database has a name'), role]);
};
