import { bug, type OrganizationId, type PlacementRequest } from '@rappit/domain';
import type { PoolClient } from 'pg';
import { IN_THIS_MONTH } from '../stores/usage.js';

/** How many orders of the transaction's month there are. Parameter: the organization. */
export const PLACED_THIS_MONTH = `SELECT count(*)::integer FROM orders WHERE organization_id = $1::uuid AND ${IN_THIS_MONTH}`;

/** What the first statement counted: orders of the month, if it did, and numbers that others drew while it waited. */
export type Counted = { readonly placed: number | null; readonly drawn: number };
type Asked = { readonly organizationId: OrganizationId; readonly requests: readonly PlacementRequest[] };

/**
 * The orders of the month, exact where that can refuse one. They were counted when the statement began, which may have waited for another
 * process' batch then: each order of that drew a number. Only if they might not fit in with those are they counted again, behind it.
 */
export const placedThisMonth = async (
  client: PoolClient,
  { placed, drawn }: Counted,
  { organizationId, requests }: Asked,
): Promise<number | undefined> => {
  if (placed === null) return undefined;
  const least = Math.min(...requests.map(({ monthlyLimit }) => monthlyLimit ?? Number.POSITIVE_INFINITY));
  if (drawn === 0 || placed + drawn + requests.length <= least) return placed;
  const query = { name: 'intake-this-month', text: `SELECT (${PLACED_THIS_MONTH}) AS placed`, values: [organizationId] };
  const { rows } = await client.query<{ readonly placed: number }>(query);
  return rows[0]?.placed ?? bug('a count answers one row');
};
