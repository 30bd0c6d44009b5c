import type { Brand } from '../kernel/index.js';
import type { PlanId } from './plan.js';
import type { BilledSubscription } from './subscription.js';

export type BillingAuditId = Brand<string, 'BillingAuditId'>;
export const BillingAuditId = (text: string): BillingAuditId => text as BillingAuditId;

/** What is told of a subscription: the provider's id and word, our plan, and when it ends. */
export type BillingFacts = {
  readonly id: string;
  readonly status: string;
  readonly plan: PlanId | null;
  readonly periodEndsAt: string;
  readonly endsAt: string | null;
};

/** One change of what is billed, as we heard of it. It holds ids and words, never personal data. */
export type BillingAuditEntry = {
  readonly id: BillingAuditId;
  readonly at: Date;
  /** Why the provider was asked: a word of ours, or the type of its event. */
  readonly cause: string;
  readonly from: BillingFacts | null;
  readonly to: BillingFacts | null;
};

export const billingFacts = (billed: BilledSubscription | null): BillingFacts | null =>
  billed && {
    id: billed.id,
    status: billed.status,
    plan: billed.plan,
    periodEndsAt: billed.periodEndsAt.toISOString(),
    endsAt: billed.endsAt?.toISOString() ?? null,
  };

export const sameFacts = (one: BillingFacts | null, other: BillingFacts | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
