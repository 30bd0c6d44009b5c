import { type ExpireUnpaid, err, type OrganizationId, type PlacementRequest } from '@rappit/domain';
import type { Pool } from 'pg';
import { retrying } from '../retrying.js';
import { isConnectionFault, isDataException, isIntegrityViolation, isMiscount, isTransient } from '../sqlstate.js';
import type { Answer, Batch } from './decide-batch.js';
import { reclaiming } from './reclaim.js';
import { begin, CommitUnknown, finish, type Placing } from './transaction.js';

export type BatchDeps = Placing & { readonly pool: Pool; readonly expire: ExpireUnpaid };

/** What became of one request: answered, or at fault by itself. */
export type Settled = { readonly answer: Answer } | { readonly fault: unknown };

/**
 * Places a batch in one transaction. One that fails is placed order by order, so that no order fails its neighbours; not so when the
 * database is away, or when the commit was sent and its answer lost: then it may be there, and only the same key asked again tells.
 */
export const placeBatch = async (
  deps: BatchDeps,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<readonly Settled[]> => {
  const place = async (some: readonly PlacementRequest[]): Promise<readonly Settled[]> =>
    (
      await reclaiming(deps.expire, organizationId, (heedLapsed) =>
        retrying(() => inTransaction(deps, { organizationId, requests: some, heedLapsed })),
      )
    ).map((answer) => ({ answer }));
  try {
    return await place(requests);
  } catch (error) {
    if (nobodyKnows(error)) return requests.map(() => ({ fault: error }));
    if (requests.length === 1 && !wasBeaten(error)) return [settledOf(error)];
    const settled: Settled[] = [];
    for (const request of requests) settled.push(...(await place([request]).catch((failure) => [settledOf(failure)])));
    return settled;
  }
};

/** The database is away, or the orders may be there: asking again now tells nothing. */
export const nobodyKnows = (error: unknown): boolean => error instanceof CommitUnknown || isConnectionFault(error);

/** Somebody took a key, a shop's order or a level between our look and our write: another look sees what became of it. */
const wasBeaten = (error: unknown): boolean => isMiscount(error) || isIntegrityViolation(error);

const settledOf = (error: unknown): Settled => {
  if (wasBeaten(error) || isTransient(error)) return { answer: err({ code: 'store.conflict' }) };
  return isDataException(error) ? { answer: err({ code: 'store.unstorable' }) } : { fault: error };
};

/** The connection goes back to the pool only after a commit or a rollback that was answered; any doubt about it throws it away. */
const inTransaction = async (deps: BatchDeps, batch: Batch): Promise<readonly Answer[]> => {
  const client = await deps.pool.connect();
  let broken: Error | undefined;
  try {
    return await finish(client, deps, begin(client, batch));
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
};
