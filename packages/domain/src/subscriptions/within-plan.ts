import {
  err,
  type LimitKind,
  type LimitReached,
  type Moment,
  type Once,
  type OrganizationId,
  type Refusal,
  type Result,
  type UnitOfWork,
} from '../kernel/index.js';
import type { SubscriptionStores } from './stores.port.js';
import { limitsOf } from './subscription.js';

/** How many more of a kind the plan includes, null for as many as one likes. What is answered holds until the unit of work ends. */
export const roomWithinPlan =
  (kind: LimitKind) =>
  async ({ subscriptions, usage }: SubscriptionStores): Promise<number | null> => {
    const limit = limitsOf(await subscriptions.lock())[kind];
    return limit === null ? null : Math.max(0, limit - (await usage.count(kind)));
  };

/**
 * A unit of work in which there can't come to be more of a kind than the plan includes.
 * - What is counted is what is there after the work, in the same transaction: work that makes nothing new, or takes away, is never refused,
 *   nor is a change while there is more than a smaller plan includes.
 * - Of several at once, no more get through than are included: they wait for each other at the subscription.
 */
export const withinPlan = <Stores extends SubscriptionStores>(
  unitOfWork: UnitOfWork<Stores>,
  kind: LimitKind,
): UnitOfWork<Stores> => ({
  read: unitOfWork.read,
  run: <Value, Refused extends Refusal>(
    organizationId: OrganizationId,
    work: (stores: Stores & Moment) => Promise<Result<Value, Refused>>,
    once?: Once,
  ) =>
    unitOfWork.run<Value, Refused | LimitReached>(
      organizationId,
      async (stores): Promise<Result<Value, Refused | LimitReached>> => {
        const limit = limitsOf(await stores.subscriptions.lock())[kind];
        if (limit === null) return work(stores);
        const usage = await stores.usage.count(kind);
        const outcome = await work(stores);
        if (!outcome.ok) return outcome;
        const after = await stores.usage.count(kind);
        return after > limit && after > usage ? err({ code: 'subscription.limit_reached', kind, limit, usage }) : outcome;
      },
      once,
    ),
});
