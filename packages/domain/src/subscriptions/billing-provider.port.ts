import type { OrganizationId, Page, PageRequest, Result } from '../kernel/index.js';
import type { PlanId } from './plan.js';
import type { BilledSubscription } from './subscription.js';

/** Nobody knows whether it was done. Whatever is asked of the provider may be asked again: under the same key it is done once. */
export type BillingUnavailable = { readonly code: 'billing.unavailable' };
/** The provider says no, and would again. `message` is its own, and names no secret. */
export type BillingRefused = { readonly code: 'billing.refused'; readonly message: string };
export type BillingFault = BillingUnavailable | BillingRefused;

export type Payer = { readonly organizationId: OrganizationId; readonly name: string; readonly email: string | null };

export type Purchase = {
  readonly customerId: string;
  readonly organizationId: OrganizationId;
  readonly plan: PlanId;
  /** What is left of our own trial is not paid for. */
  readonly trialEndsAt: Date | null;
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Asked again with the same key, the same page is answered. */
  readonly key: string;
};

/** A page of the provider's, to be opened in a browser soon. */
export type BillingPage = { readonly url: string };

export type Invoice = {
  readonly id: string;
  /** Null while it is a draft. */
  readonly number: string | null;
  /** The provider's own word. */
  readonly status: string;
  readonly totalMinor: number;
  /** ISO 4217, in upper case. */
  readonly currency: string;
  readonly createdAt: Date;
  readonly subscriptionId: string | null;
  readonly pageUrl: string | null;
  readonly pdfUrl: string | null;
};

/**
 * Who takes the merchants' money.
 * - An organization is one customer, however often and however many at once ask for it.
 * - `subscriptionsOf` answers everything a customer has, also what is over, as it is now.
 * - `checkout` sells nothing itself: whoever opens the page does. Only the page that a customer asked for last can be paid on.
 * - What has stopped for want of a payment can be ended at once. One that goes on again by then is left, and so is one that is over.
 * - An end that is wanted comes with the period, and can be taken back until then.
 */
export type BillingProvider = {
  readonly customerOf: (payer: Payer) => Promise<Result<string, BillingFault>>;
  readonly subscriptionsOf: (customerId: string) => Promise<Result<readonly BilledSubscription[], BillingFault>>;
  readonly checkout: (purchase: Purchase) => Promise<Result<BillingPage, BillingFault>>;
  readonly portal: (customerId: string, returnUrl: string) => Promise<Result<BillingPage, BillingFault>>;
  readonly changePlan: (subscriptionId: string, plan: PlanId) => Promise<Result<BilledSubscription, BillingFault>>;
  readonly cancelAtPeriodEnd: (subscriptionId: string) => Promise<Result<BilledSubscription, BillingFault>>;
  readonly resume: (subscriptionId: string) => Promise<Result<BilledSubscription, BillingFault>>;
  readonly endStopped: (subscriptionId: string) => Promise<Result<undefined, BillingFault>>;
  /** Newest first. */
  readonly invoicesOf: (customerId: string, page: PageRequest) => Promise<Result<Page<Invoice>, BillingFault>>;
};
