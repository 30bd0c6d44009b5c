import type { OrganizationId, PlacementRequest } from '@rappit/domain';
import { type BatchDeps, nobodyKnows, placeBatch, type Settled } from './batch.js';
import type { Answer, Batch } from './decide-batch.js';
import { type Begun, begin, beginBehind, finish } from './transaction.js';

/** The most lines and orders that one transaction takes; a single larger order goes by itself. */
const MAX_LINES = 2_000;
const MAX_ORDERS = 200;

export type Waiting = {
  readonly request: PlacementRequest;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
};

/** What one transaction takes, with the names that mustn't come twice while it is under way. */
type Load = { readonly batch: readonly Waiting[]; readonly names: ReadonlySet<string> };
type Taken = Load & { readonly begun: Begun };

/**
 * Places what waits in a lane, batch after batch on one connection, until nothing waits there or others wait for a connection. The next
 * batch is begun while the last one's commit is under way: not sooner, so that it takes all who came during the write, and not later,
 * so that PostgreSQL is at it while the orders of the last are answered.
 */
export const runLane = async (deps: BatchDeps, organizationId: OrganizationId, lane: Waiting[]): Promise<void> => {
  const client = await deps.pool.connect().catch((fault: unknown) => {
    tell(nextLoad(lane).batch.map((waiting) => ({ waiting, settled: { fault } })));
  });
  if (!client) return;
  const begun: Taken[] = [];
  const failed: Promise<void>[] = [];
  const batchOf = ({ batch }: Load): Batch => ({
    organizationId,
    requests: batch.map(({ request }) => request),
    heedLapsed: true,
  });
  const beginNext = ({ names }: Taken): void => {
    if (failed.length > 0 || deps.pool.waitingCount > 0) return;
    const load = nextLoad(lane, names);
    if (load.batch.length > 0) begun.push({ ...load, begun: beginBehind(client, deps, batchOf(load)) });
  };
  let broken: Error | undefined;
  const first = nextLoad(lane);
  begun.push({ ...first, begun: begin(client, batchOf(first)) });
  for (let taken = begun.shift(); taken; taken = begun.shift()) {
    const current = taken;
    try {
      const answers = await finish(client, deps, current.begun, () => beginNext(current));
      tellAll(
        current.batch,
        answers.map((answer) => ({ answer })),
      );
    } catch (error) {
      // What was begun behind a transaction that failed is one of its own, and goes on. Else it is undone before it is tried again:
      // its keys are held until then.
      if (begun.length === 0) broken = await client.query('ROLLBACK').then(noMatter, (failure: Error) => failure);
      failed.push(settleFailed(deps, current, error));
    }
  }
  client.release(broken);
  await Promise.all(failed);
};

const noMatter = (): undefined => undefined;

/** A batch that failed is tried again by itself, on a connection of its own, unless it may be there or the database is away. */
const settleFailed = async (deps: BatchDeps, { batch, begun }: Taken, error: unknown): Promise<void> => {
  const faulty = (fault: unknown): readonly Settled[] => batch.map(() => ({ fault }));
  if (nobodyKnows(error)) return tellAll(batch, faulty(error));
  tellAll(batch, await placeBatch(deps, begun.organizationId, begun.requests).catch(faulty));
};

type Told = { readonly waiting: Waiting; readonly settled: Settled | undefined };

const tellAll = (batch: readonly Waiting[], settled: readonly Settled[]): void =>
  tell(batch.map((waiting, index) => ({ waiting, settled: settled[index] })));

/** So many are told at a time. Between them the connection is heard, on whose next answer all others wait. */
const TOLD_AT_ONCE = 8;

const tell = (all: readonly Told[]): void => {
  for (const { waiting, settled } of all.slice(0, TOLD_AT_ONCE)) {
    if (settled && 'answer' in settled) waiting.answer(settled.answer);
    else waiting.fail(settled?.fault);
  }
  if (all.length > TOLD_AT_ONCE) setImmediate(tell, all.slice(TOLD_AT_ONCE));
};

/**
 * Takes from a lane what goes next: as many as fit, no idempotency key and no shop order twice, and none of those that are `underWay`,
 * since the second must see the first's outcome.
 */
const nextLoad = (lane: Waiting[], underWay?: ReadonlySet<string>): Load => {
  const names = new Set<string>();
  let size = 0;
  let lines = 0;
  for (const { request } of lane) {
    const own = namesOf(request);
    lines += request.draft.lines.length;
    const full = size === MAX_ORDERS || (size > 0 && lines > MAX_LINES);
    if (full || own.some((name) => names.has(name) || underWay?.has(name))) break;
    for (const name of own) names.add(name);
    size += 1;
  }
  return { batch: lane.splice(0, size), names };
};

const namesOf = ({ once, draft: { source } }: PlacementRequest): readonly string[] => [
  ...(once ? [`key\n${once.scope}\n${once.key}`] : []),
  ...(source.kind === 'channel' ? [`order\n${source.channelId}\n${source.externalId}`] : []),
];
