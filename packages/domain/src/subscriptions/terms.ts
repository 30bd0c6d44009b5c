import type { Limits } from './plan.js';
import { limitsOf, type Subscription, type SubscriptionStanding, subscriptionStandingOf } from './subscription.js';

/** What a subscription means in an installation: where it stands at a moment, and what it includes. */
export type Terms = {
  readonly standingOf: (subscription: Subscription, now: Date) => SubscriptionStanding;
  readonly limitsOf: (subscription: Subscription) => Limits;
};

/** Of an installation that sells: who doesn't pay is suspended when the trial is over. */
export const soldTerms: Terms = { standingOf: subscriptionStandingOf, limitsOf };

/** Where everybody stands who pays for nothing, since nothing is sold. */
export const freeStanding: SubscriptionStanding = { status: 'active', access: 'full', until: null, known: true };
export const noLimits: Limits = { members: null, locations: null, skus: null, ordersPerMonth: null, channels: null };

/** Of one that sells nothing: nobody could pay, so nobody is suspended and nothing is limited, whatever was bought once. */
export const freeTerms: Terms = {
  standingOf: () => freeStanding,
  limitsOf: () => noLimits,
};
