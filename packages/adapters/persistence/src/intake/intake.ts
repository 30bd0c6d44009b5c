import type { OrderIntake, OrganizationId, PlacementRequest } from '@rappit/domain';
import { type Answer, type BatchDeps, placeBatch } from './batch.js';

/** The most lines and orders that one transaction takes; a single larger order goes by itself. */
const MAX_LINES = 2_000;
const MAX_ORDERS = 200;

type Waiting = {
  readonly request: PlacementRequest;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
};

/**
 * Orders of one organization in one lane: while one batch is under way the next orders gather, and go together when it is back.
 * Nothing waits when it is quiet, since there is no timer. Lanes of different organizations run side by side.
 */
export const postgresIntake = (deps: BatchDeps): OrderIntake => {
  const lanes = new Map<OrganizationId, Waiting[]>();

  const drive = async (organizationId: OrganizationId, lane: Waiting[]): Promise<void> => {
    while (lane.length > 0) {
      const batch = lane.splice(0, batchSize(lane));
      const requests = batch.map(({ request }) => request);
      const settled = await placeBatch(deps, organizationId, requests);
      for (const [index, waiting] of batch.entries()) {
        const one = settled[index];
        if (one && 'answer' in one) waiting.answer(one.answer);
        else waiting.fail(one?.fault);
      }
    }
    lanes.delete(organizationId);
  };

  const enqueue = (organizationId: OrganizationId, requests: readonly PlacementRequest[]): readonly Promise<Answer>[] => {
    const running = lanes.get(organizationId);
    const lane = running ?? [];
    const answers = requests.map((request) => new Promise<Answer>((answer, fail) => lane.push({ request, answer, fail })));
    if (!running) {
      lanes.set(organizationId, lane);
      void drive(organizationId, lane);
    }
    return answers;
  };

  return { place: (organizationId, requests) => Promise.all(enqueue(organizationId, requests)) };
};

/** How many of the waiting orders go next: as many as fit, no idempotency key and no shop order twice, since the second must see the first's outcome. */
const batchSize = (lane: readonly Waiting[]): number => {
  const seen = new Set<string>();
  let lines = 0;
  for (const [index, { request }] of lane.entries()) {
    const { once, draft } = request;
    const keys = [
      once && `key\n${once.scope}\n${once.key}`,
      draft.source.kind === 'channel' && `order\n${draft.source.channelId}\n${draft.source.externalId}`,
    ];
    lines += draft.lines.length;
    const full = index === MAX_ORDERS || (index > 0 && lines > MAX_LINES);
    if (full || keys.some((key) => key && seen.has(key))) return index;
    for (const key of keys) if (key) seen.add(key);
  }
  return lane.length;
};
