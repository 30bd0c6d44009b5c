import type { LimitKind, UsageStore } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';

const MONTH = `date_trunc('month', now() AT TIME ZONE 'UTC')`;
/** Of an order: placed in the calendar month, in UTC, in which the transaction began. */
export const IN_THIS_MONTH = `placed_at >= ${MONTH} AT TIME ZONE 'UTC' AND placed_at < (${MONTH} + interval '1 month') AT TIME ZONE 'UTC'`;

const counted: Readonly<Record<LimitKind, string>> = {
  members: 'FROM memberships WHERE organization_id = ?',
  locations: 'FROM locations WHERE organization_id = ? AND active',
  skus: 'FROM items WHERE organization_id = ? AND deleted_at IS NULL',
  ordersPerMonth: `FROM orders WHERE organization_id = ? AND ${IN_THIS_MONTH}`,
  channels: `FROM channels WHERE organization_id = ? AND status = 'connected'`,
};

export const usageStore = (scope: Scope): UsageStore => ({
  count: async (kind) => {
    const [row] = await rowsOf<{ readonly count: number }>(scope, `SELECT count(*)::integer AS count ${counted[kind]}`, [
      scope.organizationId,
    ]);
    return row?.count ?? 0;
  },
});
