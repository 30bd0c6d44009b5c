import {
  type AlreadyPlaced,
  available,
  type DecidePlacements,
  type ExpireUnpaid,
  err,
  type IntakeRefused,
  isLapsed,
  type Order,
  type OrderIntake,
  type OrganizationId,
  ok,
  type PlacementRequest,
  parseSku,
  type Result,
  type RunRefusal,
  type Shelf,
  type Situation,
  type Sku,
} from '@rappit/domain';
import { waitingUnits } from '../../fakes/memory-kits.js';
import { externalKey, mayBeServed } from '../../fakes/memory-orders.js';
import type { OrganizationState } from '../../fakes/organization-state.js';
import { Conflict } from '../../fakes/workbench.js';
import type { Gate } from '../explorer/gate.js';
import { LAPSING, levelsOf, readsList, waitingFor } from './lists.js';
import { rowName } from './rows.js';
import type { Database, Transaction } from './transaction.js';
import { claimKey, inTransaction, keyName, storing } from './unit-of-work.js';

type Answer = Result<Order, IntakeRefused>;
type Intake = {
  readonly database: Database;
  readonly gate: Gate;
  readonly decide: DecidePlacements;
  readonly expire: ExpireUnpaid;
};

/** The hot path of one process beside those of others: claim, lock, write, commit. Here each order of a batch goes by itself. */
export const gatedIntake = (intake: Intake): OrderIntake => ({
  place: async (organizationId, requests) => {
    const answers: Answer[] = [];
    for (const request of requests) answers.push(await placeOne(intake, organizationId, request));
    return answers;
  },
});

/** Something that the order asks for lapsed: it is placed again once that was expired. */
class Lapsed extends Error {
  constructor(readonly skus: readonly Sku[]) {
    super('promises lapsed');
  }
}

const placeOne = async (intake: Intake, organizationId: OrganizationId, request: PlacementRequest): Promise<Answer> => {
  const place = (heedsLapsed: boolean): Promise<Answer> =>
    inTransaction(intake.database, intake.gate, (transaction) => work(intake, transaction, { request, heedsLapsed }));
  try {
    return await place(true).catch(async (error: unknown) => {
      if (!(error instanceof Lapsed)) throw error;
      while ((await intake.expire(organizationId, error.skus)) > 0);
      return place(false);
    });
  } catch (error) {
    if (error instanceof Conflict) return err({ code: 'store.conflict' });
    throw error;
  }
};

type Placing = { readonly request: PlacementRequest; readonly heedsLapsed: boolean };

const work = async (intake: Intake, transaction: Transaction, { request, heedsLapsed }: Placing): Promise<Answer> => {
  const number = await claim(transaction, request);
  if (!number.ok) return number;
  const { lapsed, ...situation } = await lockSituation(intake, transaction, skusOf(request));
  if (heedsLapsed && lapsed.length > 0) throw new Lapsed(lapsed);
  const [decided = err({ code: 'store.conflict' })] = intake.decide({ ...situation, numbers: [number.value] }, [request]);
  const outcome: Answer = decided.ok ? ok(decided.value.order) : decided;
  await transaction.statement(
    'intake.write',
    () => ({ looks: [] }),
    async (stores, bench) => {
      if (decided.ok) await stores.orders.save(decided.value);
      if (decided.ok) await stores.stock.apply(decided.value.stock);
      if (request.once) await storing(transaction, request.once, outcome)(stores, bench);
    },
  );
  return outcome;
};

const ORDER_NUMBERS = rowName('lastOrderNumber', '');
type Claimed = Result<string, RunRefusal | AlreadyPlaced>;

