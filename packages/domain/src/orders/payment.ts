import type { Order, PaymentStatus } from './order.js';

/** Where a payment may go from where. A shop's own statuses are taken as they come; these are for what people and programs record. */
export const paymentTransitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  pending: ['authorized', 'paid', 'failed'],
  authorized: ['paid', 'failed', 'refunded'],
  failed: ['authorized', 'paid'],
  paid: ['partiallyRefunded', 'refunded'],
  partiallyRefunded: ['partiallyRefunded', 'refunded'],
  refunded: [],
};

/** The money is there, or set aside for us: the order's promises last from now on. */
export const secures = (status: PaymentStatus): boolean => status === 'authorized' || status === 'paid';

/** Until when a promise lasts that is made to the order now; null for ever. */
export const promisedUntil = ({ paymentWindowMinutes }: Pick<Order, 'paymentWindowMinutes'>, now: Date): Date | null =>
  paymentWindowMinutes === null ? null : new Date(now.getTime() + paymentWindowMinutes * 60_000);
