import type { OrganizationId } from '@rappit/domain';
import type { Knex } from 'knex';
import { catalogueIn, parentsFirst } from '../catalogue.js';
import { openFor } from '../organization-setting.js';
import { withKnex } from '../pools.js';

export type Erased = {
  /** How many rows went, of each table that had any. */
  readonly rows: Readonly<Record<string, number>>;
  /** Tables that somebody had still written to meanwhile; those rows went too. */
  readonly late: readonly string[];
};

export type Organization = { readonly name: string; readonly channels: number; readonly sold: boolean };

/** What somebody has to see before it is erased; null where there is no such organization, though rows of it may be left. */
export const organizationToErase = (ownerUrl: string, organizationId: OrganizationId): Promise<Organization | null> =>
  withKnex(ownerUrl, (knex) =>
    knex.transaction(async (trx) => {
      await trx.raw(openFor(organizationId));
      const { rows } = await trx.raw<{ rows: readonly Organization[] }>(
        `SELECT name, (SELECT count(*) FROM channels WHERE organization_id = o.id AND status <> 'disconnected') AS channels,
           EXISTS (SELECT FROM subscriptions WHERE organization_id = o.id) AS sold
         FROM organizations o WHERE id = ?`,
        [organizationId],
      );
      return rows[0] ?? null;
    }),
  );

/**
 * Removes an organization, everything that is kept for it, and whoever was a member of nothing else: as the owner, in one transaction, by
 * the catalogue (docs/adr/0010). From its first statement on no new order gets in; what was under way is looked for once more after the
 * commit. Safe to repeat, also where the organization itself is gone.
 */
export const eraseOrganization = (ownerUrl: string, organizationId: OrganizationId): Promise<Erased> =>
  withKnex(ownerUrl, async (knex) => {
    const tables = await childrenFirst(knex);
    const rows = await inTransaction(knex, organizationId, async (trx) => ({
      ...(await eraseRows(trx, tables, organizationId)),
      ...(await eraseShared(trx, organizationId)),
    }));
    const late = await inTransaction(knex, organizationId, (trx) => eraseRows(trx, tables, organizationId));
    return { rows, late: Object.keys(late) };
  });

const inTransaction = <Value>(
  knex: Knex,
  organizationId: OrganizationId,
  work: (trx: Knex.Transaction) => Promise<Value>,
): Promise<Value> =>
  knex.transaction(async (trx) => {
    await trx.raw(openFor(organizationId));
    await trx.raw('SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0');
    await trx.raw('SELECT FROM organizations WHERE id = ? FOR UPDATE', [organizationId]);
    return work(trx);
  });

const childrenFirst = async (knex: Knex): Promise<readonly string[]> => {
  const { tenantTables, links } = await catalogueIn(knex);
  return parentsFirst(tenantTables, links).toReversed();
};

type Counts = Readonly<Record<string, number>>;

const countOf = async (trx: Knex.Transaction, sql: string, bindings: readonly string[]): Promise<number> =>
  (await trx.raw<{ rowCount: number }>(sql, [...bindings])).rowCount;

const some = (counts: Counts): Counts => Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

const eraseRows = async (trx: Knex.Transaction, tables: readonly string[], organizationId: OrganizationId): Promise<Counts> => {
  const counts: Record<string, number> = {};
  for (const table of tables)
    counts[table] = await countOf(trx, 'DELETE FROM ?? WHERE organization_id = ?', [table, organizationId]);
  return some(counts);
};

/** Members of this organization alone, and what was asked for their addresses. */
const LEAVING = `
  FROM memberships m JOIN users u ON u.id = m.user_id
  WHERE m.organization_id = ? AND NOT EXISTS (
    SELECT FROM memberships other WHERE other.user_id = m.user_id AND other.organization_id <> m.organization_id)`;
const LEAVING_REQUESTS = `DELETE FROM account_requests WHERE lower(email) IN (SELECT lower(u.email) ${LEAVING})`;
const LEAVING_USERS = `DELETE FROM users WHERE id IN (SELECT u.id ${LEAVING})`;

/** Memberships and sessions go with what they belong to. */
const eraseShared = async (trx: Knex.Transaction, organizationId: OrganizationId): Promise<Counts> =>
  some({
    account_requests: await countOf(trx, LEAVING_REQUESTS, [organizationId]),
    users: await countOf(trx, LEAVING_USERS, [organizationId]),
    organizations: await countOf(trx, 'DELETE FROM organizations WHERE id = ?', [organizationId]),
  });
