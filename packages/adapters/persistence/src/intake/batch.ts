import {
  bug,
  type DecidePlacements,
  type Digest,
  type ExpireUnpaid,
  err,
  type IntakeRefused,
  type Order,
  type OrganizationId,
  ok,
  type PlacementRequest,
  type Result,
  type Situation,
  type Sku,
} from '@rappit/domain';
import type { Pool, PoolClient } from 'pg';
import { openFor } from '../organization-setting.js';
import { retrying } from '../retrying.js';
import { Conflict } from '../scope.js';
import { isConnectionFault, isDataException, isIntegrityViolation, isTransient } from '../sqlstate.js';
import { claimAndLock } from './claim-and-lock.js';
import { Lapsed, reclaiming } from './reclaim.js';
import { skusOf } from './situation.js';
import { type Decided, writeAll } from './write.js';

export type BatchDeps = {
  readonly pool: Pool;
  readonly decide: DecidePlacements;
  readonly expire: ExpireUnpaid;
  readonly digest: Digest;
};
export type Answer = Result<Order, IntakeRefused>;

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
    if (error instanceof CommitUnknown || isConnectionFault(error)) return requests.map(() => ({ fault: error }));
    if (requests.length === 1 && !wasBeaten(error)) return [settledOf(error)];
    const settled: Settled[] = [];
    for (const request of requests) settled.push(...(await place([request]).catch((failure) => [settledOf(failure)])));
    return settled;
  }
};

/** Somebody took a key, a shop's order or a level between our look and our write: another look sees what became of it. */
const wasBeaten = (error: unknown): boolean => error instanceof Conflict || isIntegrityViolation(error);

const settledOf = (error: unknown): Settled => {
  if (wasBeaten(error) || isTransient(error)) return { answer: err({ code: 'store.conflict' }) };
  return isDataException(error) ? { answer: err({ code: 'store.unstorable' }) } : { fault: error };
};

/** The commit was sent, and its answer lost: the orders may be there. */
class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
  /** PostgreSQL's own code for a transaction whose end nobody knows. */
  readonly code = '08007';
}

/**
 * Every part of the three statements finds its rows by a key. The planner, which can't know how many rows a JSON parameter holds and
 * remembers a plan that was made when the tables were small, would read whole tables at each batch.
 */
const BY_INDEX = 'SET LOCAL enable_seqscan = off';

type Batch = {
  readonly organizationId: OrganizationId;
  readonly requests: readonly PlacementRequest[];
  /** Whether what lapsed is to be expired first. */
  readonly heedLapsed: boolean;
};

/** The connection goes back to the pool only after a commit or a rollback that was answered; any doubt about it throws it away. */
const inTransaction = async (deps: BatchDeps, batch: Batch): Promise<readonly Answer[]> => {
  const client = await deps.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN; ${openFor(batch.organizationId)}; ${BY_INDEX}`);
    const answers = await work(client, deps, batch);
    await client.query('COMMIT').catch((cause: unknown) => {
      throw new CommitUnknown('the answer to a commit was lost', { cause });
    });
    return answers;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
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

const work = async (
  client: PoolClient,
  { decide, digest }: BatchDeps,
  { organizationId, requests, heedLapsed }: Batch,
): Promise<readonly Answer[]> => {
  const { now, numbers, verdicts, shelves, items, chains, lapsed } = await claimAndLock(client, organizationId, requests);
  const open = requests
    .map((request, index) => ({ request, number: numbers[index] ?? bug('each request has a number') }))
    .filter((_, index) => verdicts[index]?.ok);
  if (open.length === 0) return verdicts.map((verdict) => (verdict.ok ? bug('no request is open') : verdict));
  const asked = open.map(({ request }) => request);
  if (heedLapsed) heed(lapsed, stockOf(asked, items));
  const decisions = decide({ now, shelves, items, numbers: open.map(({ number }) => number) }, asked);
  const outcomes = decisions.map((one): Answer => (one.ok ? ok(one.value.order) : one));
  const decided = asked.map(({ once }, index): Decided => {
    const [decision, outcome] = [decisions[index], outcomes[index]];
    if (!decision || !outcome) return bug('each request was decided');
    return { placement: decision.ok ? decision.value : undefined, answered: once && { once, answer: once.answer(outcome) } };
  });
  await writeAll(client, { organizationId, now, decided, chains, digest });
  let next = 0;
  return verdicts.map((verdict) => (verdict.ok ? (outcomes[next++] ?? bug('each request was decided')) : verdict));
};
