import {
  type Err,
  err,
  type ShopRefused,
  type ShopUnauthorized,
  type ShopUnavailable,
  type ShopUnknownOutcome,
} from '@rappit/domain';

/** Certainly not done; not to be asked again for so long, where the shop said so. */
export const unavailable = (message: string, retryAfterMs: number | null = null): Err<ShopUnavailable> =>
  err({ code: 'shop.unavailable', message, retryAfterMs });
export const unauthorized = (message = "The shop didn't accept our credentials."): Err<ShopUnauthorized> =>
  err({ code: 'shop.unauthorized', message });
export const refused = (message: string): Err<ShopRefused> => err({ code: 'shop.refused', message });
export const unknownOutcome = (message = "The shop didn't answer in time, or the connection broke."): Err<ShopUnknownOutcome> =>
  err({ code: 'shop.unknown_outcome', message });

const MAX_MESSAGE = 300;

/** What a shop said, on one line and not too long. */
export const remarkOf = (value: unknown): string | null =>
  typeof value === 'string'
    ? value
        .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
        .trim()
        .slice(0, MAX_MESSAGE) || null
    : null;
