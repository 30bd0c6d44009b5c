import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { jwtAccessTokens, keyIdOf } from '@rappit/identity';
import type { Account } from './world.test-kit.js';

const [secret, previous] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
const keyOf = (text: string) => ({ kid: keyIdOf(text), secret: text });

/** Issues and reads tokens as the app does, while its key is being replaced. */
export const signingTokens = () =>
  jwtAccessTokens({ issuer: 'rappit', audience: 'rappit-api', keys: [keyOf(secret), keyOf(previous)] });

export type Json = Readonly<Record<string, unknown>>;
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
export const claimsOf = (token: string): Json =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Json;

/** A token put together by hand. What isn't said to be wrong is right, the signature too. */
export const forge = (claims: Json, header: Json = {}, { key = secret, hash = 'sha256' } = {}): string => {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid: keyIdOf(secret), ...header })}.${encode(claims)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
};

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const byRsa = (claims: Json): string => {
  const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: keyIdOf(secret) })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
};

const soon = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
const [OTHERS, NOBODY] = ['019b0000-0000-7000-8000-00000000beef', '019b0000-0000-7000-8000-00000000dead'];

/** What each hostile token is made of: the claims of a sound one, and another organization's account. */
export const hostile: readonly (readonly [string, (sound: Json, other: Account) => string])[] = [
  ['that nobody signed', (sound) => `${encode({ alg: 'none', typ: 'JWT', kid: keyIdOf(secret) })}.${encode(sound)}.`],
  ['that says none, and is signed', (sound) => forge(sound, { alg: 'none' })],
  ['that an RSA key signed', (sound) => byRsa(sound)],
  ['that a public key signed as if it were the secret', (sound) => forge(sound, {}, { key: publicPem })],
  ['that says RS256 over our own signature', (sound) => forge(sound, { alg: 'RS256' })],
  ['of a longer HMAC', (sound) => forge(sound, { alg: 'HS512' }, { hash: 'sha512' })],
  ['with a wrong signature', (sound) => `${forge(sound).slice(0, -4)}AAAA`],
  ['of another secret', (sound) => forge(sound, {}, { key: 'x'.repeat(64) })],
  ['that has expired', (sound) => forge({ ...sound, exp: soon(-30) })],
  ['that never expires', (sound) => forge({ ...sound, exp: undefined })],
  ['that is not valid yet', (sound) => forge({ ...sound, nbf: soon(60) })],
  ['that was issued in the future', (sound) => forge({ ...sound, iat: soon(60) })],
  ['of another issuer', (sound) => forge({ ...sound, iss: 'somebody' })],
  ['for another audience', (sound) => forge({ ...sound, aud: 'another-api' })],
  ['of an unknown key', (sound) => forge(sound, { kid: 'unknown' })],
  ['of no key', (sound) => forge(sound, { kid: undefined })],
  [
    'that brings its own key',
    (sound) => forge(sound, { kid: undefined, jwk: { kty: 'oct', k: 'eHh4' }, jku: 'https://example.com' }),
  ],
  ['for an organization that the user is no member of', (sound, other) => forge({ ...sound, org: other.organizationId })],
  ['for an organization that never was', (sound) => forge({ ...sound, org: NOBODY })],
  ['of another user by the own session', (sound, other) => forge({ ...sound, sub: other.userId, org: other.organizationId })],
  ['of a user who never was', (sound) => forge({ ...sound, sub: OTHERS })],
  ['of a session that never was', (sound) => forge({ ...sound, sid: NOBODY })],
  ['of no session', (sound) => forge({ ...sound, sid: undefined })],
  ['whose role says more than its user may', (sound) => forge({ ...sound, sid: NOBODY, role: 'admin' })],
];

/** A token that says it is of one key and was signed with another, which may be the same. */
export const signedBy = (claims: Json, name: 'current' | 'previous', by: 'current' | 'previous'): string => {
  const keys = { current: secret, previous };
  return forge(claims, { kid: keyIdOf(keys[name]) }, { key: keys[by] });
};
