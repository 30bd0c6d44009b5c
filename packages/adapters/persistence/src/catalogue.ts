import type { Knex } from 'knex';
import { SHARED_TABLES } from './shared-tables.js';

export type Key = {
  readonly table: string;
  readonly name: string;
  readonly kind: 'primary' | 'unique';
  readonly first: string | null;
};
export type Link = {
  readonly table: string;
  readonly name: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly onDelete: string;
};
/** Our tables as the database tells of them, so that one that is added next year is among them. */
export type Catalogue = {
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

export const catalogueIn = async (knex: Knex): Promise<Catalogue> => {
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

/** Whatever a table leads to comes before it. */
export const parentsFirst = (tables: readonly string[], links: readonly Link[]): readonly string[] => {
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
