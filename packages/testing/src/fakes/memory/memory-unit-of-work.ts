import {
  err,
  type Moment,
  type Once,
  type OrganizationId,
  type Refusal,
  type Result,
  type RunRefusal,
  type UnitOfWork,
  type UserId,
} from '@rappit/domain';
import { answeredBefore, remembering, type UnderWay } from './memory-once.js';
import type { MemoryOptions } from './memory-options.js';
import { type AllStores, memoryStores } from './memory-stores.js';
import type { MemoryTenants } from './memory-tenants.js';
import { Conflict, openWorkbench, type Workbench } from './workbench.js';

type Work<Value> = (stores: AllStores & Moment) => Promise<Value>;
type Memory = Omit<MemoryOptions, 'decide' | 'expire'> & { readonly tenants: MemoryTenants; readonly underWay: UnderWay };

/**
 * Units of work of one organization run one after another, each on the state that the one before left; a refusal or an
 * exception leaves no trace. Reading doesn't wait: it sees the last state that was committed.
 * A unit of work opened inside another one of the same organization would wait for itself.
 */
export const memoryUnitOfWork = (memory: Memory): UnitOfWork<AllStores> => ({
  run: async (organizationId, work, once) => {
    const leave = once ? memory.underWay.enter(organizationId, once) : (): void => undefined;
    if (!leave) return err({ code: 'idempotency.in_progress' });
    try {
      return await memory.tenants.inTurn(organizationId, () => runOne(memory, organizationId, work, once));
    } finally {
      leave();
    }
  },
  read: async (organizationId, work) => {
    const bench = openWorkbench(memory.tenants.startOf(organizationId), memory.now(), 'read');
    return onBench(memory, bench, work);
  },
});

const runOne = async <Value, Refused extends Refusal>(
  memory: Memory,
  organizationId: OrganizationId,
  work: Work<Result<Value, Refused>>,
  once: Once | undefined,
): Promise<Result<Value, Refused | RunRefusal>> => {
  const now = memory.now();
  const before = memory.tenants.startOf(organizationId);
  const known = once && answeredBefore(before.own, once, now);
  if (known) return err(known);
  memory.beforeRun();
  if (memory.runsTwice) await attempt(memory, openWorkbench(before, now, 'write'), work);
  const bench = openWorkbench(before, now, 'write');
  const outcome = await attempt(memory, bench, work);
  // Another organization's unit of work has changed what is shared: this one is run again, on what there is now.
  if (bench.usedShared() && memory.tenants.shared() !== before.shared) return runOne(memory, organizationId, work, once);
  const after = outcome.ok ? bench.close() : before;
  if (bench.usedShared()) memory.tenants.commitShared(after.shared);
  memory.tenants.commit(organizationId, once ? remembering(after.own, once, outcome, now) : after.own);
  return outcome;
};

/** What had changed meanwhile is an answer of the unit of work; every other exception goes on. */
const attempt = async <Value, Refused extends Refusal>(
  memory: Memory,
  bench: Workbench,
  work: Work<Result<Value, Refused>>,
): Promise<Result<Value, Refused | RunRefusal>> => {
  try {
    return await onBench(memory, bench, work);
  } catch (error) {
    if (error instanceof Conflict) return err({ code: 'store.conflict' });
    throw error;
  }
};

const belongsIn =
  ({ all }: MemoryTenants) =>
  (userId: UserId): boolean =>
    all().some(([, { members }]) => members.has(userId));

const onBench = async <Value>(memory: Memory, bench: Workbench, work: Work<Value>): Promise<Value> => {
  try {
    return await work(memoryStores(bench, memory.digest, belongsIn(memory.tenants)));
  } finally {
    bench.close();
  }
};
