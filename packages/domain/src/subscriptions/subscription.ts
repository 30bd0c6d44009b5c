import { type Holding, holdingOf, isBillingStatus } from './billing-status.js';
import type { Reminder } from './deadline.js';
import { type Limits, type PlanId, plans, TRIAL_PLAN } from './plan.js';

export const TRIAL_DAYS = 14;
/** How long what was paid for until now goes on while a payment fails, or while nothing is heard of the provider. */
export const GRACE_DAYS = 7;
const DAY_MS = 86_400_000;

const daysAfter = (moment: Date, days: number): Date => new Date(moment.getTime() + days * DAY_MS);
const afterGrace = (moment: Date): Date => daysAfter(moment, GRACE_DAYS);
const earliest = (one: Date, other: Date | null): Date => (other !== null && other < one ? other : one);

/** A subscription as the billing provider tells it: the whole truth about it at one moment, never put together from events. */
export type BilledSubscription = {
  /** The provider's id. */
  readonly id: string;
  /** The provider's own word, known or not (`billingStatuses`). */
  readonly status: string;
  /** Null when what is paid for is no plan of ours, such as a price that was agreed with one merchant. */
  readonly plan: PlanId | null;
  readonly startedAt: Date;
  readonly periodStartsAt: Date;
  readonly periodEndsAt: Date;
  readonly trialEndsAt: Date | null;
  /** Since when the oldest invoice is unpaid. */
  readonly unpaidSince: Date | null;
  /** When it ends by somebody's wish; null while it goes on from period to period. */
  readonly endsAt: Date | null;
};

/** What an organization may do, and what it pays for. There is always one: whoever never bought anything has a trial. */
export type Subscription = {
  readonly trialEndsAt: Date;
  /** Who the provider takes the organization for. Null until somebody first wants to pay, and never changed after that. */
  readonly customerId: string | null;
  readonly billed: BilledSubscription | null;
  /** How often the provider was asked, and the number of the question whose answer is `billed`. */
  readonly asked: number;
  readonly heard: number;
  /** Of what its admins were reminded last. */
  readonly reminded: Reminder | null;
};

export const trialFrom = (openedAt: Date): Subscription => ({
  trialEndsAt: daysAfter(openedAt, TRIAL_DAYS),
  customerId: null,
  billed: null,
  asked: 0,
  heard: 0,
  reminded: null,
});

export const subscriptionStatuses = ['trialing', 'active', 'pastDue', 'suspended', 'cancelled'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** `readOnly`: reading, exporting, signing in and paying go on; nothing else is written. */
export type Access = 'full' | 'readOnly';

export type SubscriptionStanding = {
  readonly status: SubscriptionStatus;
  readonly access: Access;
  /** When full access ends if nothing else is heard; null when it has ended. */
  readonly until: Date | null;
  /** False when the provider said a word that we don't know, which whoever asks has to count. */
  readonly known: boolean;
};

/** What is so until a moment; afterwards it is suspended, or cancelled where somebody wanted it to end. */
type Lease = { readonly status: SubscriptionStatus; readonly until: Date | null };

const leases: Readonly<Record<Exclude<Holding, 'ownTrial'>, (billed: BilledSubscription) => Lease>> = {
  trial: (billed) => ({
    status: 'trialing',
    until: earliest(afterGrace(billed.trialEndsAt ?? billed.periodEndsAt), billed.endsAt),
  }),
  paid: (billed) => ({ status: 'active', until: earliest(afterGrace(billed.periodEndsAt), billed.endsAt) }),
  owing: (billed) => ({
    status: 'pastDue',
    until: earliest(afterGrace(billed.unpaidSince ?? billed.periodStartsAt), billed.endsAt),
  }),
  stopped: () => ({ status: 'suspended', until: null }),
  ended: () => ({ status: 'cancelled', until: null }),
};

/** What the provider's word is good for; undefined where it is good for nothing and our own trial counts. */
export const leaseOf = (billed: BilledSubscription): Lease | undefined => {
  const holding = holdingOf(billed.status);
  return holding === 'ownTrial' ? undefined : leases[holding](billed);
};

/**
 * Where a subscription stands at a moment. Total: every word of the provider's, known or not, has an answer.
 * - While nothing is heard, access only ever ends. What the provider said counts for a grace beyond the end that it named, so that a lost
 *   event or a payment that is late shuts nobody out, and for no day beyond an end that was wanted.
 */
export const subscriptionStandingOf = (subscription: Subscription, now: Date): SubscriptionStanding => {
  const { billed, trialEndsAt } = subscription;
  const known = billed === null || isBillingStatus(billed.status);
  const { status, until } = (billed && leaseOf(billed)) ?? { status: 'trialing' as const, until: trialEndsAt };
  if (until !== null && now < until) return { status, access: 'full', until, known };
  const cancelled = status === 'cancelled' || (until !== null && billed?.endsAt?.getTime() === until.getTime());
  return { status: cancelled ? 'cancelled' : 'suspended', access: 'readOnly', until: null, known };
};

export const accessOf = (subscription: Subscription, now: Date): Access => subscriptionStandingOf(subscription, now).access;

/**
 * What is included. A price of no plan of ours is one that was agreed on, or one that the operator forgot to configure: neither is the
 * merchant's fault, so it includes what the largest plan does.
 */
export const limitsOf = ({ billed }: Subscription): Limits => {
  if (billed === null || holdingOf(billed.status) === 'ownTrial') return plans[TRIAL_PLAN];
  return plans[billed.plan ?? 'scale'];
};
