import {
  bug,
  type DecidePlacements,
  type Digest,
  err,
  type IntakeRefused,
  type Order,
  type OrganizationId,
  ok,
  type Placement,
  type PlacementRequest,
  type Result,
} from '@rappit/domain';
import type { Pool, PoolClient } from 'pg';
import { answerRow } from '../idempotency.js';
import { openFor } from '../organization-setting.js';
import { retrying } from '../retrying.js';
import { Conflict } from '../scope.js';
import { isDataException, isIntegrityViolation } from '../sqlstate.js';
import { claimAll } from './claim.js';
import { lockAll } from './situation.js';
import { writeAll } from './write.js';

export type BatchDeps = { readonly pool: Pool; readonly decide: DecidePlacements; readonly digest: Digest };
export type Answer = Result<Order, IntakeRefused>;

/** Places a batch in one transaction; one that fails on its data is placed order by order, so that no order fails its neighbours. */
export const placeBatch = async (
  deps: BatchDeps,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<readonly Answer[]> => {
  try {
    return await retrying(() => inTransaction(deps, organizationId, requests));
  } catch (error) {
    if (!(error instanceof Conflict || isIntegrityViolation(error) || isDataException(error))) throw error;
    const [only, ...others] = requests;
    if (only && others.length === 0)
      return [isDataException(error) ? err({ code: 'store.unstorable' }) : err({ code: 'store.conflict' })];
    const answers: Answer[] = [];
    for (const request of requests) answers.push(...(await placeBatch(deps, organizationId, [request])));
    return answers;
  }
};

/** The connection goes back to the pool only after a commit or a rollback that was answered; any doubt about it throws it away. */
const inTransaction = async (
  deps: BatchDeps,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<readonly Answer[]> => {
  const client = await deps.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN; ${openFor(organizationId)}`);
    const answers = await work(client, deps, organizationId, requests);
    await client.query('COMMIT');
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

const work = async (
  client: PoolClient,
  { decide, digest }: BatchDeps,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<readonly Answer[]> => {
  const { now, numbers, verdicts } = await claimAll(client, organizationId, requests);
  const open = requests
    .map((request, index) => ({ request, number: numbers[index] ?? bug('each request has a number') }))
    .filter((_, index) => verdicts[index]?.ok);
  if (open.length === 0) return verdicts.map((verdict) => (verdict.ok ? bug('no request is open') : verdict));
  const asked = open.map(({ request }) => request);
  const { shelves, items, chains } = await lockAll(client, organizationId, asked);
  const decided = decide({ now, shelves, items, numbers: open.map(({ number }) => number) }, asked);
  const outcomes = decided.map((one): Result<Order, IntakeRefused> => (one.ok ? ok(one.value.order) : one));
  const placements = decided.flatMap((one): Placement[] => (one.ok ? [one.value] : []));
  const answers = asked.flatMap(({ once }, index) =>
    once ? [answerRow(once, outcomes[index] ?? bug('each request was decided'))] : [],
  );
  if (placements.length + answers.length > 0) await writeAll(client, { organizationId, placements, answers, chains, digest });
  let next = 0;
  return verdicts.map((verdict) => (verdict.ok ? (outcomes[next++] ?? bug('each request was decided')) : verdict));
};
