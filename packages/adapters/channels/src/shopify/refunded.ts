import { type CancelReason, minorFromDecimal } from '@rappit/domain';
import { listed, object, optional } from '../wire/reading.js';
import { filled, written } from '../wire/scalars.js';

export type Transaction = {
  readonly kind: string | null;
  readonly status: string | null;
  readonly currency: string | null;
  readonly amount: string | null;
};

/** The payments of one refund. */
export const transactions = listed(
  'transactions',
  object<Transaction>({
    kind: filled('kind'),
    status: filled('status'),
    currency: filled('currency'),
    amount: optional('amount', written),
  }),
);

/** What was really given back, in the shop's own currency; null when some of it isn't told in it. */
export const refundedMinor = (
  refunds: readonly { readonly transactions: readonly Transaction[] }[],
  currency: string,
): number | null => {
  let total = 0;
  for (const transaction of refunds.flatMap((refund) => refund.transactions)) {
    if (transaction.kind !== 'refund' || transaction.status !== 'success') continue;
    const amount = minorFromDecimal(transaction.amount ?? '', currency);
    if (!amount.ok || amount.value < 0 || (transaction.currency ?? currency) !== currency) return null;
    total += amount.value;
  }
  return total;
};

const reasons: ReadonlyMap<string, CancelReason> = new Map([
  ['customer', 'customerRequest'],
  ['inventory', 'outOfStock'],
  ['fraud', 'fraudSuspected'],
  ['declined', 'paymentFailed'],
]);

/** Shopify's `cancel_reason` in our words; null for an order that isn't cancelled. */
export const cancelReasonOf = (cancelReason: string | null, isCancelled: boolean): CancelReason | null =>
  isCancelled ? (reasons.get(cancelReason?.trim().toLowerCase() ?? '') ?? 'other') : null;
