import type { OrganizationId } from '@rappit/domain';
import type { Knex } from 'knex';
import { catalogueIn } from '../catalogue.js';
import { openFor } from '../organization-setting.js';
import { withKnex } from '../pools.js';

/** Takes rows of a table, each as JSON, a page at a time. What it throws ends the reading. */
export type TakeRows = (table: string, rows: readonly string[]) => Promise<void>;

/** How many rows there were of each table. */
export type RowCounts = Readonly<Record<string, number>>;

/** What opens something, sealed or as a digest: of no use to whoever takes his data along, and to be had by nobody. */
const SECRET_COLUMNS: readonly string[] = ['sealed', 'secret_hash', 'token_hash', 'browser_hash', 'password_hash'];

const COLUMNS = `
  SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
  WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`;

const OF_SHARED = {
  organizations: `DECLARE export NO SCROLL CURSOR FOR
    SELECT row_to_json(r)::text AS row FROM (SELECT * FROM organizations WHERE id = ?) r`,
  members: `DECLARE export NO SCROLL CURSOR FOR
    SELECT row_to_json(r)::text AS row FROM (
      SELECT m.user_id, m.role, m.created_at, u.email, u.name, u.language FROM memberships m JOIN users u ON u.id = m.user_id
      WHERE m.organization_id = ?) r`,
} as const;

const ofTable = (columns: number): string => `DECLARE export NO SCROLL CURSOR FOR
    SELECT row_to_json(r)::text AS row FROM (
      SELECT ${Array.from({ length: columns }, () => '??').join(', ')} FROM ?? WHERE organization_id = ?) r`;

/**
 * All that is kept for one organization, as of one moment, without what is secret. Read as the app's role, so that row-level security
 * stands behind it. A page of rows is in memory at a time. Null where there is no such organization.
 */
export const readOrganization = (appUrl: string, organizationId: OrganizationId, take: TakeRows): Promise<RowCounts | null> =>
  withKnex(appUrl, (knex) =>
    knex.transaction(
      async (trx) => {
        await trx.raw(openFor(organizationId));
        await trx.raw('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
        const counts: Record<string, number> = {};
        const read = async (table: string, query: Query): Promise<void> => {
          counts[table] = await readPaged(trx, query, (rows) => take(table, rows));
        };
        for (const [table, sql] of Object.entries(OF_SHARED)) await read(table, { sql, bindings: [organizationId] });
        if (counts['organizations'] === 0) return null;
        for (const [table, columns] of await tablesIn(trx))
          await read(table, { sql: ofTable(columns.length), bindings: [...columns, table, organizationId] });
        return counts;
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    ),
  );

/** Tables of tenants, with the columns that aren't secret. */
const tablesIn = async (knex: Knex): Promise<readonly (readonly [table: string, columns: readonly string[]])[]> => {
  const { tenantTables } = await catalogueIn(knex);
  const { rows } = await knex.raw<{ rows: readonly { table: string; column: string }[] }>(COLUMNS);
  return tenantTables.map((table) => [
    table,
    rows.filter((row) => row.table === table && !SECRET_COLUMNS.includes(row.column)).map(({ column }) => column),
  ]);
};

type Query = { readonly sql: string; readonly bindings: readonly string[] };

const readPaged = async (
  trx: Knex.Transaction,
  { sql, bindings }: Query,
  take: (rows: readonly string[]) => Promise<void>,
): Promise<number> => {
  await trx.raw(sql, [...bindings]);
  for (let count = 0; ; ) {
    const { rows } = await trx.raw<{ rows: readonly { row: string }[] }>('FETCH 500 FROM export');
    if (rows.length === 0) {
      await trx.raw('CLOSE export');
      return count;
    }
    await take(rows.map(({ row }) => row));
    count += rows.length;
  }
};
