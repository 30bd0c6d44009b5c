import { createHmac } from 'node:crypto';
import { hmacLinkTokens } from './hmac-link-tokens.js';

const key = Buffer.alloc(32, 1);
const tokens = hmacLinkTokens(key);

it('makes the same token for the same purpose and id, and another for any other', () => {
  const made = [
    tokens.tokenFor('passwordReset', '1'),
    tokens.tokenFor('registration', '1'),
    tokens.tokenFor('passwordReset', '2'),
    tokens.tokenFor('passwordReset1', ''),
    hmacLinkTokens(Buffer.alloc(32, 2)).tokenFor('passwordReset', '1'),
  ];
  expect(new Set(made).size).toBe(made.length);
  expect(hmacLinkTokens(Buffer.from(key)).tokenFor('passwordReset', '1')).toBe(made[0]);
  for (const token of made) expect(token).toMatch(/^[\w-]{43}$/);
});

it('does not use the key itself, which seals credentials too', () => {
  expect(tokens.tokenFor('passwordReset', '1')).not.toBe(
    createHmac('sha256', key).update('passwordReset\x001').digest('base64url'),
  );
});

it('wants a key that can not be guessed', () => {
  expect(() => hmacLinkTokens(Buffer.alloc(31))).toThrow(/^bug: /);
});
