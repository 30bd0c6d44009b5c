import { type Holding, hasStopped, holdingOf } from './billing-status.js';
import { type BilledSubscription, leaseOf, type Subscription } from './subscription.js';

/**
 * What counts first where several give access for equally long, or not at all. What is over counts more than a purchase that isn't paid
 * for: it would bring back the rest of a trial otherwise.
 */
const order: readonly Holding[] = ['paid', 'trial', 'owing', 'stopped', 'ended', 'ownTrial'];

const endOf = (one: BilledSubscription): number => leaseOf(one)?.until?.getTime() ?? Number.NEGATIVE_INFINITY;

const before = (one: BilledSubscription, other: BilledSubscription): boolean => {
  if (endOf(one) !== endOf(other)) return endOf(one) > endOf(other);
  const rank = order.indexOf(holdingOf(one.status)) - order.indexOf(holdingOf(other.status));
  const age = other.startedAt.getTime() - one.startedAt.getTime();
  return (rank || age || (one.id < other.id ? 1 : -1)) < 0;
};

/**
 * The one that counts of all that a customer has, in whichever order they are told: the one that gives access for longest, since otherwise
 * access came back, without a payment, when the one that counted is over. Of those alike, the newest.
 */
export const countingOf = (told: readonly BilledSubscription[]): BilledSubscription | null =>
  told.reduce<BilledSubscription | null>((best, one) => (best === null || before(one, best) ? one : best), null);

/** What stopped for want of a payment beside another that goes on: it could only be owed twice. */
export const replacedOf = (told: readonly BilledSubscription[]): readonly BilledSubscription[] =>
  told.some(({ status }) => ['paid', 'trial'].includes(holdingOf(status))) ? told.filter(({ status }) => hasStopped(status)) : [];

/** All that the provider answered to a question, whose number was taken before it was asked. */
export type BillingAnswer = { readonly question: number; readonly told: readonly BilledSubscription[] };

/** The next question to the provider: its number is `asked`. */
export const askBilling = (subscription: Subscription): Subscription => ({ ...subscription, asked: subscription.asked + 1 });

/**
 * A subscription after an answer of the provider's.
 * - What was asked later is newer, whenever its answer comes: an older answer changes nothing, nor does the same one again.
 * - Nothing is told by events but that something happened: each makes us ask, so neither their order nor their number matters.
 */
export const hearBilling = (subscription: Subscription, { question, told }: BillingAnswer): Subscription =>
  question <= subscription.heard ? subscription : { ...subscription, heard: question, billed: countingOf(told) };
