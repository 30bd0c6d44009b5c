import type { CancelReason, PaymentMethod, PaymentStatus } from '@rappit/domain';

/** Nothing was sold yet, or it isn't any more: carts, unpaid orders that wait for money, declined ones, and what lies in the bin. */
const unsold: ReadonlySet<string> = new Set(['pending', 'failed', 'checkout-draft', 'auto-draft', 'draft', 'new', 'trash']);

/** A status that nobody knows was made by a plugin, for orders that were sold. */
export const isSold = (status: string): boolean => !unsold.has(status);

const paidBy: ReadonlySet<string> = new Set(['processing', 'completed', 'ready-for-pickup']);

/** Only WooCommerce's own way of paying the courier is cash on delivery. */
export const paymentMethodOf = (method: string | null): PaymentMethod => (method === 'cod' ? 'cashOnDelivery' : 'prepaid');

type Paid = {
  readonly status: string;
  readonly method: string | null;
  readonly datePaid: Date | null;
  readonly totalMinor: number;
  readonly refundedMinor: number;
};

/** What came in and went back. An order that the courier is paid for says that it is paid as soon as it is begun, so there only `completed` counts. */
export const paymentStatusOf = ({ status, method, datePaid, totalMinor, refundedMinor }: Paid): PaymentStatus => {
  if (status === 'refunded' || (refundedMinor > 0 && refundedMinor >= totalMinor)) return 'refunded';
  if (refundedMinor > 0) return 'partiallyRefunded';
  if (paymentMethodOf(method) === 'cashOnDelivery') return status === 'completed' ? 'paid' : 'pending';
  return paidBy.has(status) || datePaid !== null ? 'paid' : 'pending';
};

/** WooCommerce doesn't say why. */
export const cancelReasonOf = (status: string): CancelReason | null => (status === 'cancelled' ? 'other' : null);

type Went = { readonly status: string; readonly dateCompleted: Date | null };

/**
 * Units of a line that left, and units given up. `completed` is the word for "sent", and says so of the whole order. What was refunded
 * before it was sent is given up; what was refunded afterwards had left.
 */
export const unitsGone = (
  quantity: number,
  refundedUnits: number,
  { status, dateCompleted }: Went,
): { readonly shipped: number; readonly cancelled: number } => {
  if (status === 'completed' || (status === 'refunded' && dateCompleted)) return { shipped: quantity, cancelled: 0 };
  if (status === 'cancelled' || status === 'refunded') return { shipped: 0, cancelled: quantity };
  return { shipped: 0, cancelled: Math.min(quantity, refundedUnits) };
};
