import { cancelReasonOf, refundedMinor, type Transaction } from './refunded.js';

const gave = (amount: string | null, facts: Partial<Transaction> = {}): { readonly transactions: readonly Transaction[] } => ({
  transactions: [{ kind: 'refund', status: 'success', currency: 'EUR', amount, ...facts }],
});

describe('what was given back', () => {
  it('is the sum of what went through, exact in the currency of the shop', () => {
    expect(refundedMinor([], 'EUR')).toBe(0);
    expect(refundedMinor([gave('1.10'), gave('2.20', { currency: null })], 'EUR')).toBe(330);
    expect(refundedMinor([gave('500', { currency: 'JPY' })], 'JPY')).toBe(500);
    expect(refundedMinor([gave('0.125', { currency: 'KWD' })], 'KWD')).toBe(125);
  });

  it('counts neither what failed nor what was paid', () => {
    expect(refundedMinor([gave('1.10', { status: 'failure' }), gave('9.00', { kind: 'sale' })], 'EUR')).toBe(0);
  });

  it.each([
    ['of another currency', gave('1.10', { currency: 'USD' })],
    ['without an amount', gave(null)],
    ['finer than the currency', gave('1.105')],
    ['below nothing', gave('-1.10')],
  ])('is not known when some of it is %s', (_, strange) => {
    expect(refundedMinor([gave('1.10'), strange], 'EUR')).toBeNull();
  });
});

it.each([
  ['customer', 'customerRequest'],
  ['INVENTORY ', 'outOfStock'],
  ['fraud', 'fraudSuspected'],
  ['declined', 'paymentFailed'],
  ['something new', 'other'],
  [null, 'other'],
])('an order cancelled for %s is cancelled for %s here', (reason, ours) => {
  expect(cancelReasonOf(reason, true)).toBe(ours);
});

it('an order that is not cancelled has no reason', () => {
  expect(cancelReasonOf('customer', false)).toBeNull();
});
