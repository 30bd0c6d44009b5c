import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Both shops sign the raw bytes of a webhook: `X-Shopify-Hmac-Sha256` and `X-WC-Webhook-Signature` are the base64 of their HMAC-SHA256.
 * Only the one canonical spelling of that base64 counts, and an empty secret verifies nothing.
 */
export const verifies = (body: Uint8Array, signature: string, secret: string): boolean => {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'));
  const given = Buffer.from(signature);
  return secret !== '' && given.length === expected.length && timingSafeEqual(given, expected);
};
