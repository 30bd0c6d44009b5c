import { momentOf } from './subscription-body.js';

/** What is read of an invoice to tell how long it has been owed. */
export type OwedBody = {
  readonly status: string | null;
  readonly total: number;
  readonly created: number;
  /** Of one that is sent by mail; the others are due when they are finalized. */
  readonly due_date?: number | null;
  readonly status_transitions?: { readonly finalized_at?: number | null };
};

const isOwed = ({ status }: OwedBody): boolean => status === 'open' || status === 'uncollectible';
const dueAt = ({ due_date, status_transitions, created }: OwedBody): number =>
  due_date ?? status_transitions?.finalized_at ?? created;

/**
 * Since when the invoices of a subscription, which is past due, are owed; null when none is.
 * - One by mail is owed from when it is due, not from when it was written.
 * - What was left open before the newest payment doesn't shorten the grace of what failed after it; it counts where nothing else is owed.
 * - One that was given up as uncollectible was not paid either.
 */
export const unpaidSince = (invoices: readonly OwedBody[]): Date | null => {
  const paid = invoices.filter(({ status, total }) => status === 'paid' && total > 0);
  const lastPaid = Math.max(Number.NEGATIVE_INFINITY, ...paid.map(({ created }) => created));
  const owed = invoices.filter(isOwed);
  const newer = owed.filter(({ created }) => created > lastPaid);
  const counting = (newer.length > 0 ? newer : owed).map(dueAt);
  return counting.length === 0 ? null : momentOf(Math.min(...counting));
};
