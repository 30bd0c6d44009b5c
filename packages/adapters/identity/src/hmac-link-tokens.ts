import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { bug, type LinkTokens } from '@rappit/domain';

const KEY_BYTES = 32;

/**
 * Tokens by HMAC-SHA-256, 43 characters of base64url, under a key that is derived from the given one for this and nothing else.
 * With another key what was mailed before still works, where its digest was stored; what is mailed again has another token.
 */
export const hmacLinkTokens = (key: Uint8Array): LinkTokens => {
  if (key.length < KEY_BYTES) bug(`link tokens need a key of at least ${KEY_BYTES} bytes`);
  const own = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'rappit link tokens', KEY_BYTES)));
  return {
    // Neither a purpose nor an id holds a NUL, so no two pairs are one text.
    tokenFor: (purpose, id) => createHmac('sha256', own).update(`${purpose}\0${id}`, 'utf8').digest('base64url'),
  };
};
