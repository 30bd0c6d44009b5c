import type { Knex } from 'knex';
import { migrationSource, migrations } from './migrations/index.js';
import { withKnex } from './pools.js';
import type { WorkingUrls } from './roles.js';
import { SHARED_TABLES } from './shared-tables.js';

export type Inspection = {
  /** Migrations that the database lacks. */
  readonly pending: readonly string[];
  /** Those that it has and this version doesn't know. */
  readonly ahead: readonly string[];
  /** Working roles that own tables, or could look past row-level security. */
  readonly mightyRoles: readonly string[];
  /** Tables with an organization's rows whose policies aren't forced. */
  readonly unforcedTables: readonly string[];
  /** Checks on stock levels that aren't there, or were never validated. */
  readonly missingChecks: readonly string[];
  /** Settings of the server under which an answered commit can be lost. */
  readonly undurable: readonly string[];
};

/** I1, in the table itself (0002-inventory). */
const STOCK_CHECKS = ['stock_levels_i1'];

const MIGHTY = `
  SELECT rolname AS name FROM pg_roles r WHERE rolname = current_user AND (rolsuper OR rolbypassrls
    OR EXISTS (SELECT FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relowner = r.oid))`;

/** A table of tenants is one that has an `organization_id`, but for the shared ones (docs/security.md), which are read before it is known. */
const UNFORCED = `
  SELECT relname AS name FROM pg_class c
  WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)
    AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'organization_id' AND NOT attisdropped)
    AND relname <> ALL (?) ORDER BY 1`;

const CHECKS = `
  SELECT conname AS name FROM pg_constraint
  WHERE contype = 'c' AND convalidated AND conrelid = to_regclass('public.stock_levels')`;

const UNDURABLE = `
  SELECT name FROM pg_settings
  WHERE (name IN ('fsync', 'full_page_writes') OR (name = 'synchronous_commit')) AND setting = 'off' ORDER BY 1`;

const namesOf = async (knex: Knex, sql: string, bindings: readonly Knex.RawBinding[] = []): Promise<readonly string[]> =>
  (await knex.raw<{ rows: readonly { name: string }[] }>(sql, bindings)).rows.map(({ name }) => name);

/** What a database says of itself to whoever works on it. Reads only. Throws when it can't be reached. */
export const inspect = async ({ appUrl, doorUrl }: WorkingUrls): Promise<Inspection> => {
  const ofDoor = await withKnex(doorUrl, (knex) => namesOf(knex, MIGHTY));
  return withKnex(appUrl, async (knex) => {
    const { pending, ahead } = await migrationsIn(knex);
    const checks = await namesOf(knex, CHECKS);
    return {
      pending,
      ahead,
      mightyRoles: [...new Set([...(await namesOf(knex, MIGHTY)), ...ofDoor])],
      unforcedTables: await namesOf(knex, UNFORCED, [[...SHARED_TABLES]]),
      // Before there is a schema, all of it is pending, which says enough.
      missingChecks: pending.length === migrations.length ? [] : STOCK_CHECKS.filter((check) => !checks.includes(check)),
      undurable: await namesOf(knex, UNDURABLE),
    };
  });
};

export type MigrationState = {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  readonly ahead: readonly string[];
};

/** The same on connections that there are. */
export const migrationsIn = async (knex: Knex): Promise<MigrationState> => {
  const [table] = await namesOf(knex, `SELECT to_regclass('public.knex_migrations')::text AS name`);
  const applied = table ? await namesOf(knex, 'SELECT name FROM knex_migrations ORDER BY id') : [];
  const known = await migrationSource.getMigrations([]);
  const names = known.map(([name]) => name);
  return {
    applied,
    pending: names.filter((name) => !applied.includes(name)),
    ahead: applied.filter((name) => !names.includes(name)),
  };
};

/** Which migrations a database has, in the order in which they came, and which it lacks. */
export const migrationState = (url: string): Promise<MigrationState> => withKnex(url, migrationsIn);

/** The statements of migrations, for whoever wants to read them before they run. */
export const migrationPlan = (pending: readonly string[]): readonly { readonly name: string; readonly sql: string }[] =>
  migrations.filter(([name]) => pending.includes(name)).map(([name, sql]) => ({ name, sql }));
