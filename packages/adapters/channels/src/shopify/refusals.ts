import {
  type Err,
  err,
  type ShopRefused,
  type ShopUnauthorized,
  type ShopUnavailable,
  type ShopUnknownOutcome,
} from '@rappit/domain';

export const unavailable = (message: string, retryAfterMs: number | null = null): Err<ShopUnavailable> =>
  err({ code: 'shop.unavailable', message, retryAfterMs });
export const unauthorized = (
  message = 'Shopify does not accept our credentials for this shop any more.',
): Err<ShopUnauthorized> => err({ code: 'shop.unauthorized', message });
export const refused = (message: string): Err<ShopRefused> => err({ code: 'shop.refused', message });
export const unknownOutcome = (message: string): Err<ShopUnknownOutcome> => err({ code: 'shop.unknown_outcome', message });

export const notReached = 'Shopify could not be reached.';
export const answerLost = "Shopify didn't answer in time, or the connection broke.";
export const unreadableAnswer = "Shopify's answer can't be read.";
