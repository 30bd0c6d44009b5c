import type { PlanId } from '@rappit/domain';

/** The id of each plan's price at Stripe. */
export type StripePrices = Readonly<Record<PlanId, string>>;

/** A call that came to nothing for a reason that isn't the merchant's: Stripe's words for it, and none that may quote somebody. */
export type StripeFault = {
  readonly type: string;
  readonly code: string | null;
  readonly status: number | null;
  readonly requestId: string | null;
};

export type StripeConfig = {
  readonly secretKey: string;
  readonly prices: StripePrices;
  /** Stripe itself where it is left out. */
  readonly server?: { readonly protocol: 'http' | 'https'; readonly host: string; readonly port: number };
  /** For one try of two at most; an operation, however many calls it takes, has as long as two tries. */
  readonly timeoutMs?: number;
  /** Hears of each such call. To a merchant a key that Stripe doesn't take is an outage: nobody else learns of it. */
  readonly report?: (fault: StripeFault) => void;
};
