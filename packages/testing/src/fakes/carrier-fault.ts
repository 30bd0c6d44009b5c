import { type CarrierUnauthorized, type CarrierUnavailable, type Err, err, type TrackingStatus } from '@rappit/domain';

/**
 * What may go wrong with a carrier.
 * - It is away (`unavailable`), has had enough of us (`rateLimited`), or doesn't know our credentials (`unauthorized`).
 * - It sells, and its answer doesn't arrive (`lostAfterSale`), is cut off (`resetAfterSale`), is no answer (`unreadable`, a page
 *   of HTML), or lacks what counts (`numberMissing`, `labelMissing`).
 * - The request may have been sent, and it never sells (`lostBeforeSale`).
 * - It says success, with an error inside, and doesn't sell (`errorInside`).
 * - It takes its time, and sells (`slow`).
 */
export const carrierFaults = [
  'unavailable',
  'rateLimited',
  'unauthorized',
  'lostAfterSale',
  'resetAfterSale',
  'lostBeforeSale',
  'unreadable',
  'numberMissing',
  'labelMissing',
  'errorInside',
  'slow',
] as const;
export type CarrierFault = (typeof carrierFaults)[number];

export type Away = Extract<CarrierFault, 'unavailable' | 'rateLimited' | 'unauthorized'>;

/** The carrier as a whole doesn't serve us, whatever it is asked. */
export const isAway = (fault: CarrierFault | null): fault is Away =>
  fault === 'unavailable' || fault === 'rateLimited' || fault === 'unauthorized';

/** How long a carrier that has had enough of us asks to be left alone: six hours. */
export const FAKE_RETRY_AFTER_SECONDS = 21_600;

/** What whoever asks such a carrier is told; null where it serves us. */
export const whileAway = (fault: CarrierFault | null, code: string): Err<CarrierUnavailable | CarrierUnauthorized> | null => {
  if (!isAway(fault)) return null;
  const message = `${code} said so`;
  if (fault === 'unauthorized') return err({ code: 'carrier.unauthorized', message });
  const patience = fault === 'rateLimited' ? { retryAfterSeconds: FAKE_RETRY_AFTER_SECONDS } : {};
  return err({ code: 'carrier.unavailable', message, ...patience });
};

/** What a carrier sees of a parcel, in words that each of them has a code for. */
export type Scan = {
  readonly at: Date;
  readonly status: Extract<TrackingStatus, 'pickedUp' | 'inTransit' | 'outForDelivery' | 'delivered' | 'returned'>;
};
