import { toInvoice } from './invoice-body.js';
import { prices } from './stripe.test-kit.js';
import { toBilled } from './subscription-body.js';

const facts = { id: 'sub_1', status: 'active', created: 1_000, trial_end: null, cancel_at: null, cancel_at_period_end: false };
const item = (start: number, end: number) => ({
  price: { id: 'price_growth' },
  current_period_start: start,
  current_period_end: end,
});
const at = (seconds: number): Date => new Date(seconds * 1_000);

it.each([
  ['since basil: of the item', { ...facts, items: { data: [item(2_000, 3_000)] } }],
  [
    'before: of the subscription',
    { ...facts, current_period_start: 2_000, current_period_end: 3_000, items: { data: [{ price: { id: 'price_growth' } }] } },
  ],
  [
    'of the item that ends first, where there are several',
    { ...facts, items: { data: [item(2_000, 9_000), item(2_000, 3_000)] } },
  ],
])('reads the period %s', (_, body) => {
  expect(toBilled(body, prices)).toEqual({
    id: 'sub_1',
    status: 'active',
    plan: 'growth',
    startedAt: at(1_000),
    periodStartsAt: at(2_000),
    periodEndsAt: at(3_000),
    trialEndsAt: null,
    unpaidSince: null,
    endsAt: null,
  });
});

it('has what names no period over with its beginning, and an unknown price no plan', () => {
  const billed = toBilled({ ...facts, items: { data: [{ price: { id: 'price_of_1999' } }] } }, prices);
  expect(billed).toMatchObject({ plan: null, periodStartsAt: at(1_000), periodEndsAt: at(1_000) });
  expect(toBilled({ ...facts, items: { data: [] } }, prices)).toMatchObject({ plan: null });
});

it.each([
  [{ cancel_at: null, cancel_at_period_end: true }, at(3_000)],
  [{ cancel_at: 2_500, cancel_at_period_end: false }, at(2_500)],
  [{ cancel_at: null, cancel_at_period_end: false }, null],
])('with %j it ends at %s', (wish, endsAt) => {
  expect(toBilled({ ...facts, ...wish, items: { data: [item(2_000, 3_000)] } }, prices).endsAt).toEqual(endsAt);
});

const invoice = { id: 'in_1', number: null, status: 'open', total: 24_900, currency: 'usd', created: 1_000 };

it.each([
  ['since basil', { parent: { subscription_details: { subscription: 'sub_1' } } }, 'sub_1'],
  ['since basil, expanded', { parent: { subscription_details: { subscription: { id: 'sub_1' } } } }, 'sub_1'],
  ['before', { subscription: 'sub_1' }, 'sub_1'],
  ['written by hand', { parent: null }, null],
])('reads of which subscription an invoice is, %s', (_, shape, subscriptionId) => {
  expect(toInvoice({ ...invoice, ...shape })).toMatchObject({
    subscriptionId,
    totalMinor: 24_900,
    currency: 'USD',
    createdAt: at(1_000),
  });
});
