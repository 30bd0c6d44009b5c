import type { Result } from '../kernel/index.js';

/** That something happened to a customer of the provider's. What it was is asked, never believed (`refreshSubscription`). */
export type BillingEvent = { readonly id: string; readonly type: string; readonly customerId: string | null };

/**
 * `signature`: none, or not the provider's. `age`: signed too long ago, or in the future. `account`: of somebody else's account, or of the
 * provider's test mode where money is real and the other way round. `unreadable`: signed, and no event that we know the shape of.
 */
export const billingEventObjections = ['signature', 'age', 'account', 'unreadable'] as const;
export type BillingEventRefused = {
  readonly code: 'billing_event.refused';
  readonly reason: (typeof billingEventObjections)[number];
};

/** A message as it came: the very bytes, and the header that proves them. */
export type BillingMessage = { readonly body: Uint8Array; readonly signature: string; readonly receivedAt: Date };

export type BillingEventReader = (message: BillingMessage) => Result<BillingEvent, BillingEventRefused>;
