import {
  type Meter,
  type OrganizationId,
  type Signals,
  SUBSCRIPTION_CHANGED,
  type SubscriptionStanding,
  type SubscriptionStores,
  subscriptionStandingOf,
  type UnitOfWork,
} from '@rappit/domain';
import { shortMemory } from './short-memory.js';

/** What was paid for, or isn't any more, shows this much later in a process that didn't hear of it. */
const STANDING_MS = 1_000;
const STANDINGS = 10_000;

type Deps = {
  readonly read: UnitOfWork<SubscriptionStores>['read'];
  readonly meter: Pick<Meter, 'count'>;
};

/** Where an organization's subscription stands by the database's clock. A word of the provider's that we don't know is counted. */
export const standingIn =
  ({ read, meter }: Deps) =>
  async (organizationId: OrganizationId): Promise<SubscriptionStanding> => {
    const standing = await read(organizationId, async ({ subscriptions, now }) =>
      subscriptionStandingOf(await subscriptions.find(), now),
    );
    if (!standing.known) meter.count('subscription_unknown_statuses_total', {});
    return standing;
  };

type Standing = (organizationId: OrganizationId) => Promise<SubscriptionStanding>;
type Memory = { readonly signals: Pick<Signals, 'subscribe'>; readonly now: () => number };

/** One organization's writes in a second ask the database once. What is heard of the provider and signalled shows at once. */
export const rememberedStanding = (standing: Standing, { signals, now }: Memory): Standing => {
  const remember = shortMemory<SubscriptionStanding>({ forMs: STANDING_MS, atMost: STANDINGS, now });
  signals.subscribe(SUBSCRIPTION_CHANGED, (organizationId) => remember.forget((key) => key === organizationId));
  return (organizationId) => remember(organizationId, () => standing(organizationId));
};

/** Of an installation that sells nothing. */
export const alwaysActive: Standing = async () => ({ status: 'active', access: 'full', until: null, known: true });
