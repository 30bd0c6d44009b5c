import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { type AuditStores, auditEntry } from '../tenancy/index.js';
import type { BillingFault, BillingProvider } from './billing-provider.port.js';
import { runningOf, type SubscriptionNotBought } from './buy-plan.js';
import type { PlanId } from './plan.js';
import type { RefreshRefused, RefreshSubscription } from './refresh-subscription.js';
import type { SubscriptionStores } from './stores.port.js';
import type { Subscription } from './subscription.js';

/** What is named is changed, what is left out stays. */
export type SubscriptionChange = { readonly plan?: PlanId | undefined; readonly cancelAtPeriodEnd?: boolean | undefined };

type Deps = {
  readonly unitOfWork: UnitOfWork<SubscriptionStores & AuditStores>;
  readonly provider: Pick<BillingProvider, 'changePlan' | 'cancelAtPeriodEnd' | 'resume'>;
  readonly refresh: RefreshSubscription;
  readonly ids: IdSource;
};

/**
 * Changes what is paid for.
 * - A larger plan counts when it is paid for, which is tried at once; a smaller one counts at once, and is settled with the next invoice. One
 *   that includes less than is there takes nothing away: only more isn't included any longer.
 * - What is cancelled goes on until the period that is paid for ends, and can be taken up again until then.
 * - Whether it is so already the provider knows, not what we heard last; also when it refuses we ask what there is.
 * - The audit log says who asked for what, and whether it was done; the billing audit log what is so since.
 * - Asked again, it changes nothing more. What counts is what the provider says afterwards, and that is what is answered.
 */
export const changeSubscription =
  ({ unitOfWork, provider, refresh, ids }: Deps) =>
  async (
    caller: Caller,
    { plan, cancelAtPeriodEnd }: SubscriptionChange,
  ): Promise<Result<Subscription, SubscriptionNotBought | RefreshRefused | RunRefusal>> => {
    const { organizationId } = caller;
    const find = () => unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
    const running = runningOf(await find());
    if (!running) return err({ code: 'subscription.not_bought' });
    const changed = await applied(provider, running.id, { plan, cancelAtPeriodEnd });
    const facts = {
      plan: plan ?? null,
      cancelAtPeriodEnd: cancelAtPeriodEnd ?? null,
      outcome: changed.ok ? 'done' : changed.error.code,
    };
    const noted = await unitOfWork.run<void, never>(organizationId, async ({ audit, now }) => {
      const event = { kind: 'subscription.changed', targetId: organizationId, facts } as const;
      return ok(await audit.append([auditEntry({ caller, at: now, ids }, event)]));
    });
    if (!noted.ok) return noted;
    const refreshed = await refresh(organizationId, 'changed');
    if (!changed.ok) return changed;
    return refreshed.ok ? ok(await find()) : refreshed;
  };

const applied = async (
  provider: Deps['provider'],
  id: string,
  { plan, cancelAtPeriodEnd }: SubscriptionChange,
): Promise<Result<unknown, BillingFault>> => {
  const changed = plan === undefined ? ok(null) : await provider.changePlan(id, plan);
  if (!changed.ok || cancelAtPeriodEnd === undefined) return changed;
  return cancelAtPeriodEnd ? provider.cancelAtPeriodEnd(id) : provider.resume(id);
};
