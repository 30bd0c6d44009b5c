import { accessOf, type countingOf, hearBilling, subscriptionStandingOf } from '@rappit/domain';
import { seed } from '../../../../test/seed.js';
import {
  accessGrowsByPaymentOrTrial,
  accessNeverOutlivesGrants,
  accessOnlyEndsInSilence,
  billingIgnoresTheOrder,
  type Law,
} from './index.js';

const runs = Number(process.env['RUNS'] ?? 500);
process.stdout.write(`subscription laws: RUNS=${runs} SEED=${seed}\n`);
jest.setTimeout(300_000 + runs * 200);

it.each([
  ['billing ignores the order', billingIgnoresTheOrder()],
  ['access only ends in silence', accessOnlyEndsInSilence()],
  ['access grows by payment or trial', accessGrowsByPaymentOrTrial()],
  ['access never outlives what was granted', accessNeverOutlivesGrants()],
])('%s', async (_, law) => {
  await law({ runs, seed });
});

/** Believes whatever it was told last. */
const lastWins: typeof hearBilling = (subscription, answer) => hearBilling({ ...subscription, heard: 0 }, answer);

/** Counts whichever was told first. */
const firstTold: typeof hearBilling = (subscription, answer) => ({
  ...hearBilling(subscription, answer),
  billed: answer.told[0] ?? null,
});

const everybody: typeof accessOf = () => 'full';

/** Believes that a debt is as good as a payment. */
const patient: typeof accessOf = (subscription, now) =>
  accessOf(
    subscription.billed?.status === 'past_due'
      ? { ...subscription, billed: { ...subscription.billed, status: 'active' } }
      : subscription,
    now,
  );

/** Counts what was begun last, so that a purchase which nobody pays for brings the trial back. */
const newest: typeof countingOf = (told) => told.at(-1) ?? null;

/** Has the trial again each month. */
const everyMonth: typeof subscriptionStandingOf = (subscription, now) =>
  now.getUTCDate() < 5
    ? { status: 'trialing', access: 'full', until: null, known: true }
    : subscriptionStandingOf(subscription, now);

it.each<[string, Law]>([
  ['hears the last answer, not the newest', billingIgnoresTheOrder(lastWins)],
  ['takes the first of several subscriptions', billingIgnoresTheOrder(firstTold)],
  ['lets access begin by itself', accessOnlyEndsInSilence(everyMonth)],
  ['gives a trial back for a purchase', accessGrowsByPaymentOrTrial(newest)],
  ['takes a debt for a payment', accessNeverOutlivesGrants(patient)],
  ['never asks for money', accessNeverOutlivesGrants(everybody)],
])('notices who %s', async (_, law) => {
  await expect(law({ runs: 2_000, seed: 1 })).rejects.toThrow('is broken');
});
