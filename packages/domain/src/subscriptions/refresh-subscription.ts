import {
  bug,
  err,
  type IdSource,
  type OrganizationId,
  ok,
  type Result,
  type Signals,
  type StoreConflict,
  type UnitOfWork,
} from '../kernel/index.js';
import { BillingAuditId, billingFacts, sameFacts } from './billing-audit.js';
import type { BillingFault, BillingProvider } from './billing-provider.port.js';
import { askBilling, type BillingAnswer, hearBilling, replacedOf } from './hear.js';
import type { SubscriptionStores } from './stores.port.js';

/** `unasked`: the organization never was anybody's customer. `outdated`: somebody who asked later has been answered already. */
export type Refreshed = 'changed' | 'same' | 'outdated' | 'unasked';

/** A conflict is with others who ask at this very moment: the answer wasn't kept, and asking again brings it. */
export type RefreshRefused = BillingFault | StoreConflict;

export type RefreshSubscription = (organizationId: OrganizationId, cause: string) => Promise<Result<Refreshed, RefreshRefused>>;

type Deps = {
  readonly unitOfWork: UnitOfWork<SubscriptionStores>;
  readonly provider: Pick<BillingProvider, 'subscriptionsOf' | 'endStopped'>;
  readonly ids: IdSource;
};

/**
 * Asks the provider what the organization has, and keeps that.
 * - What an event said is never kept: it only makes us ask. So events may come in any order, more than once, or not at all for a while.
 * - What stopped is ended where another is paid for, after the answer was kept: nothing is owed twice. If that fails it is tried the next time.
 * - Each question has a number that is taken before it is asked; of two that are asked at once, the answer to the later one stays.
 */
export const refreshSubscription =
  (deps: Deps): RefreshSubscription =>
  async (organizationId, cause) => {
    const asked = await kept(deps, organizationId, async ({ subscriptions }) => {
      const subscription = askBilling(await subscriptions.lock());
      if (subscription.customerId !== null) await subscriptions.save(subscription);
      return { question: subscription.asked, customerId: subscription.customerId };
    });
    if (!asked.ok) return asked;
    const { question, customerId } = asked.value;
    if (customerId === null) return ok('unasked');
    const told = await deps.provider.subscriptionsOf(customerId);
    if (!told.ok) return err(told.error);
    const refreshed = await keepAnswer(deps, { organizationId, cause }, { question, told: told.value });
    if (!refreshed.ok) return refreshed;
    for (const { id } of replacedOf(told.value)) {
      const ended = await deps.provider.endStopped(id);
      if (!ended.ok) return ended;
    }
    return refreshed;
  };

/** Whoever remembers what an organization may do forgets it by this topic's signals; the key is the organization. */
export const SUBSCRIPTION_CHANGED = 'subscription.changed';

/** The same, signalled whenever something was heard. */
export const signallingRefresh =
  (refresh: RefreshSubscription, signals: Pick<Signals, 'publish'>): RefreshSubscription =>
  async (organizationId, cause) => {
    const refreshed = await refresh(organizationId, cause);
    if (refreshed.ok && refreshed.value !== 'unasked') signals.publish({ topic: SUBSCRIPTION_CHANGED, key: organizationId });
    return refreshed;
  };

const keepAnswer = (
  deps: Deps,
  { organizationId, cause }: { readonly organizationId: OrganizationId; readonly cause: string },
  answer: BillingAnswer,
): Promise<Result<Refreshed, StoreConflict>> =>
  kept(deps, organizationId, async ({ subscriptions, billingAudit, now }) => {
    const before = await subscriptions.lock();
    const after = hearBilling(before, answer);
    if (after === before) return 'outdated';
    await subscriptions.save(after);
    const [from, to] = [billingFacts(before.billed), billingFacts(after.billed)];
    if (sameFacts(from, to)) return 'same';
    await billingAudit.append({ id: BillingAuditId(deps.ids.next()), at: now, cause, from, to });
    return 'changed';
  });

const kept = async <Value>(
  { unitOfWork }: Deps,
  organizationId: OrganizationId,
  work: (stores: SubscriptionStores & { readonly now: Date }) => Promise<Value>,
): Promise<Result<Value, StoreConflict>> => {
  const outcome = await unitOfWork.run<Value, never>(organizationId, async (stores) => ok(await work(stores)));
  if (outcome.ok) return outcome;
  const { code } = outcome.error;
  return code === 'store.conflict' ? err({ code }) : bug(`a subscription could not be kept: ${code}`);
};
