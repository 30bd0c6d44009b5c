import type { LimitKind, UsageStore } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';

const counted: Readonly<Record<LimitKind, string>> = {
  members: 'FROM memberships WHERE organization_id = ?',
  locations: 'FROM locations WHERE organization_id = ? AND active',
  skus: 'FROM items WHERE organization_id = ? AND deleted_at IS NULL',
  ordersPerMonth: `FROM orders WHERE organization_id = ? AND placed_at >= date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`,
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
