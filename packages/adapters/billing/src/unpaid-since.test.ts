import { type OwedBody, unpaidSince } from './unpaid-since.js';

const day = 86_400;
const invoice = (status: string, created: number, facts: Partial<OwedBody> = {}): OwedBody => ({
  ...{ status, created: created * day, total: 4_900, due_date: null, status_transitions: { finalized_at: created * day } },
  ...facts,
});

it.each<readonly [string, readonly OwedBody[], number | null]>([
  ['nothing', [], null],
  ['nothing but what is paid, a draft or void', ['paid', 'draft', 'void'].map((status) => invoice(status, 1)), null],
  ['the oldest of several', [invoice('open', 60), invoice('open', 30), invoice('paid', 0)], 30],
  ['what was sent by mail, from when it is due', [invoice('open', 0, { due_date: 30 * day })], 30],
  ['a draft of a while, from when it was finalized', [invoice('open', 0, { status_transitions: { finalized_at: day } })], 1],
  ['what an older API tells nothing more of', [{ status: 'open', total: 1, created: 5 * day }], 5],
  [
    'what failed after a payment, where an older one stayed open',
    [invoice('open', 60), invoice('paid', 30), invoice('open', 0)],
    60,
  ],
  ['what stayed open before a payment, where nothing else is', [invoice('paid', 30), invoice('open', 0)], 0],
  ['what was given up', [invoice('uncollectible', 30), invoice('paid', 0)], 30],
  ['what came before an invoice of nothing', [invoice('open', 60), invoice('paid', 30, { total: 0 }), invoice('open', 0)], 0],
])('counts of %s', (_, invoices, days) => {
  expect(unpaidSince(invoices)).toEqual(days === null ? null : new Date(days * day * 1_000));
  expect(unpaidSince([...invoices].reverse())).toEqual(unpaidSince(invoices));
});
