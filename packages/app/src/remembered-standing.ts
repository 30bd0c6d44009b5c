import {
  freeStanding,
  type Meter,
  noLimits,
  type Signals,
  SUBSCRIPTION_CHANGED,
  type SubscriptionStores,
  type Terms,
  type UnitOfWork,
} from '@rappit/domain';
import type { StandingOf, Subscribed } from './http/standing.js';
import { shortMemory } from './short-memory.js';

/** What was paid for, or isn't any more, shows this much later in a process that didn't hear of it. */
const STANDING_MS = 1_000;
const STANDINGS = 10_000;

type Deps = {
  readonly read: UnitOfWork<SubscriptionStores>['read'];
  readonly meter: Pick<Meter, 'count'>;
  readonly terms: Terms;
};

/** Where an organization's subscription stands by the database's clock. A word of the provider's that we don't know is counted. */
export const standingIn =
  ({ read, meter, terms }: Deps): StandingOf =>
  async (organizationId) => {
    const standing = await read(organizationId, async ({ subscriptions, now }) => {
      const subscription = await subscriptions.find();
      return { ...terms.standingOf(subscription, now), limits: terms.limitsOf(subscription) };
    });
    if (!standing.known) meter.count('subscription_unknown_statuses_total', {});
    return standing;
  };

type Memory = { readonly signals: Pick<Signals, 'subscribe'>; readonly now: () => number };

/** One organization's writes in a second ask the database once. What is heard of the provider and signalled shows at once. */
export const rememberedStanding = (standing: StandingOf, { signals, now }: Memory): StandingOf => {
  const remember = shortMemory<Subscribed>({ forMs: STANDING_MS, atMost: STANDINGS, now });
  signals.subscribe(SUBSCRIPTION_CHANGED, (organizationId) => remember.forget((key) => key === organizationId));
  return (organizationId) => remember(organizationId, () => standing(organizationId));
};

/** Of an installation that sells nothing. */
export const alwaysActive: StandingOf = async () => ({ ...freeStanding, limits: noLimits });
