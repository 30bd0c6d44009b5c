import type { Reminder } from './deadline.js';
import { deadlineOf, reminderDue, stillHolds } from './reminder.js';
import { type BilledSubscription, type Subscription, trialFrom } from './subscription.js';

const DAY = 86_400_000;
const opened = new Date('2026-03-01T12:00:00.000Z');
const day = (days: number): Date => new Date(opened.getTime() + days * DAY);

const trial = trialFrom(opened);
const billed = (facts: Partial<BilledSubscription>): Subscription => ({
  ...trial,
  customerId: 'cus_1',
  billed: {
    ...{ id: 'sub_1', status: 'active', plan: 'growth', startedAt: day(14), periodStartsAt: day(14), periodEndsAt: day(44) },
    ...{ trialEndsAt: null, unpaidSince: null, endsAt: null, ...facts },
  },
});
const owing = billed({ status: 'past_due', unpaidSince: day(20) });

it.each<[string, Subscription, ReturnType<typeof deadlineOf>]>([
  ['a trial of our own', trial, { of: 'trial', endsAt: day(14) }],
  ['a first payment that has not come', billed({ status: 'incomplete' }), { of: 'trial', endsAt: day(14) }],
  ['a payment that failed', owing, { of: 'grace', endsAt: day(27) }],
  ['one that failed of what ends anyhow', billed({ status: 'past_due', unpaidSince: day(20), endsAt: day(22) }), null],
  ['a trial with a way to pay on file', billed({ status: 'trialing', trialEndsAt: day(16) }), null],
  ['what is paid for', billed({}), null],
  ['what stopped', billed({ status: 'unpaid' }), null],
  ['what is over', billed({ status: 'canceled' }), null],
  ['a word that nobody knows', billed({ status: 'tomorrow' }), null],
])('%s runs towards this', (_, subscription, deadline) => {
  expect(deadlineOf(subscription)).toEqual(deadline);
});

/** Every reminder of a subscription that is looked at each hour from its beginning. */
const remindersOf = (subscription: Subscription, until: Date): readonly string[] => {
  const told: string[] = [];
  let last: Reminder | null = null;
  for (let at = opened.getTime(); at <= until.getTime(); at += DAY / 24) {
    const due: Reminder | null = reminderDue({ ...subscription, reminded: last }, new Date(at));
    if (due) told.push(`${due.of} ${due.days} on day ${(at - opened.getTime()) / DAY}, number ${due.number}`);
    last = due ?? last;
  }
  return told;
};

it('reminds seven, three and one day before a trial ends, and when it has ended, once each', () => {
  expect(remindersOf(trial, day(40))).toEqual([
    'trial 7 on day 7, number 1',
    'trial 3 on day 11, number 2',
    'trial 1 on day 13, number 3',
    'trial 0 on day 14, number 4',
  ]);
});

it('reminds of the grace from its first hour on', () => {
  const since = (at: Date): Reminder | null => reminderDue(owing, at);
  expect([since(day(20)), since(day(24)), since(day(26)), since(day(27))].map((one) => one?.days)).toEqual([7, 3, 1, 0]);
  const first = since(day(20));
  expect(reminderDue({ ...owing, reminded: first }, day(23))).toBeNull();
  expect(reminderDue({ ...owing, reminded: first }, day(24))).toMatchObject({ of: 'grace', days: 3, number: 2 });
});

it('tells the last alone of several that were missed, and nobody of what ended long ago', () => {
  expect(reminderDue(trial, day(13.5))).toMatchObject({ days: 1, number: 1 });
  expect(reminderDue(trial, day(17))).toMatchObject({ days: 0 });
  expect(reminderDue(trial, new Date(day(17).getTime() + 1))).toBeNull();
});

it('begins anew for a deadline that was moved, and for a grace after a trial', () => {
  const reminded: Reminder = { of: 'trial', endsAt: day(14), days: 1, number: 3 };
  const longer = { ...trial, trialEndsAt: day(21), reminded };
  expect(reminderDue(longer, day(14))).toMatchObject({ of: 'trial', endsAt: day(21), days: 7, number: 4 });
  expect(reminderDue({ ...owing, reminded }, day(20))).toMatchObject({ of: 'grace', days: 7, number: 4 });
});

it('holds until somebody pays or the deadline is another', () => {
  const reminder: Reminder = { of: 'trial', endsAt: day(14), days: 1, number: 1 };
  expect(stillHolds(trial, reminder)).toBe(true);
  expect(stillHolds(billed({}), reminder)).toBe(false);
  expect(stillHolds({ ...trial, trialEndsAt: day(15) }, reminder)).toBe(false);
});
