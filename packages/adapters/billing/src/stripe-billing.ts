import {
  type BilledSubscription,
  type BillingFault,
  type BillingProvider,
  err,
  hasStopped,
  ok,
  type PlanId,
  type Purchase,
  planIds,
  type Result,
} from '@rappit/domain';
import Stripe from 'stripe';
import { onlyPage } from './checkout-page.js';
import { findOrMakeCustomer } from './customer.js';
import { toInvoice } from './invoice-body.js';
import type { StripeConfig, StripePrices } from './stripe-config.js';
import { type SubscriptionBody, secondsOf, toBilled } from './subscription-body.js';
import { unpaidSince } from './unpaid-since.js';

const TIMEOUT_MS = 10_000;
const TRIES = 2;
/** Stripe's checkout takes no trial that ends sooner. */
const SHORTEST_TRIAL_MS = 48 * 3_600_000;

/**
 * What Stripe or the way to it may do to a call. A key that Stripe doesn't take is the operator's fault: to a merchant it is an outage.
 * Only the code of a refusal is told on, since its words may quote what somebody typed.
 */
const attempting =
  ({ report, timeoutMs = TIMEOUT_MS }: Pick<StripeConfig, 'report' | 'timeoutMs'>) =>
  async <Value>(call: () => Promise<Value>): Promise<Result<Value, BillingFault>> => {
    try {
      const answer = await within(TRIES * timeoutMs, call());
      if (answer !== LATE) return ok(answer);
      report?.({ type: 'deadline', code: null, status: null, requestId: null });
      return err({ code: 'billing.unavailable' });
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      const isNo = error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError;
      if (isNo) return err({ code: 'billing.refused', message: error.code ?? 'invalid_request' });
      const { type, code = null, statusCode = null, requestId = null } = error;
      report?.({ type, code, status: statusCode, requestId });
      return err({ code: 'billing.unavailable' });
    }
  };

const LATE = Symbol('late');

/** All calls of an operation together: the library's own limit is of a call, and of one in which nothing comes at all. */
const within = async <Value>(milliseconds: number, work: Promise<Value>): Promise<Value | typeof LATE> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, milliseconds, LATE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const open = ({ secretKey, server, timeoutMs = TIMEOUT_MS }: StripeConfig): Stripe =>
  new Stripe(secretKey, { ...server, telemetry: false, maxNetworkRetries: TRIES - 1, timeout: timeoutMs });

/**
 * Stripe as the provider.
 * - A customer is made under a key of the organization's, with nothing in it that could be different the next time, and named afterwards.
 *   It is a customer whatever came of the name: Stripe may not take an e-mail address that we do.
 * - An end is taken back whoever wished for it, and whether it is that of the period or a day of its own.
 * - Of a subscription that is past due, its invoices say since when (`unpaidSince`).
 */
export const stripeBilling = (config: StripeConfig): BillingProvider => {
  const stripe = open(config);
  const attempt = attempting(config);
  const { prices } = config;

  const owedSince = async (subscription: string): Promise<Date | null> =>
    unpaidSince((await stripe.invoices.list({ subscription, limit: 100 })).data);
  const billed = async (body: SubscriptionBody): Promise<BilledSubscription> =>
    toBilled(body, prices, body.status === 'past_due' ? await owedSince(body.id) : null);

  return {
    customerOf: async ({ organizationId, name, email }) => {
      const made = await attempt(() => findOrMakeCustomer(stripe, organizationId));
      if (made.ok) await attempt(() => stripe.customers.update(made.value, { name, ...(email !== null && { email }) }));
      return made;
    },
    subscriptionsOf: (customer) =>
      attempt(async () => {
        const { data } = await stripe.subscriptions.list({ customer, status: 'all', limit: 100 });
        return Promise.all(data.map(billed));
      }),
    checkout: (purchase) =>
      attempt(async () => {
        const session = toSession(purchase, config);
        // With the days that are left too few, the same purchase is another request, which Stripe refuses under the same key.
        const wish = `${purchase.key}:${session.subscription_data?.trial_end ?? 'paid'}`;
        const { url } = await onlyPage(stripe, session, wish);
        return { url: url ?? '' };
      }),
    portal: (customer, returnUrl) =>
      attempt(async () => {
        const { url } = await stripe.billingPortal.sessions.create({ customer, return_url: returnUrl });
        return { url };
      }),
    changePlan: (id, plan) =>
      attempt(async () => {
        const now = await stripe.subscriptions.retrieve(id);
        const { items } = now;
        if (items.data[0]?.price.id === prices[plan]) return billed(now);
        const changes = items.data.slice(0, 1).map((item) => ({ id: item.id, price: prices[plan] }));
        return billed(await stripe.subscriptions.update(id, { items: changes, ...settling(now, prices, plan) }));
      }),
    cancelAtPeriodEnd: (id) => attempt(async () => billed(await stripe.subscriptions.update(id, { cancel_at_period_end: true }))),
    resume: (id) =>
      attempt(async () => {
        const { cancel_at, cancel_at_period_end } = await stripe.subscriptions.retrieve(id);
        const wish = cancel_at !== null && !cancel_at_period_end ? { cancel_at: '' as const } : { cancel_at_period_end: false };
        return billed(await stripe.subscriptions.update(id, wish));
      }),
    endStopped: (id) =>
      attempt(async () => {
        const { status } = await stripe.subscriptions.retrieve(id);
        if (hasStopped(status)) await stripe.subscriptions.cancel(id, { invoice_now: false, prorate: false });
        return undefined;
      }),
    invoicesOf: (customer, { limit, cursor }) =>
      attempt(async () => {
        const page = cursor === undefined ? {} : { starting_after: cursor };
        const { data, has_more } = await stripe.invoices.list({ customer, limit, ...page });
        const invoices = data.map(toInvoice);
        return { data: invoices, nextCursor: has_more ? (invoices.at(-1)?.id ?? null) : null };
      }),
  };
};

/**
 * A larger plan is paid for at once, and counts when it is: until then Stripe keeps the change pending, and drops it after a day. A smaller
 * one, and what is billed by mail, is settled with the next invoice.
 */
const settling = (
  { items, collection_method }: Pick<Stripe.Subscription, 'items' | 'collection_method'>,
  prices: StripePrices,
  wanted: PlanId,
): Pick<Stripe.SubscriptionUpdateParams, 'proration_behavior' | 'payment_behavior'> => {
  const price = items.data[0]?.price.id;
  const isLarger = planIds.findIndex((plan) => prices[plan] === price) < planIds.indexOf(wanted);
  return isLarger && collection_method !== 'send_invoice'
    ? { proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' }
    : { proration_behavior: 'create_prorations' };
};

const toSession = (
  { customerId, organizationId, plan, trialEndsAt, successUrl, cancelUrl }: Purchase,
  { prices }: StripeConfig,
): Stripe.Checkout.SessionCreateParams & { readonly customer: string } => {
  const longEnough = trialEndsAt !== null && trialEndsAt.getTime() - Date.now() > SHORTEST_TRIAL_MS;
  return {
    mode: 'subscription',
    customer: customerId,
    client_reference_id: organizationId,
    line_items: [{ price: prices[plan], quantity: 1 }],
    success_url: successUrl,
    cancel_url: cancelUrl,
    subscription_data: {
      metadata: { organization_id: organizationId },
      ...(longEnough && { trial_end: secondsOf(trialEndsAt) }),
    },
  };
};
