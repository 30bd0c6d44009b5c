import { type BilledSubscription, type PlanId, planIds } from '@rappit/domain';
import type { StripePrices } from './stripe-config.js';

type Period = { readonly current_period_start?: number; readonly current_period_end?: number };

/** What is read of a subscription, in the shapes before and since 2025-03-31 (basil), when the period moved to the items. */
export type SubscriptionBody = Period & {
  readonly id: string;
  readonly status: string;
  readonly created: number;
  readonly start_date?: number;
  readonly trial_end: number | null;
  readonly cancel_at: number | null;
  readonly cancel_at_period_end: boolean;
  readonly items: { readonly data: readonly (Period & { readonly price?: { readonly id: string } | null })[] };
};

export const momentOf = (seconds: number): Date => new Date(seconds * 1_000);
export const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1_000);

const planOf = (prices: StripePrices, priceId: string | undefined): PlanId | null =>
  planIds.find((plan) => prices[plan] === priceId) ?? null;

/** The period of the item that ends first: nothing is paid for beyond that. One without any period is over with its beginning. */
const periodOf = (body: SubscriptionBody): { readonly start: number; readonly end: number } => {
  const periods = [...body.items.data, body].flatMap(({ current_period_start: start, current_period_end: end }) =>
    start !== undefined && end !== undefined ? [{ start, end }] : [],
  );
  const [first] = [...periods].sort((one, other) => one.end - other.end);
  return first ?? { start: body.created, end: body.created };
};

/** A subscription as we know it. `unpaidSince` isn't part of it at Stripe: the invoices tell. */
export const toBilled = (body: SubscriptionBody, prices: StripePrices, unpaidSince: Date | null = null): BilledSubscription => {
  const { start, end } = periodOf(body);
  const endsAt = body.cancel_at ?? (body.cancel_at_period_end ? end : null);
  return {
    id: body.id,
    status: body.status,
    plan: planOf(prices, body.items.data[0]?.price?.id),
    startedAt: momentOf(body.start_date ?? body.created),
    periodStartsAt: momentOf(start),
    periodEndsAt: momentOf(end),
    trialEndsAt: body.trial_end === null ? null : momentOf(body.trial_end),
    unpaidSince,
    endsAt: endsAt === null ? null : momentOf(endsAt),
  };
};
