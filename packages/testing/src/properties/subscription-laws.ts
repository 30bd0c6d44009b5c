import {
  accessOf,
  askBilling,
  type BillingAnswer,
  billingStatuses,
  countingOf,
  GRACE_DAYS,
  hearBilling,
  planIds,
  type Subscription,
  type SubscriptionStanding,
  subscriptionStandingOf,
  trialFrom,
} from '@rappit/domain';
import fc from 'fast-check';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { type BillingBooks, type BillingStep, billingStep, daysLater, newBooks } from '../fakes/billing/billing-books.js';
import { type Law, law } from './law.js';

const OPENED = new Date('2026-03-01T12:00:00Z');

const anyBillingStep = (): fc.Arbitrary<BillingStep> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), days: fc.constantFrom(1, 1, 2, 6, 15, 31) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('card' as const), works: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('buy' as const),
        plan: fc.constantFrom(...planIds),
        trialEndsAt: fc.constantFrom(null, trialFrom(OPENED).trialEndsAt),
      }),
    },
    fc.record({ kind: fc.constant('changePlan' as const), plan: fc.constantFrom(...planIds) }),
    fc.record({
      kind: fc.constantFrom(
        'expireUnpaidPurchase' as const,
        'cancelAtPeriodEnd' as const,
        'resume' as const,
        'cancelNow' as const,
      ),
    }),
  );

/** All that may happen to one customer, one step after the other. */
export const anyBillingHistory = (): fc.Arbitrary<readonly BillingStep[]> =>
  fc.array(anyBillingStep(), { minLength: 3, maxLength: 25, size: 'max' });

/** The books after each step, the empty ones first. */
const booksOf = (steps: readonly BillingStep[]): readonly BillingBooks[] => {
  let books = newBooks(OPENED);
  const after = steps.map((step) => {
    books = billingStep(books, step);
    return books;
  });
  return [newBooks(OPENED), ...after];
};

type Counting = typeof countingOf;

const knowing = (books: BillingBooks, counting: Counting = countingOf): Subscription => ({
  ...trialFrom(OPENED),
  billed: counting(books.subscriptions),
});

/** A history of which we hear now and then, and of which the answers come in some order: which step each tells of, and which come twice. */
const anyHearsay = () =>
  fc.record({
    steps: anyBillingHistory(),
    questions: fc.array(fc.nat({ max: 25 }), { maxLength: 12 }),
    order: fc.array(fc.nat(), { maxLength: 30 }),
  });

type Hearsay = {
  readonly steps: readonly BillingStep[];
  readonly questions: readonly number[];
  readonly order: readonly number[];
};

/** Answers as they come: questions are asked one after the other and each is answered with what is true then; the last is the reconciliation. */
const answersOf = ({ steps, questions, order }: Hearsay) => {
  const books = booksOf(steps);
  const moments = [...questions.map((at) => Math.min(at, steps.length)).sort((one, other) => one - other), steps.length];
  const answers = moments.map((at, place): BillingAnswer => ({ question: place + 1, told: books[at]?.subscriptions ?? [] }));
  const shuffled = order.flatMap((place) => answers[place % answers.length] ?? []);
  return { books, answers, shuffled };
};

type Hear = typeof hearBilling;
type StandingOf = typeof subscriptionStandingOf;

/** Whatever the order and the number of a history's answers, the end is the same: what is true after the last. */
export const billingIgnoresTheOrder = (hearIt: Hear = hearBilling): Law =>
  law('billing ignores the order', anyHearsay(), (hearsay: Hearsay) => {
    const { books, answers, shuffled } = answersOf(hearsay);
    const asked = answers.reduce(askBilling, trialFrom(OPENED));
    const last = answers.at(-1);
    expectThat(last !== undefined, 'there is a reconciliation');
    const missed = hearIt([...shuffled].reduce(hearIt, asked), last);
    const lastFirst = shuffled.reduce(hearIt, hearIt(asked, last));
    expectEqual(missed, lastFirst, 'the subscription, with the last answer at the end and at the beginning');
    expectEqual(missed.billed, countingOf(books.at(-1)?.subscriptions ?? []), 'what is billed in the end');
  });

const WORDS = [...Object.keys(billingStatuses), 'a word of tomorrow'];

/** While nothing is heard, access ends once at most, at the moment that was said, and never begins. */
export const accessOnlyEndsInSilence = (stands: StandingOf = subscriptionStandingOf): Law =>
  law(
    'access only ends in silence',
    fc.record({ steps: anyBillingHistory(), word: fc.option(fc.constantFrom(...WORDS)), days: fc.array(fc.nat({ max: 120 })) }),
    ({ steps, word, days }) => {
      const books = booksOf(steps).at(-1) ?? newBooks(OPENED);
      const said = knowing(books);
      const subscription = said.billed && word !== null ? { ...said, billed: { ...said.billed, status: word } } : said;
      const moments = [...days].sort((one, other) => one - other).map((day) => daysLater(OPENED, day));
      moments.reduce<SubscriptionStanding | null>((earlier, moment) => {
        const now = stands(subscription, moment);
        if (earlier) expectThat(earlier.access === 'full' || now.access === 'readOnly', 'access did not begin');
        if (earlier?.until)
          expectEqual(now.access === 'full', moment < earlier.until, `whether there is access on ${moment.toISOString()}`);
        return now;
      }, null);
    },
  );

/** By what is true at each moment, access begins only when something was paid or tried since it ended. */
export const accessGrowsByPaymentOrTrial = (counting: Counting = countingOf): Law =>
  law('access grows by payment or trial', anyBillingHistory(), (steps) => {
    booksOf(steps).reduce((before, after) => {
      const [was, is] = [before, after].map((books) => accessOf(knowing(books, counting), books.now));
      const grew = was === 'readOnly' && is === 'full';
      if (grew) expectThat(after.grants.length > before.grants.length, 'something was paid or tried');
      return after;
    });
  });

/** Whatever was heard last, there is no access beyond what was ever paid for or tried, and the grace. */
export const accessNeverOutlivesGrants = (access: typeof accessOf = accessOf): Law =>
  law(
    'access never outlives what was granted',
    fc.record({ steps: anyBillingHistory(), heardAt: fc.nat({ max: 25 }), days: fc.nat({ max: 60 }) }),
    ({ steps, heardAt, days }) => {
      const books = booksOf(steps);
      const heard = books[Math.min(heardAt, steps.length)] ?? newBooks(OPENED);
      const now = daysLater(heard.now, days);
      if (access(knowing(heard), now) === 'readOnly') return;
      const ends = [trialFrom(OPENED).trialEndsAt, ...heard.grants.map(({ until }) => daysLater(until, GRACE_DAYS))];
      expectThat(
        ends.some((end) => now < end),
        'somebody paid for this, a grace ago at most',
      );
    },
  );
