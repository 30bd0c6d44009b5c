import {
  bug,
  type DecidePlacements,
  type Digest,
  type IntakeRefused,
  type Order,
  type OrganizationId,
  ok,
  type PlacementRequest,
  type Result,
  type Situation,
  type Sku,
} from '@rappit/domain';
import type { PoolClient, QueryConfig } from 'pg';
import { openFor } from '../organization-setting.js';
import { isConnectionFault } from '../sqlstate.js';
import { claimAndLock, type Found } from './claim-and-lock.js';
import { Lapsed } from './reclaim.js';
import { skusOf } from './situation.js';
import { type Decided, writeOf } from './write.js';

export type Answer = Result<Order, IntakeRefused>;

export type Deciding = {
  readonly decide: DecidePlacements;
  readonly digest: Digest;
  /** Called when events of an organization were committed. Never throws, and keeps nobody waiting. */
  readonly onEvents?: (organizationId: OrganizationId) => void;
  /** Called with how many orders a transaction took in, when it was committed. Never throws. */
  readonly onBatch?: (orders: number) => void;
};

export type Batch = {
  readonly organizationId: OrganizationId;
  readonly requests: readonly PlacementRequest[];
  /** Whether what lapsed is to be expired first. */
  readonly heedLapsed: boolean;
};

/** A batch whose first statement is under way. */
export type Begun = Batch & { readonly claimed: Promise<Found> };

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
  deps: Deciding,
  begun: Begun,
  afterwards?: () => void,
): Promise<readonly Answer[]> => {
  const { answers, write, tells } = decideOn(deps, begun, await begun.claimed);
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

/** What only a request asks for that was answered before stays as it is: asking again has no effect. */
const heed = (lapsed: readonly Sku[], asked: ReadonlySet<Sku>): void => {
  const mine = lapsed.filter((sku) => asked.has(sku));
  if (mine.length > 0) throw new Lapsed(mine);
};

const stockOf = (asked: readonly PlacementRequest[], items: Situation['items']): ReadonlySet<Sku> => {
  const skus = new Set(skusOf(asked));
  for (const { sku, components } of items) if (skus.has(sku)) for (const part of components ?? []) skus.add(part.sku);
  return skus;
};

type Outcome = { readonly answers: readonly Answer[]; readonly write: QueryConfig | undefined; readonly tells: boolean };

const decideOn = ({ decide, digest }: Deciding, { organizationId, requests, heedLapsed }: Batch, found: Found): Outcome => {
  const { now, numbers, verdicts, shelves, items, chains, lapsed, thisMonth } = found;
  const open = requests
    .map((request, index) => ({ request, number: numbers[index] ?? bug('each request has a number') }))
    .filter((_, index) => verdicts[index]?.ok);
  if (open.length === 0)
    return {
      answers: verdicts.map((verdict) => (verdict.ok ? bug('no request is open') : verdict)),
      write: undefined,
      tells: false,
    };
  const asked = open.map(({ request }) => request);
  if (heedLapsed) heed(lapsed, stockOf(asked, items));
  const decisions = decide({ now, shelves, items, numbers: open.map(({ number }) => number), thisMonth }, asked);
  const outcomes = decisions.map((one): Answer => (one.ok ? ok(one.value.order) : one));
  const decided = asked.map(({ once }, index): Decided => {
    const [decision, outcome] = [decisions[index], outcomes[index]];
    if (!decision || !outcome) return bug('each request was decided');
    return { placement: decision.ok ? decision.value : undefined, answered: once && { once, answer: once.answer(outcome) } };
  });
  let next = 0;
  return {
    answers: verdicts.map((verdict) => (verdict.ok ? (outcomes[next++] ?? bug('each request was decided')) : verdict)),
    write: writeOf({ organizationId, now, decided, chains, digest }),
    tells: decisions.some((one) => one.ok && one.value.events.length > 0),
  };
};
