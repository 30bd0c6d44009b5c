import { bug, type OrganizationId, type PlacementRequest } from '@rappit/domain';
import type { PoolClient } from 'pg';
import { CLAIMED, CLAIMS, type ClaimedRow, type Claims, claimsOf, toClaims } from './claim.js';
import { LOCKED, LOCKS, type LockedRow, type LockedSituation, skusOf, toCount, toSituation, waitingUnits } from './situation.js';

/** The first statement: claims and looks and locks at once, since each wait for the database is one on a busy event loop. */
const CLAIM_AND_LOCK = `WITH ${CLAIMS}, ${LOCKS} SELECT ${CLAIMED}, ${LOCKED} FROM numbers n`;

export const claimAndLock = async (
  client: PoolClient,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<Claims & LockedSituation> => {
  const { rows } = await client.query<ClaimedRow & LockedRow>({
    name: 'intake-claim-and-lock',
    text: CLAIM_AND_LOCK,
    values: [...claimsOf(organizationId, requests), skusOf(requests)],
  });
  const row = rows[0] ?? bug('a claim answers one row');
  const levels = row.levels ?? [];
  const waiting = await waitingUnits(client, organizationId, toCount(levels, row.beaten));
  return { ...toClaims(row, requests), ...toSituation(levels, waiting) };
};