/** The first statement: the shop's own id and the idempotency key, without waiting for anybody; then a number, waiting for whoever draws one. */
const claim = (transaction: Transaction, request: PlacementRequest): Promise<Claimed> => {
  const external = externalKey(request.draft);
  const looks = [
    ...(external === undefined ? [] : [rowName('externalOrders', external)]),
    ...(request.once ? [keyName(request.once)] : []),
  ];
  let refused: Exclude<Claimed, { ok: true }> | undefined;
  const plan = (seen: OrganizationState) => {
    refused = refusal(transaction, seen, request);
    return { looks, locks: [ORDER_NUMBERS] };
  };
  return transaction.statement('intake.claim', plan, async (_, { state, change }) => {
    const number = state().lastOrderNumber + 1;
    change({ lastOrderNumber: number });
    return refused ?? ok(String(number));
  });
};

const refusal = (transaction: Transaction, seen: OrganizationState, { draft, once }: PlacementRequest) => {
  const external = externalKey(draft);
  const isFree = external === undefined || transaction.tryLock(`claim of ${external}`);
  const placed = external === undefined ? undefined : seen.externalOrders.get(external);
  const claimed = once && claimKey(transaction, seen, once);
  if (claimed && claimed.code !== 'idempotency.in_progress') return err(claimed);
  if (placed) return err({ code: 'order.already_placed' as const, orderId: placed });
  if (!isFree) return err({ code: 'store.conflict' as const });
  return claimed && err(claimed);
};

type Locked = Omit<Situation, 'numbers'> & { readonly lapsed: readonly Sku[] };

/**
 * The second statement: the levels of what is asked for and of its kits' components, locked, with their items; and what earlier orders
 * wait for, if there is something for them. Whether a SKU is awaited, or some of it lapsed, is as it was before the lock.
 */
const lockSituation = async ({ database }: Intake, transaction: Transaction, asked: readonly Sku[]): Promise<Locked> => {
  const plan = (state: OrganizationState) => {
    const skus = stockedSkus(state, asked);
    const { looks, locks = [] } = database.rules.plans.intake.lock(state, skus);
    const lists = [...skus.map(waitingFor), LAPSING].flatMap((list) => readsList(state, list));
    return { looks: [...looks, ...skus.map((sku) => rowName('items', sku)), ...lists], locks };
  };
  const seen = await transaction.statement('intake.lock', plan, async ({ stock, items }, { state }) => {
    const skus = stockedSkus(state(), asked);
    return {
      shelves: await stock.lock(skus),
      items: await items.findMany(skus),
      awaited: skus.filter((sku) => waitingUnits(state(), sku, mayBeServed) > 0),
      lapsed: [...state().stock.reservations.values()].flatMap((one) =>
        skus.includes(one.sku) && isLapsed(one, transaction.now) ? [one.sku] : [],
      ),
    };
  });
  const contested = seen.awaited.filter((sku) => isThere(seen.shelves, sku));
  const waiting = await countWaiting(transaction, contested);
  const items = seen.items.map((item) => ({ ...item, waiting: waiting.get(item.sku) ?? 0 }));
  return { now: transaction.now, shelves: seen.shelves, items, lapsed: seen.lapsed };
};

const stockedSkus = ({ items }: OrganizationState, asked: readonly Sku[]): readonly Sku[] => {
  const parts = asked.flatMap((sku) => items.get(sku)?.item.components?.map((part) => part.sku) ?? []);
  return [...new Set([...asked, ...parts])];
};

const countWaiting = async (transaction: Transaction, skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> => {
  if (skus.length === 0) return new Map();
  const lists = [...skus.map(waitingFor), ...skus.map(levelsOf)];
  const plan = (state: OrganizationState) => ({ looks: lists.flatMap((list) => readsList(state, list)) });
  return transaction.statement(
    'intake.waiting',
    plan,
    async (_, { state }) => new Map(skus.map((sku) => [sku, waitingUnits(state(), sku, mayBeServed)])),
  );
};

const isThere = (shelves: readonly Shelf[], sku: Sku): boolean =>
  shelves.some(({ level, location }) => level.sku === sku && location.active && available(level) > 0);

const skusOf = ({ draft }: PlacementRequest): readonly Sku[] => {
  const parsed = draft.lines.map(({ sku }) => (sku === null ? undefined : parseSku(sku)));
  return [...new Set(parsed.flatMap((sku) => (sku?.ok ? [sku.value] : [])))];
};
