import type { Limits, OrganizationId, SubscriptionStanding } from '@rappit/domain';

/** Where a subscription stands, and what it includes. */
export type Subscribed = SubscriptionStanding & { readonly limits: Limits };

/** What is known of an organization's subscription. May be remembered for a moment. */
export type StandingOf = (organizationId: OrganizationId) => Promise<Subscribed>;
