import { bug, isLimited, type OrganizationId, type PlacementRequest, type Situation } from '@rappit/domain';
import type { PoolClient } from 'pg';
import { CLAIMED, CLAIMS, type ClaimedRow, type Claims, claimsOf, toClaims } from './claim.js';
import {
  type ItemRow,
  LOCKED,
  LOCKS,
  type LockedRow,
  type LockedSituation,
  skusOf,
  toCount,
  toSituation,
  waitingUnits,
} from './situation.js';
import { placedThisMonth } from './this-month.js';

/** The first statement: claims and looks and locks at once, since each wait for the database is one on a busy event loop. */
const CLAIM_AND_LOCK = `WITH ${CLAIMS}, ${LOCKS} SELECT ${CLAIMED}, ${LOCKED} FROM numbers n`;

/** What a batch is decided on, and the rows in which its stock came. */
export type Found = Claims & LockedSituation & Pick<Situation, 'thisMonth'> & { readonly rows: readonly ItemRow[] };

export const claimAndLock = async (
  client: PoolClient,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<Found> => {
  const { rows } = await client.query<ClaimedRow & LockedRow>({
    name: 'intake-claim-and-lock',
    text: CLAIM_AND_LOCK,
    values: [...claimsOf(organizationId, requests), skusOf(requests), isLimited(requests)],
  });
  const row = rows[0] ?? bug('a claim answers one row');
  const levels = row.levels ?? [];
  const waiting = await waitingUnits(client, organizationId, toCount(levels, row.drawn > 0));
  const thisMonth = await placedThisMonth(client, row, { organizationId, requests });
  return { ...toClaims(row, requests), ...toSituation(levels, waiting), thisMonth, rows: levels };
};
