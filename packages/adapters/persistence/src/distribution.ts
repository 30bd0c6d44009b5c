import type { Knex } from 'knex';
import { withKnex } from './pools.js';
import { SHARED_TABLES } from './shared-tables.js';

/** How the tables of an installation are spread over the nodes of a Citus cluster, each organization on one. */
export type DistributionPlan = {
  /** What keeps the schema from being distributed: every rule that a table breaks. */
  readonly faults: readonly string[];
  /** In the order in which they have to be run, by the owner of the tables, in one transaction. */
  readonly statements: readonly string[];
};

type Key = {
  readonly table: string;
  readonly name: string;
  readonly kind: 'primary' | 'unique';
  readonly first: string | null;
};
type Link = {
  readonly table: string;
  readonly name: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly onDelete: string;
};
type Catalogue = {
  readonly tenantTables: readonly string[];
  readonly sharedTables: readonly string[];
  readonly keys: readonly Key[];
  readonly links: readonly Link[];
  readonly triggers: readonly { readonly table: string; readonly name: string }[];
  readonly sequences: readonly { readonly table: string; readonly name: string }[];
};

const TABLES = `
  SELECT relname AS name, EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'organization_id' AND NOT attisdropped) AS tenant
  FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`;
/** An expression has no column, and so is nobody's organization. */
const KEYS = `
  SELECT t.relname AS table, i.relname AS name, CASE WHEN x.indisprimary THEN 'primary' ELSE 'unique' END AS kind, a.attname AS first
  FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
  LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0] AND a.attnum > 0
  WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace ORDER BY 1, 2`;
const LINKS = `
  SELECT c.conrelid::regclass::text AS table, c.conname AS name, c.confrelid::regclass::text AS target,
    f.attname AS from, t.attname AS to, c.confdeltype AS "onDelete"
  FROM pg_constraint c
  JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1]
  JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = c.confkey[1]
  WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND c.conparentid = 0 ORDER BY 1, 2`;
const TRIGGERS = `
  SELECT tgrelid::regclass::text AS table, tgname AS name FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
  WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2`;
const SEQUENCES = `
  SELECT table_name AS table, column_name AS name FROM information_schema.columns
  WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval(%') ORDER BY 1, 2`;

/** What knex keeps of its own work stays on the coordinator. */
const OF_KNEX = /^knex_migrations/;

const rowsOf = async <Row>(knex: Knex, sql: string): Promise<readonly Row[]> =>
  (await knex.raw<{ rows: readonly Row[] }>(sql)).rows;

const catalogueIn = async (knex: Knex): Promise<Catalogue> => {
  const ours = <Row extends { readonly table: string }>(rows: readonly Row[]) => rows.filter(({ table }) => !OF_KNEX.test(table));
  const tables = (await rowsOf<{ name: string; tenant: boolean }>(knex, TABLES)).filter(({ name }) => !OF_KNEX.test(name));
  const isTenants = ({ name, tenant }: { name: string; tenant: boolean }): boolean => tenant && !SHARED_TABLES.includes(name);
  return {
    tenantTables: tables.filter(isTenants).map(({ name }) => name),
    sharedTables: tables.filter((table) => !isTenants(table)).map(({ name }) => name),
    keys: ours(await rowsOf<Key>(knex, KEYS)),
    links: ours(await rowsOf<Link>(knex, LINKS)),
    triggers: ours(await rowsOf(knex, TRIGGERS)),
    sequences: ours(await rowsOf(knex, SEQUENCES)),
  };
};

const SET_NULL = 'n';
const SET_DEFAULT = 'd';

/**
 * Every rule of a schema that can be distributed by organization which this one breaks. Citus 13.2 refuses the first five, and runs no
 * triggers; a number from a sequence is no longer unique once it is made on several nodes.
 */
const faultsOf = ({ tenantTables, keys, links, triggers, sequences }: Catalogue): readonly string[] => {
  const isTenants = (table: string): boolean => tenantTables.includes(table);
  const ofTenants = keys.filter(({ table }) => isTenants(table));
  return [
    ...tenantTables
      .filter((table) => !ofTenants.some((key) => key.table === table && key.kind === 'primary'))
      .map((table) => `${table}: has no primary key`),
    ...ofTenants
      .filter(({ first }) => first !== 'organization_id')
      .map(({ table, name }) => `${table}: ${name} is unique over all organizations`),
    ...links
      .filter(({ table, target }) => isTenants(table) && isTenants(target))
      .filter(({ from, to }) => from !== 'organization_id' || to !== 'organization_id')
      .map(({ table, name }) => `${table}: ${name} could lead to another organization's row`),
    ...links
      .filter(({ table, target }) => !isTenants(table) && isTenants(target))
      .map(({ table, name }) => `${table}: ${name} leads from a shared table to an organization's row`),
    ...links
      .filter(({ table, onDelete }) => isTenants(table) && (onDelete === SET_NULL || onDelete === SET_DEFAULT))
      .map(({ table, name }) => `${table}: ${name} changes its own key when a row goes`),
    ...triggers.map(({ table, name }) => `${table}: has the trigger ${name}`),
    ...sequences.map(({ table, name }) => `${table}: ${name} counts by a sequence`),
  ];
};

/** Whatever a table leads to comes before it. */
const parentsFirst = (tables: readonly string[], links: readonly Link[]): readonly string[] => {
  const ordered: string[] = [];
  const visit = (table: string, above: readonly string[]): void => {
    if (ordered.includes(table) || above.includes(table)) return;
    for (const { target } of links.filter((link) => link.table === table && tables.includes(link.target)))
      visit(target, [...above, table]);
    ordered.push(table);
  };
  for (const table of tables) visit(table, []);
  return ordered;
};

/** The first column of every distributed table is the organization, and all of an organization's rows lie on one node. */
const statementsOf = ({ tenantTables, sharedTables, links }: Catalogue): readonly string[] => {
  const tenants = parentsFirst(tenantTables, links);
  const [first] = tenants;
  const beside = (table: string): string => (table === first ? '' : `, colocate_with => '${first}'`);
  return [
    'SET LOCAL citus.enable_local_reference_table_foreign_keys = off',
    ...parentsFirst(sharedTables, links).map((table) => `SELECT create_reference_table('${table}')`),
    ...tenants.map((table) => `SELECT create_distributed_table('${table}', 'organization_id'${beside(table)})`),
    "ALTER ROLE rappit_app SET citus.propagate_set_commands = 'local'",
    "ALTER ROLE rappit_app SET citus.multi_task_query_log_level = 'error'",
  ];
};

/** Read from the catalogue of a migrated database, which need not be a cluster. Nothing is changed. */
export const distributionPlan = (url: string): Promise<DistributionPlan> =>
  withKnex(url, async (knex) => {
    const catalogue = await catalogueIn(knex);
    return { faults: faultsOf(catalogue), statements: statementsOf(catalogue) };
  });
