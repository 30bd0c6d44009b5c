import type { Err, ShopUnauthorized } from '@rappit/domain';
import { unauthorized as notAccepted } from '../wire/answers.js';

export { refused, unavailable, unknownOutcome } from '../wire/answers.js';

export const unauthorized = (
  message = 'Shopify does not accept our credentials for this shop any more.',
): Err<ShopUnauthorized> => notAccepted(message);

export const notReached = 'Shopify could not be reached.';
export const answerLost = "Shopify didn't answer in time, or the connection broke.";
export const unreadableAnswer = "Shopify's answer can't be read.";
