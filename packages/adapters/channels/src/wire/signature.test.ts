import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { seed } from '../../../../../test/seed.js';
import { verifies } from './signature.js';

fc.configureGlobal({ seed });

const sign = (body: Uint8Array, secret: string): string => createHmac('sha256', secret).update(body).digest('base64');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const body = bytes('{"id":820982911946154508,"name":"#1001 – été 🧵"}');

it('agrees with a signature worked out elsewhere (RFC 4231, test case 2)', () => {
  const known = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex').toString('base64');
  expect(verifies(bytes('what do ya want for nothing?'), known, 'Jefe')).toBe(true);
});

it('verifies the very bytes that were signed, text or not', () => {
  const notText = Uint8Array.of(0, 255, 254, 0xc3, 0x28);
  expect(verifies(body, sign(body, 'shop secret'), 'shop secret')).toBe(true);
  expect(verifies(notText, sign(notText, 'shop secret'), 'shop secret')).toBe(true);
});

it('refuses another secret, and an empty one even when the signature was made with it', () => {
  expect(verifies(body, sign(body, 'shop secret'), 'shop secret ')).toBe(false);
  expect(verifies(body, sign(body, ''), '')).toBe(false);
});

it.each([
  ['nothing', ''],
  ['a blank', ' '],
  ['hexadecimal', Buffer.from(sign(body, 's'), 'base64').toString('hex')],
  ['base64url', Buffer.from(sign(body, 's'), 'base64').toString('base64url')],
  ['a signature cut short', sign(body, 's').slice(0, -4)],
  ['a signature with more behind it', `${sign(body, 's')}AAAA`],
  ['letters beyond ASCII', 'ł'.repeat(44)],
  ['a very long text', 'A'.repeat(1_000_000)],
])('refuses %s', (_, signature) => {
  expect(verifies(body, signature, 's')).toBe(false);
});

it('refuses another spelling of the same 32 bytes', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const signature = sign(body, 's');
  const spelledOtherwise = `${signature.slice(0, 42)}${alphabet[alphabet.indexOf(signature.charAt(42)) + 1]}=`;
  expect(Buffer.from(spelledOtherwise, 'base64')).toEqual(Buffer.from(signature, 'base64'));
  expect(verifies(body, spelledOtherwise, 's')).toBe(false);
});

it('never verifies a signature over other bytes', () => {
  const secret = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), secret, (signed, sent, key) => {
      expect(verifies(sent, sign(signed, key), key)).toBe(Buffer.compare(signed, sent) === 0);
    }),
  );
});
