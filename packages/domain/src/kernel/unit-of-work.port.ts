import type { StoreConflict, StoreUnstorable } from './conflict.js';
import type { Once, OnceRefusal } from './idempotency.js';
import type { LimitReached } from './limit.js';
import type { OrganizationId } from './organization-id.js';
import type { Refusal, Result } from './result.js';

/** The moment of a unit of work by its store's clock; expiry, idempotency and leases are decided by it. */
export type Moment = { readonly now: Date };

/** What a unit of work itself may answer, whatever was asked of it. Only one that keeps to a plan (`withinPlan`) answers `LimitReached`. */
export type RunRefusal = OnceRefusal | StoreConflict | StoreUnstorable | LimitReached;

/**
 * The only way to an organization's data.
 * - Everything that `work` wrote is there when `run` resolves with success, and nothing when it refused or threw.
 * - Only rows of `organizationId` can be read or written inside, whatever the statement.
 * - With `once`, a second run under the same key does nothing and answers a `OnceRefusal`; a first run's refusal is remembered too.
 * - `work` may be run again from its start after a deadlock or a serialization failure: it must not act on the outside world.
 */
export type UnitOfWork<Stores> = {
  readonly run: <Value, Refused extends Refusal>(
    organizationId: OrganizationId,
    work: (stores: Stores & Moment) => Promise<Result<Value, Refused>>,
    once?: Once,
  ) => Promise<Result<Value, Refused | RunRefusal>>;
  /** Reads one consistent state and writes nothing. */
  readonly read: <Value>(organizationId: OrganizationId, work: (stores: Stores & Moment) => Promise<Value>) => Promise<Value>;
};
