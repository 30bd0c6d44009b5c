import { billingStatuses } from './billing-status.js';
import { plans } from './plan.js';
import { accessOf, limitsOf, subscriptionStandingOf, trialFrom } from './subscription.js';
import { billedAs, day } from './subscriptions.test-kit.js';

const moments = {
  'in the trial': 13.9,
  'after the trial': 14,
  'in the grace after a failed payment': 20.9,
  'after that grace': 21,
  'before the period ends': 43.9,
  'after the period ended': 44,
  'in the grace after the period': 50.9,
  'after the grace': 51,
} as const;

/** A payment failed on day 14. F: full access, r: read only, one letter for each of the moments above. */
const table: Readonly<Record<string, string>> = {
  incomplete: 'Frrrrrrr',
  incomplete_expired: 'Frrrrrrr',
  trialing: 'FFFrrrrr',
  active: 'FFFFFFFr',
  past_due: 'FFFrrrrr',
  unpaid: 'rrrrrrrr',
  paused: 'rrrrrrrr',
  canceled: 'rrrrrrrr',
  'a word of tomorrow': 'rrrrrrrr',
};

it('says of every status of the provider what may be done', () => {
  expect(Object.keys(table)).toEqual([...Object.keys(billingStatuses), 'a word of tomorrow']);
});

const cells = Object.entries(table).flatMap(([status, letters]) =>
  Object.entries(moments).map(
    ([moment, days], place) => [status, moment, days, letters[place] === 'F' ? 'full' : 'readOnly'] as const,
  ),
);

it.each(cells)('%s, %s: day %s is %s', (status, _, days, access) => {
  const unpaidSince = status === 'past_due' ? day(14) : null;
  expect(accessOf(billedAs(status, { unpaidSince }), day(days))).toBe(access);
});

it.each([
  ['a trial of our own', trialFrom(day(0)), 13, 'trialing', day(14)],
  ['a trial that ended', trialFrom(day(0)), 14, 'suspended', null],
  ['the trial of a paid plan', billedAs('trialing'), 13, 'trialing', day(21)],
  ['a paid plan', billedAs('active'), 15, 'active', day(51)],
  ['a paid plan of which nothing is heard', billedAs('active'), 51, 'suspended', null],
  ['a payment that failed', billedAs('past_due', { unpaidSince: day(15) }), 16, 'pastDue', day(22)],
  ['a payment that failed long ago', billedAs('past_due', { unpaidSince: day(15) }), 22, 'suspended', null],
  ['a debt whose invoice nobody can name', billedAs('past_due'), 20, 'pastDue', day(21)],
  ['an unpaid one', billedAs('unpaid'), 3, 'suspended', null],
  ['a cancelled one, also in its own trial', billedAs('canceled'), 3, 'cancelled', null],
  ['one cancelled at the end of its period', billedAs('active', { endsAt: day(44) }), 43, 'active', day(44)],
  ['the same, without a day of grace', billedAs('active', { endsAt: day(44) }), 44, 'cancelled', null],
  ['one that ends in a year', billedAs('active', { endsAt: day(365) }), 51, 'suspended', null],
  ['a word of tomorrow', billedAs('frozen'), 15, 'suspended', null],
] as const)('%s on day %#: is told with its status and its end', (_, subscription, days, status, until) => {
  expect(subscriptionStandingOf(subscription, day(days))).toMatchObject({ status, until, access: until ? 'full' : 'readOnly' });
});

it('tells a word that it does not know from all others, so that it can be counted', () => {
  const words = [...Object.keys(billingStatuses), 'frozen', 'toString', '__proto__', ''];
  const unknown = words.filter((word) => !subscriptionStandingOf(billedAs(word), day(15)).known);
  expect(unknown).toEqual(['frozen', 'toString', '__proto__', '']);
  expect(subscriptionStandingOf(trialFrom(day(0)), day(1)).known).toBe(true);
});

it.each([
  ['a trial', trialFrom(day(0)), plans.growth],
  ['a first payment that has not come', billedAs('incomplete', { plan: 'scale' }), plans.growth],
  ['what is paid for', billedAs('active', { plan: 'starter' }), plans.starter],
  ['what is owed', billedAs('past_due', { plan: 'starter' }), plans.starter],
  ['a price of no plan', billedAs('active', { plan: null }), plans.scale],
])('%s includes what its plan does', (_, subscription, limits) => {
  expect(limitsOf(subscription)).toEqual(limits);
});
