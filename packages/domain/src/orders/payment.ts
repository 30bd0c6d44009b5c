import type { Amounts, Order, PaymentStatus, Totals } from './order.js';

/** Where a payment may go from where. A shop's own statuses are taken as they come; these are for what people and programs record. */
export const paymentTransitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  pending: ['authorized', 'paid', 'failed'],
  authorized: ['paid', 'failed', 'refunded'],
  failed: ['authorized', 'paid'],
  paid: ['partiallyRefunded', 'refunded'],
  partiallyRefunded: ['partiallyRefunded', 'refunded'],
  refunded: [],
};

/**
 * What each status means for promises to an order that is paid beforehand: they lapse with its payment window, or last from now on.
 * Once they last they do: a failure after an authorization takes nothing back, which is for whoever cancels the order.
 */
export const promisesWhile: Readonly<Record<PaymentStatus, 'lapse' | 'last'>> = {
  pending: 'lapse',
  failed: 'lapse',
  authorized: 'last',
  paid: 'last',
  partiallyRefunded: 'last',
  refunded: 'last',
};

/**
 * What was paid and given back of it, in minor units, by an order that comes with this status. `refundedMinor` is what its source says
 * was given back, if it says so; more than was paid it can't be.
 */
export const amountsAtFirst = (
  status: PaymentStatus,
  { totalMinor }: Pick<Totals, 'totalMinor'>,
  refundedMinor: number | null = null,
): Amounts => {
  const total = Math.max(0, totalMinor);
  const wasPaid = status === 'paid' || status === 'partiallyRefunded' || status === 'refunded';
  const paidMinor = wasPaid ? total : 0;
  return { paidMinor, refundedMinor: status === 'refunded' ? paidMinor : Math.min(refundedMinor ?? 0, paidMinor) };
};

/** Until when a promise lasts that is made to the order now; null for ever. */
export const promisedUntil = ({ paymentWindowMinutes }: Pick<Order, 'paymentWindowMinutes'>, now: Date): Date | null =>
  paymentWindowMinutes === null ? null : new Date(now.getTime() + paymentWindowMinutes * 60_000);
