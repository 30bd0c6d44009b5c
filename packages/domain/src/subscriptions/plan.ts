import { err, type LimitKind, type LimitReached, ok, type Result } from '../kernel/index.js';

/** How much of each a plan includes; null is as much as one likes. */
export type Limits = { readonly [Kind in LimitKind]: number | null };

/** How much of each an organization has now. Orders are those of the calendar month in UTC, from whatever source. */
export type Usage = { readonly [Kind in LimitKind]: number };

/** What is sold, from the smallest to the largest: each includes at least what the one before does. Prices are the provider's. */
export const plans = {
  starter: { members: 3, locations: 1, skus: 500, ordersPerMonth: 500, channels: 1 },
  growth: { members: 10, locations: 5, skus: 10_000, ordersPerMonth: 5_000, channels: 5 },
  scale: { members: null, locations: null, skus: null, ordersPerMonth: null, channels: null },
} as const satisfies Readonly<Record<string, Limits>>;

export type PlanId = keyof typeof plans;
export const planIds = ['starter', 'growth', 'scale'] as const satisfies readonly PlanId[];
export const isPlanId = (text: string): text is PlanId => Object.hasOwn(plans, text);

/** What can be tried without paying. */
export const TRIAL_PLAN: PlanId = 'growth';

/** Whether so many more of a kind are included. */
export const withinLimit = (
  limits: Limits,
  wanted: { readonly kind: LimitKind; readonly usage: number; readonly more: number },
): Result<undefined, LimitReached> => {
  const { kind, usage, more } = wanted;
  const limit = limits[kind];
  return limit === null || usage + more <= limit
    ? ok(undefined)
    : err({ code: 'subscription.limit_reached', kind, limit, usage });
};
