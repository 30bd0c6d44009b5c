import { limitKinds } from '../kernel/index.js';
import { limitsOf, subscriptionStandingOf, trialFrom } from './subscription.js';
import { billedAs, day } from './subscriptions.test-kit.js';
import { freeTerms, soldTerms } from './terms.js';

it.each([
  ['a trial that ended', trialFrom(day(0))],
  ['one that is unpaid', billedAs('unpaid', { plan: 'starter' })],
  ['a word of tomorrow', billedAs('frozen', { plan: 'starter' })],
])('where nothing is sold, %s keeps nobody from anything', (_, subscription) => {
  expect(freeTerms.standingOf(subscription, day(100))).toEqual({ status: 'active', access: 'full', until: null, known: true });
  for (const kind of limitKinds) expect(freeTerms.limitsOf(subscription)[kind]).toBeNull();
  expect(soldTerms.standingOf(subscription, day(100))).toEqual(subscriptionStandingOf(subscription, day(100)));
  expect(soldTerms.limitsOf(subscription)).toEqual(limitsOf(subscription));
});
