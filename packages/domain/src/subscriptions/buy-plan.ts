import { type Caller, err, type OrganizationId, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { BillingFault, BillingPage, BillingProvider, Payer } from './billing-provider.port.js';
import { hasStopped, holdingOf, isFinal } from './billing-status.js';
import type { PlanId } from './plan.js';
import type { RefreshSubscription } from './refresh-subscription.js';
import type { SubscriptionStores } from './stores.port.js';
import type { BilledSubscription, Subscription } from './subscription.js';

/** There is a subscription already: a second one would be paid for beside it. It is changed, resumed or paid for instead. */
export type SubscriptionExists = { readonly code: 'subscription.exists' };
/** Nothing was ever bought, or it is over. */
export type SubscriptionNotBought = { readonly code: 'subscription.not_bought' };

/** Which plan, for whom in words, and where the browser goes on afterwards. */
export type Wish = Pick<Payer, 'name' | 'email'> & {
  readonly plan: PlanId;
  readonly successUrl: string;
  readonly cancelUrl: string;
};

type Deps = {
  readonly unitOfWork: UnitOfWork<SubscriptionStores>;
  readonly provider: Pick<BillingProvider, 'customerOf' | 'checkout' | 'portal'>;
};

type Selling = Deps & {
  readonly provider: Pick<BillingProvider, 'subscriptionsOf'>;
  readonly refresh: RefreshSubscription;
};

/** For so long the same wish is answered with the same page, so that a double click doesn't sell twice. */
const SAME_PAGE_MS = 300_000;

/** What goes on, or can be made to go on. Only what is over, or was never paid for at all, may be bought anew. */
export const runningOf = ({ billed }: Subscription): BilledSubscription | null =>
  billed === null || isFinal(billed.status) || holdingOf(billed.status) === 'ownTrial' ? null : billed;

/**
 * Also a purchase whose first payment is under way: when it comes there would be two. The provider ends it within a day if it doesn't.
 * What stopped for want of a payment doesn't: whoever pays anew would otherwise have no way to, and what stopped is ended then.
 */
const standsInTheWay = ({ status }: BilledSubscription): boolean => !isFinal(status) && !hasStopped(status);

/**
 * Opens a page on which a plan can be bought.
 * - The provider is asked first what there is: what was paid for already may not have been told yet. While it is away nothing is sold.
 * - The organization becomes the provider's customer before that, once and for ever.
 * - What is left of the organization's own trial isn't paid for.
 * - Asked again under the same key, or soon, the answer is the same page.
 */
export const openCheckout =
  ({ unitOfWork, provider, refresh }: Selling) =>
  async (caller: Caller, wish: Wish): Promise<Result<BillingPage, SubscriptionExists | BillingFault | RunRefusal>> => {
    const { organizationId, once } = caller;
    const refreshed = await refresh(organizationId, 'checkout');
    if (!refreshed.ok) return refreshed;
    const { subscription, now } = await unitOfWork.read(organizationId, async (stores) => ({
      subscription: await stores.subscriptions.find(),
      now: stores.now,
    }));
    // The one that counts isn't all there is: beside one that is over a payment may be under way.
    const { customerId } = subscription;
    const there = customerId === null ? ok([]) : await provider.subscriptionsOf(customerId);
    if (!there.ok) return there;
    if (there.value.some(standsInTheWay)) return err({ code: 'subscription.exists' });
    const customer = await customerFor({ unitOfWork, provider }, { organizationId, name: wish.name, email: wish.email });
    if (!customer.ok) return customer;
    const { trialEndsAt, billed } = subscription;
    const moment = once ? once.key : String(Math.floor(now.getTime() / SAME_PAGE_MS));
    return provider.checkout({
      customerId: customer.value,
      organizationId,
      plan: wish.plan,
      trialEndsAt: billed === null && trialEndsAt > now ? trialEndsAt : null,
      successUrl: wish.successUrl,
      cancelUrl: wish.cancelUrl,
      key: ['checkout', organizationId, wish.plan, billed?.id ?? 'first', moment].join(':'),
    });
  };

/** The customer that was kept, or one that is found or made now, and kept. */
const customerFor = async ({ unitOfWork, provider }: Deps, payer: Payer): Promise<Result<string, BillingFault | RunRefusal>> => {
  const { organizationId } = payer;
  const kept = await unitOfWork.read(organizationId, async ({ subscriptions }) => (await subscriptions.find()).customerId);
  if (kept !== null) return ok(kept);
  const made = await provider.customerOf(payer);
  if (!made.ok) return made;
  return unitOfWork.run<string, never>(organizationId, async ({ subscriptions }) => {
    const subscription = await subscriptions.lock();
    if (subscription.customerId !== null) return ok(subscription.customerId);
    await subscriptions.save({ ...subscription, customerId: made.value });
    return ok(made.value);
  });
};

/** Opens the provider's own pages: cards, invoices, and what is owed. */
export const openPortal =
  ({ unitOfWork, provider }: Deps) =>
  async (
    organizationId: OrganizationId,
    returnUrl: string,
  ): Promise<Result<BillingPage, SubscriptionNotBought | BillingFault>> => {
    const { customerId } = await unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
    return customerId === null ? err({ code: 'subscription.not_bought' }) : provider.portal(customerId, returnUrl);
  };
