import { askBilling, countingOf, hearBilling, replacedOf } from './hear.js';
import { trialFrom } from './subscription.js';
import { billed, day } from './subscriptions.test-kit.js';

it('keeps what was answered to the latest question, whenever the answers come', () => {
  const asked = askBilling(askBilling(trialFrom(day(0))));
  const first = { question: 1, told: [billed('incomplete')] };
  const second = { question: 2, told: [billed('active')] };
  const inOrder = hearBilling(hearBilling(asked, first), second);
  expect(inOrder).toMatchObject({ asked: 2, heard: 2, billed: { status: 'active' } });
  expect(hearBilling(hearBilling(asked, second), first)).toEqual(inOrder);
  expect(hearBilling(inOrder, { ...second, told: [] })).toBe(inOrder);
});

it('has nothing billed again when the provider knows of nothing', () => {
  const once = hearBilling(askBilling(trialFrom(day(0))), { question: 1, told: [billed('active')] });
  expect(hearBilling(askBilling(once), { question: 2, told: [] })).toMatchObject({ billed: null, heard: 2 });
});

it.each([
  [
    'the paid one, though a newer one is over',
    [billed('canceled', { id: 'b', startedAt: day(9) }), billed('active', { id: 'a' })],
    'a',
  ],
  [
    'the paid one, though another is owed',
    [billed('past_due', { id: 'b', startedAt: day(9) }), billed('active', { id: 'a' })],
    'a',
  ],
  ['the newest of two that are paid', [billed('active', { id: 'a' }), billed('active', { id: 'b', startedAt: day(3) })], 'b'],
  [
    'the younger of two debts, though it is of the older subscription',
    [
      billed('past_due', { id: 'a', unpaidSince: day(20) }),
      billed('past_due', { id: 'b', startedAt: day(9), unpaidSince: day(14) }),
    ],
    'a',
  ],
  ['always the same of two that began at once', [billed('active', { id: 'a' }), billed('active', { id: 'b' })], 'b'],
  ['one that is over, where there is no other', [billed('canceled', { id: 'a' })], 'a'],
  ['what is over rather than a first payment to come', [billed('canceled', { id: 'a' }), billed('incomplete', { id: 'b' })], 'a'],
  ['none of none', [], undefined],
])('counts %s', (_, told, id) => {
  expect(countingOf(told)?.id).toBe(id);
  expect(countingOf([...told].reverse())?.id).toBe(id);
});

it.each([
  ['active', ['unpaid', 'paused'], ['unpaid', 'paused']],
  ['trialing', ['unpaid'], ['unpaid']],
  ['past_due', ['unpaid'], []],
  ['incomplete', ['unpaid'], []],
  ['active', ['past_due', 'incomplete', 'canceled', 'active', 'a word of tomorrow'], []],
])('beside one that is %s, of %j it replaces %j', (word, others, replaced) => {
  const told = [billed(word, { id: 'a' }), ...others.map((other) => billed(other, { id: other }))];
  expect(replacedOf(told).map(({ id }) => id)).toEqual(replaced);
});
