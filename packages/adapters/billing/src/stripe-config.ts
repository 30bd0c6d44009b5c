import type { PlanId } from '@rappit/domain';

/** The id of each plan's price at Stripe. */
export type StripePrices = Readonly<Record<PlanId, string>>;

export type StripeConfig = {
  readonly secretKey: string;
  readonly prices: StripePrices;
  /** Stripe itself where it is left out. */
  readonly server?: { readonly protocol: 'http' | 'https'; readonly host: string; readonly port: number };
  /** For one try of two at most. */
  readonly timeoutMs?: number;
};
