import {
  err,
  type IntakeRefused,
  isLimited,
  mayBeServed,
  type Once,
  type Order,
  type OrderIntake,
  type OrganizationId,
  type PlacementRequest,
  parseSku,
  type Result,
  type Situation,
  stockedAs,
} from '@rappit/domain';
import { waitingUnits } from './memory-kits.js';
import { answeredBefore, remembering, type UnderWay } from './memory-once.js';
import type { MemoryOptions } from './memory-options.js';
import { externalKey } from './memory-orders.js';
import { memoryStores } from './memory-stores.js';
import type { MemoryTenants } from './memory-tenants.js';
import type { OrganizationState } from './organization-state.js';
import { openWorkbench } from './workbench.js';

type Memory = MemoryOptions & { readonly tenants: MemoryTenants; readonly underWay: UnderWay };
type Answer = Result<Order, IntakeRefused>;
type Asked = { readonly request: PlacementRequest; readonly index: number };
type Answers = Map<number, Answer>;

/** Places a batch in one go. What stands twice in it, by its shop's id or by its key, has one effect. */
export const memoryIntake = (memory: Memory): OrderIntake => ({
  place: async (organizationId, requests) => {
    const answers: Answers = new Map();
    const leaves: (() => void)[] = [];
    const asked: Asked[] = [];
    requests.forEach((request, index) => {
      const leave = request.once ? memory.underWay.enter(organizationId, request.once) : (): void => undefined;
      if (leave) {
        leaves.push(leave);
        asked.push({ request, index });
      } else answers.set(index, err({ code: 'idempotency.in_progress' }));
    });
    try {
      await placeAll(memory, organizationId, asked, answers);
    } finally {
      for (const leave of leaves) leave();
    }
    return requests.map((_, index) => answers.get(index) ?? err({ code: 'store.conflict' }));
  },
});

/** What lapsed of the SKUs that are asked for is expired first, and given to the orders that wait for it. */
const reclaim = async (memory: Memory, organizationId: OrganizationId, asked: readonly Asked[]): Promise<void> => {
  const state = memory.tenants.stateOf(organizationId);
  const { fresh } = sorted(memory, state, asked);
  const skus = fresh.flatMap(({ request }) => request.draft.lines.flatMap(({ sku }) => parsed(sku)));
  const parts = skus.flatMap((sku) => state.items.get(sku)?.item.components ?? []).map(({ sku }) => sku);
  while ((await memory.expire(organizationId, [...skus, ...parts])) > 0);
};

/** First come first served, in rounds: a shop's order that stands in the batch twice is looked at again when the first was decided. */
const placeAll = async (
  memory: Memory,
  organizationId: OrganizationId,
  asked: readonly Asked[],
  answers: Answers,
): Promise<void> => {
  for (let waiting = asked; waiting.length > 0; ) {
    await reclaim(memory, organizationId, waiting);
    waiting = await memory.tenants.inTurn(organizationId, async () => {
      if (waiting === asked) memory.beforeRun();
      const { known, fresh, again } = sorted(memory, memory.tenants.stateOf(organizationId), waiting);
      for (const { answer, index, request } of known) answers.set(index, remember(memory, organizationId, request.once, answer));
      await placeRound(memory, organizationId, fresh, answers);
      return again;
    });
  }
};

type Sorted = {
  readonly known: readonly (Asked & { readonly answer: Answer })[];
  readonly fresh: readonly Asked[];
  readonly again: readonly Asked[];
};

/** Whose answer is there already, who is decided on now, and who is the same order of a shop as one of these. */
const sorted = (memory: Memory, state: OrganizationState, asked: readonly Asked[]): Sorted => {
  const known: (Asked & { readonly answer: Answer })[] = [];
  const fresh: Asked[] = [];
  const again: Asked[] = [];
  for (const one of asked) {
    const answer = knownAnswer(memory, state, one.request);
    if (answer) known.push({ ...one, answer });
    else (fresh.some(({ request }) => sameExternal(request, one.request)) ? again : fresh).push(one);
  }
  return { known, fresh, again };
};

const keyOfDraft = ({ draft }: PlacementRequest): string | undefined => externalKey(draft);
const sameExternal = (a: PlacementRequest, b: PlacementRequest): boolean =>
  keyOfDraft(a) !== undefined && keyOfDraft(a) === keyOfDraft(b);

const knownAnswer = ({ now }: Memory, state: OrganizationState, request: PlacementRequest): Answer | undefined => {
  const replay = request.once && answeredBefore(state, request.once, now());
  if (replay) return err(replay);
  const external = keyOfDraft(request);
  const orderId = external === undefined ? undefined : state.externalOrders.get(external);
  return orderId && err({ code: 'order.already_placed', orderId });
};

/** One order's fault mustn't touch its neighbours: when a round can't be written, it is decided again, order by order. */
const placeRound = async (
  memory: Memory,
  organizationId: OrganizationId,
  round: readonly Asked[],
  answers: Answers,
): Promise<void> => {
  try {
    await placeTogether(memory, organizationId, round, answers);
  } catch {
    if (round.length > 1) for (const one of round) await placeRound(memory, organizationId, [one], answers);
    else for (const { index } of round) answers.set(index, err({ code: 'store.conflict' }));
  }
};

const placeTogether = async (
  memory: Memory,
  organizationId: OrganizationId,
  round: readonly Asked[],
  answers: Answers,
): Promise<void> => {
  const bench = openWorkbench(memory.tenants.startOf(organizationId), memory.now(), 'write');
  const stores = memoryStores(bench, memory.digest);
  const requests = round.map(({ request }) => request);
  const asked = requests.flatMap(({ draft }) => draft.lines.flatMap(({ sku }) => parsed(sku)));
  const items = await stores.items.findMany(asked);
  const skus = [...new Set([...asked, ...items.flatMap(stockedAs)])];
  const numbers = requests.map((_, index) => String(bench.state().lastOrderNumber + index + 1));
  const situation: Situation = {
    now: bench.now,
    shelves: await stores.stock.lock(skus),
    items: (await stores.items.findMany(skus)).map((item) => ({
      ...item,
      waiting: waitingUnits(bench.state(), item.sku, mayBeServed),
    })),
    numbers,
    thisMonth: isLimited(requests) ? await stores.usage.count('ordersPerMonth') : undefined,
  };
  bench.change({ lastOrderNumber: bench.state().lastOrderNumber + requests.length });
  const decided = memory.decide(situation, requests);
  for (const placement of decided) {
    if (!placement.ok) continue;
    await stores.orders.save(placement.value);
    await stores.stock.apply(placement.value.stock);
  }
  const outcomes = decided.map((placement): Answer => (placement.ok ? { ok: true, value: placement.value.order } : placement));
  const after = round.reduce((state, { request }, at) => {
    const outcome = outcomes[at];
    return request.once && outcome ? remembering(state, request.once, outcome, bench.now) : state;
  }, bench.close().own);
  memory.tenants.commit(organizationId, after);
  round.forEach(({ index }, at) => {
    const outcome = outcomes[at];
    if (outcome) answers.set(index, outcome);
  });
};

const parsed = (text: string | null) => {
  const sku = text === null ? undefined : parseSku(text);
  return sku?.ok ? [sku.value] : [];
};

/** An answer that is given without deciding anything is remembered as well, but never over an earlier one. */
const remember = ({ tenants, now }: Memory, organizationId: OrganizationId, once: Once | undefined, answer: Answer): Answer => {
  if (once && !answer.ok && answer.error.code === 'order.already_placed') {
    tenants.commit(organizationId, remembering(tenants.stateOf(organizationId), once, answer, now()));
  }
  return answer;
};
