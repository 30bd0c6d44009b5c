import { type CarrierUnavailable, type Err, err } from '@rappit/domain';

/** Certainly not done; not to be asked again for so many seconds, where the carrier said so. */
export const unavailable = (message: string, retryAfterSeconds?: number): Err<CarrierUnavailable> =>
  err({ code: 'carrier.unavailable', message, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
export const unauthorized = (message = "The carrier didn't accept the credentials of this account.") =>
  err({ code: 'carrier.unauthorized', message } as const);
export const unknownOutcome = (message: string) => err({ code: 'carrier.unknown_outcome', message } as const);
export const refused = (message: string, path: string | null = null) => err({ code: 'carrier.refused', message, path } as const);

export const notReached = 'The carrier could not be reached.';
export const answerLost = "The carrier didn't answer in time, or the connection broke.";
