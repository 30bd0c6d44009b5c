import type { OrganizationId } from '@rappit/domain';
import type { PoolClient } from 'pg';
import { openFor } from '../organization-setting.js';
import { isConnectionFault } from '../sqlstate.js';
import { claimAndLock, type Found } from './claim-and-lock.js';
import { type Answer, type Batch, type Deciding, decideOn, type Outcome } from './decide-batch.js';
import { type Foresight, isAsExpected } from './foresight.js';

export type Placing = Deciding & {
  readonly foresight: Foresight;
  /** Called when events of an organization were committed. Never throws, and keeps nobody waiting. */
  readonly onEvents?: (organizationId: OrganizationId) => void;
  /** Called with how many orders a transaction took in, when it was committed. Never throws. */
  readonly onBatch?: (orders: number) => void;
};

/** What was decided on what a batch will probably find. */
type Foreseen = { readonly found: Found; readonly outcome: Outcome };

/** A batch whose first statement is under way. */
export type Begun = Batch & { readonly claimed: Promise<Found>; readonly foreseen?: Foreseen | undefined };

/**
 * Every part of the three statements finds its rows by a key. The planner, which can't know how many rows a JSON parameter holds and
 * remembers a plan that was made when the tables were small, would read whole tables at each batch. And planning them takes longer than
 * running them: for what is asked now and then only, such as a count of the month, it would plan each batch anew.
 */
const PLANNED_ONCE = 'SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan';

/** Begins a transaction and claims and locks in it, in one trip. Whoever finishes it hears what went wrong. */
export const begin = (client: PoolClient, batch: Batch): Begun => {
  const begun = client.query(`BEGIN; ${openFor(batch.organizationId)}; ${PLANNED_ONCE}`);
  const claimed = Promise.all([claimAndLock(client, batch.organizationId, batch.requests), begun]).then(([first]) => first);
  claimed.catch(() => undefined);
  return { ...batch, claimed };
};

/**
 * Begins the batch behind one that was written, and decides it while the database looks, on what the last one left. That counts only if
 * it finds just that; what can't even be decided is left to what it finds.
 */
export const beginBehind = (client: PoolClient, deps: Placing, batch: Batch): Begun => {
  const begun = begin(client, batch);
  const found = deps.foresight.expect(batch);
  if (!found) return begun;
  try {
    return { ...begun, foreseen: { found, outcome: decideOn(deps, batch, found) } };
  } catch {
    return begun;
  }
};

/** The commit was sent, and its answer lost: the orders may be there. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
  /** PostgreSQL's own code for a transaction whose end nobody knows. */
  readonly code = '08007';
}

/**
 * Decides, writes and commits. The commit goes out right behind the write, which fails unless it touched the rows that it should, and
 * of a transaction that failed a commit undoes all. `afterwards` is called when the write was answered and the commit is under way: what
 * it asks the same connection comes behind both, and PostgreSQL needn't wait for it. What is thrown before both are sent, and only
 * that, leaves the transaction open.
 */
export const finish = async (
  client: PoolClient,
  deps: Placing,
  begun: Begun,
  afterwards?: () => void,
): Promise<readonly Answer[]> => {
  const { answers, write, tells } = outcomeOf(deps, begun, await begun.claimed);
  const written = write ? client.query(write) : undefined;
  const ended = Promise.allSettled([written, client.query('COMMIT')]);
  if (afterwards) await Promise.allSettled([written]).then(afterwards);
  const [writing, committing] = await ended;
  if (writing.status === 'rejected' && !isConnectionFault(writing.reason)) throw writing.reason;
  if (committing.status === 'rejected') throw new CommitUnknown('the answer to a commit was lost', { cause: committing.reason });
  if (write) deps.onBatch?.(begun.requests.length);
  if (tells) deps.onEvents?.(begun.organizationId);
  return answers;
};

const outcomeOf = (deps: Placing, begun: Begun, found: Found): Outcome => {
  const { foreseen } = begun;
  const right = foreseen && isAsExpected(foreseen.found, found);
  const outcome = right ? foreseen.outcome : decideOn(deps, begun, found);
  deps.foresight.learn(begun, found, outcome);
  if (right === false) deps.foresight.rest(begun.organizationId);
  return outcome;
};
