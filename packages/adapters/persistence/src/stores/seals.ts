import {
  bug,
  CARRIER_ACCOUNT_SECRET,
  CHANNEL_CREDENTIALS,
  CHANNEL_SECRET,
  type SealStore,
  type StoredSeal,
  sealPlace,
  WEBHOOK_SECRET,
} from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

/**
 * Every column that holds sealed secrets, by what they are sealed for: whoever rotates keys finds them all here.
 * A column by the name of `sealed` that isn't here turns a test red.
 */
export const sealedColumns = {
  [CARRIER_ACCOUNT_SECRET]: { table: 'carrier_account_secrets', owner: 'carrier_account_id', position: 'position' },
  [CHANNEL_CREDENTIALS]: { table: 'channel_credentials', owner: 'channel_id', position: 'position' },
  [CHANNEL_SECRET]: { table: 'channel_secrets', owner: 'channel_id', position: 'position' },
  [WEBHOOK_SECRET]: { table: 'webhook_secrets', owner: 'endpoint_id', position: 'position' },
} as const satisfies Readonly<Record<string, { readonly table: string; readonly owner: string; readonly position: string }>>;

const selected = Object.entries(sealedColumns).map(
  ([purpose, { table, owner, position }]) =>
    `SELECT '${purpose}' AS purpose, ${owner}::text AS "ownerId", ${position} AS position, sealed FROM ${table} WHERE organization_id = :organization`,
);
const LIST = `SELECT * FROM (${selected.join(' UNION ALL ')}) s
  WHERE (purpose COLLATE "C", "ownerId" COLLATE "C", position) > (:purpose, :owner, CAST(:position AS integer))
  ORDER BY purpose COLLATE "C", "ownerId" COLLATE "C", position LIMIT :limit`;

const BEFORE_ALL = sealPlace({ purpose: '', ownerId: '', position: 0 });

export const sealStore = (scope: Scope): SealStore => {
  const { trx, organizationId } = scope;
  return {
    list: async ({ limit, cursor }) => {
      const [purpose = '', owner = '', position = ''] = (cursor ?? BEFORE_ALL).split('\n');
      const after = { organization: organizationId, purpose, owner, position, limit: limit + 1 };
      const { rows } = await trx.raw<{ rows: StoredSeal[] }>(LIST, after);
      return pageOf(rows, limit, sealPlace);
    },
    replace: async ({ purpose, ownerId, position, sealed }, sealedAnew) => {
      const known = Object.entries(sealedColumns).find(([name]) => name === purpose);
      const [, column] = known ?? bug(`nothing is sealed for ${purpose}`);
      const sql = `UPDATE ${column.table} SET sealed = ? WHERE organization_id = ? AND ${column.owner} = ? AND ${column.position} = ? AND sealed = ? RETURNING 1`;
      return (await rowsOf(scope, sql, [sealedAnew, organizationId, ownerId, position, sealed])).length > 0;
    },
  };
};
