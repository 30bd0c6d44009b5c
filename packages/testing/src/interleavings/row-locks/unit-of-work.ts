import { err, type Moment, type Once, type Refusal, type Result, type RunRefusal, type UnitOfWork } from '@rappit/domain';
import { answeredBefore, remembering } from '../../fakes/memory/memory-once.js';
import { type AllStores, memoryStores } from '../../fakes/memory/memory-stores.js';
import { emptyOrganization, type OrganizationState } from '../../fakes/memory/organization-state.js';
import { Conflict } from '../../fakes/memory/workbench.js';
import type { Gate } from '../explorer/gate.js';
import { planOf } from './plans.js';
import { rowName } from './rows.js';
import { type Body, benchOn, type Database, openTransaction, type Transaction } from './transaction.js';

/** Begins a transaction and ends it, whatever happens. */
export const inTransaction = async <Value>(
  database: Database,
  gate: Gate,
  work: (transaction: Transaction) => Promise<Value>,
): Promise<Value> => {
  const transaction = openTransaction(database, gate);
  try {
    const value = await work(transaction);
    await transaction.commit();
    return value;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};

/** Carries a refusal out of a transaction that is rolled back. */
class RolledBack extends Error {
  constructor(readonly refusal: Result<never, Refusal>) {
    super('rolled back');
  }
}

type Work<Value, Refused> = (stores: AllStores & Moment) => Promise<Result<Value, Refused>>;

/** Units of work beside others, as PostgreSQL runs them, but that a deadlock is nobody's to mend: the explorer reports it. */
export const gatedUnitOfWork = (database: Database, gate: Gate): UnitOfWork<AllStores> => ({
  run: async <Value, Refused extends Refusal>(
    _: string,
    work: Work<Value, Refused>,
    once?: Once,
  ): Promise<Result<Value, Refused | RunRefusal>> => {
    try {
      return await inTransaction(database, gate, async (transaction) => {
        if (once) return workOnce(database, transaction, { work, once });
        const outcome = await work(gatedStores(database, transaction));
        if (!outcome.ok) throw new RolledBack(outcome);
        return outcome;
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.refusal as Result<Value, Refused>;
      if (error instanceof Conflict) return err({ code: 'store.conflict' });
      throw error;
    }
  },
  read: async (_, work) => {
    await gate.turn('read');
    const bench = benchOn(database.committed, database.now(), 'read');
    const stores = database.rules.stores(bench, database.digest);
    return work(
      storesBy(stores, (store, method, args) => {
        gate.note({ looks: planOf(database.rules.plans, store, method, args)(bench.state()).looks });
        return methodOf(stores, store, method)(...args);
      }),
    );
  },
});

/** A refusal undoes what was written and is kept as the key's answer. */
const workOnce = async <Value, Refused extends Refusal>(
  database: Database,
  transaction: Transaction,
  { work, once }: { readonly work: Work<Value, Refused>; readonly once: Once },
): Promise<Result<Value, Refused | RunRefusal>> => {
  const key = keyName(once);
  const claimed = await transaction.statement(
    'claim key',
    () => ({ looks: [key] }),
    async (_, bench) => claimKey(transaction, bench.state(), once),
  );
  if (claimed) throw new RolledBack(err(claimed));
  const undo = transaction.savepoint();
  const outcome = await work(gatedStores(database, transaction));
  if (!outcome.ok && outcome.error.code === 'store.conflict') throw new Conflict('decided on something that had changed');
  if (!outcome.ok) undo();
  await transaction.statement('store answer', () => ({ looks: [] }), storing(transaction, once, outcome));
  return outcome;
};

export const keyName = ({ scope, key }: Once): string => rowName('claimedKeys', `${scope}\n${key}`);

/** Claims a key on what a statement sees; who can't have it is told at once, and never waits. Undefined when it is ours. */
export const claimKey = (transaction: Transaction, seen: OrganizationState, once: Once) => {
  const got = transaction.tryLock(`claim of ${keyName(once)}`);
  return answeredBefore(seen, once, transaction.now) ?? (got ? undefined : { code: 'idempotency.in_progress' as const });
};

/** Keeps the answer beside the effect. */
export const storing =
  ({ now }: Transaction, once: Once, outcome: Result<unknown, Refusal>): Body<void> =>
  async (_, { state, change }) =>
    change(remembering(state(), once, outcome, now));

type AnyMethod = (...args: readonly unknown[]) => Promise<unknown>;

const methodOf = (stores: AllStores, store: string, method: string): AnyMethod =>
  (stores as unknown as Readonly<Record<string, Readonly<Record<string, AnyMethod>>>>)[store]?.[method] ??
  (() => Promise.reject(new Error(`there is no ${store}.${method}`)));

/** Every store and its methods, by names. */
const shape = Object.entries(memoryStores(benchOn(emptyOrganization, new Date(0), 'read'), () => '')).flatMap(
  ([store, methods]) => (methods instanceof Date ? [] : [[store, Object.keys(methods)] as const]),
);

/** Stores of which each method does what `call` says. */
const storesBy = (
  { now }: Moment,
  call: (store: string, method: string, args: readonly unknown[]) => Promise<unknown>,
): AllStores & Moment => {
  const stores = shape.map(([store, methods]) => [
    store,
    Object.fromEntries(methods.map((method) => [method, (...args: readonly unknown[]) => call(store, method, args)] as const)),
  ]);
  return { ...Object.fromEntries(stores), now } as unknown as AllStores & Moment;
};

/** The stores of a transaction: each method is a statement of it. */
const gatedStores = ({ rules }: Database, transaction: Transaction): AllStores & Moment =>
  storesBy(transaction, (store, method, args) =>
    transaction.statement(`${store}.${method}`, planOf(rules.plans, store, method, args), (stores) =>
      methodOf(stores, store, method)(...args),
    ),
  );
