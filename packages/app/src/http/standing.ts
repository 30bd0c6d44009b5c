import type { OrganizationId, SubscriptionStanding } from '@rappit/domain';

/** What is known of an organization's subscription. May be remembered for a moment. */
export type StandingOf = (organizationId: OrganizationId) => Promise<SubscriptionStanding>;
