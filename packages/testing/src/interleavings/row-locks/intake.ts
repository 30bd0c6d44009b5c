import {
  type AlreadyPlaced,
  available,
  type DecidePlacements,
  type ExpireUnpaid,
  err,
  type IntakeRefused,
  isLapsed,
  mayBeServed,
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
import { waitingUnits } from '../../fakes/memory/memory-kits.js';
import { answeredBefore } from '../../fakes/memory/memory-once.js';
import { externalKey } from '../../fakes/memory/memory-orders.js';
import type { OrganizationState } from '../../fakes/memory/organization-state.js';
import { Conflict } from '../../fakes/memory/workbench.js';
import type { Gate } from '../explorer/gate.js';
import { LAPSING, levelsOf, readsList, waitingFor } from './lists.js';
import type { Plan } from './plans.js';
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

/** The hot path of one process beside those of others: claim and lock, write, commit. Here each order of a batch goes by itself. */
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

/** Who was beaten, to a key or to the shop's order, looks once more. */
const placeOne = async (intake: Intake, organizationId: OrganizationId, request: PlacementRequest): Promise<Answer> => {
  const place = (heedsLapsed: boolean): Promise<Answer> =>
    inTransaction(intake.database, intake.gate, (transaction) => work(intake, transaction, { request, heedsLapsed }));
  const reclaiming = (): Promise<Answer> =>
    place(true).catch(async (error: unknown) => {
      if (!(error instanceof Lapsed)) throw error;
      while ((await intake.expire(organizationId, error.skus)) > 0);
      return place(false);
    });
  const unlessBeaten = async (otherwise: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await reclaiming();
    } catch (error) {
      if (error instanceof Conflict) return otherwise();
      throw error;
    }
  };
  return unlessBeaten(() => unlessBeaten(async () => err({ code: 'store.conflict' })));
};

type Placing = { readonly request: PlacementRequest; readonly heedsLapsed: boolean };

const work = async (intake: Intake, transaction: Transaction, { request, heedsLapsed }: Placing): Promise<Answer> => {
  const { refused, number, lapsed, ...situation } = await claimAndLock(intake, transaction, request);
  if (refused) return refused;
  if (heedsLapsed && lapsed.length > 0) throw new Lapsed(lapsed);
  const [decided = err({ code: 'store.conflict' })] = intake.decide({ ...situation, numbers: [number] }, [request]);
  const outcome: Answer = decided.ok ? ok(decided.value.order) : decided;
  const { once } = request;
  await transaction.statement(
    'intake.write',
    () => ({ looks: once ? [keyName(once)] : [] }),
    async (stores, bench) => {
      if (once && answeredBefore(bench.state(), once, transaction.now)) throw new Conflict('somebody was quicker');
      if (decided.ok) await stores.orders.save(decided.value);
      if (decided.ok) await stores.stock.apply(decided.value.stock);
      if (once) await storing(transaction, once, outcome)(stores, bench);
    },
  );
  return outcome;
};

const ORDER_NUMBERS = rowName('lastOrderNumber', '');

type Claimed = Omit<Situation, 'numbers'> & {
  readonly refused: Result<never, RunRefusal | AlreadyPlaced> | undefined;
  readonly number: string;
  readonly lapsed: readonly Sku[];
};

/**
 * The first statement: draws a number, waiting for whoever draws one, and locks the levels of what is asked for and of its kits'
 * components; then claims the key and the shop's order, without waiting. All but those locked rows is as it was when it began. What
 * earlier orders wait for is counted in a second one, if there is something for them, or somebody else has placed orders meanwhile.
 */
const claimAndLock = async ({ database }: Intake, transaction: Transaction, request: PlacementRequest): Promise<Claimed> => {
  const asked = skusOf(request);
  let before = 0;
  const plan = (state: OrganizationState): Plan => {
    before = state.lastOrderNumber;
    const skus = stockedSkus(state, asked);
    const { looks, locks = [] } = database.rules.plans.intake.lock(state, skus);
    const lists = [...skus.map(waitingFor), LAPSING].flatMap((list) => readsList(state, list));
    const rows = [...skus.map((sku) => rowName('items', sku)), ...claimsOf(request)];
    return { looks: [...looks, ...rows, ...lists], locks: [ORDER_NUMBERS, ...locks] };
  };
  const seen = await transaction.statement('intake.claimAndLock', plan, async ({ stock, items }, { state, change }) => {
    const number = state().lastOrderNumber + 1;
    change({ lastOrderNumber: number });
    const skus = stockedSkus(state(), asked);
    const isBeaten = number !== before + 1;
    const shelves = await stock.lock(skus);
    return {
      refused: refusal(transaction, state(), request),
      number: String(number),
      shelves,
      items: await items.findMany(skus),
      contested: skus.filter((sku) => isThere(shelves, sku) && (isBeaten || waitingUnits(state(), sku, mayBeServed) > 0)),
      lapsed: lapsedOf(state(), skus, transaction.now),
    };
  });
  const waiting = await countWaiting(transaction, seen.contested);
  const items = seen.items.map((item) => ({ ...item, waiting: waiting.get(item.sku) ?? 0 }));
  return { ...seen, now: transaction.now, items };
};

const claimsOf = ({ draft, once }: PlacementRequest): readonly string[] => {
  const external = externalKey(draft);
  return [...(external === undefined ? [] : [rowName('externalOrders', external)]), ...(once ? [keyName(once)] : [])];
};

const refusal = (transaction: Transaction, seen: OrganizationState, { draft, once }: PlacementRequest): Claimed['refused'] => {
  const external = externalKey(draft);
  const isFree = external === undefined || transaction.tryLock(`claim of ${external}`);
  const placed = external === undefined ? undefined : seen.externalOrders.get(external);
  const claimed = once && claimKey(transaction, seen, once);
  if (claimed && claimed.code !== 'idempotency.in_progress') return err(claimed);
  if (placed) return err({ code: 'order.already_placed', orderId: placed });
  if (!isFree) return err({ code: 'store.conflict' });
  return claimed && err(claimed);
};

const lapsedOf = ({ stock }: OrganizationState, skus: readonly Sku[], now: Date): readonly Sku[] =>
  [...stock.reservations.values()].flatMap((one) => (skus.includes(one.sku) && isLapsed(one, now) ? [one.sku] : []));

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
