import { createHmac, generateKeyPairSync } from 'node:crypto';
import { type AccessTokens, type Identity, OrganizationId, SessionId, UserId } from '@rappit/domain';
import fc from 'fast-check';
import jsonwebtoken from 'jsonwebtoken';
import { seed } from '../../../../test/seed.js';
import { type JwtOptions, jwtAccessTokens, keyIdOf } from './jwt-access-tokens.js';

fc.configureGlobal({ seed });

const secret = 's'.repeat(32);
const start = new Date('2026-11-23T12:00:00Z');
const startSeconds = start.getTime() / 1_000;
const options: JwtOptions = { keys: [{ kid: 'k1', secret }], issuer: 'rappit', audience: 'rappit-api', now: () => start };
const identity: Identity = {
  userId: UserId('user-1'),
  organizationId: OrganizationId('org-1'),
  sessionId: SessionId('session-1'),
};
const tokens = jwtAccessTokens(options);
const invalid = { ok: false, error: { code: 'token.invalid' } };

const at = (secondsLater: number): AccessTokens =>
  jwtAccessTokens({ ...options, now: () => new Date(start.getTime() + secondsLater * 1_000) });

type Json = Readonly<Record<string, unknown>>;
const whose: Json = { sub: 'user-1', org: 'org-1', sid: 'session-1' };
const claims: Json = { iss: 'rappit', aud: 'rappit-api', ...whose, iat: startSeconds, exp: startSeconds + 60 };
const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A token put together by hand: nothing but its signature is sound unless the test says so. */
const forge = (payload: unknown, header: unknown = { alg: 'HS256', typ: 'JWT', kid: 'k1' }, hash = 'sha256'): string => {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
};

it('reads whom it was issued to, for fifteen minutes', () => {
  const { token, expiresInSeconds } = tokens.issue(identity);
  expect(expiresInSeconds).toBe(900);
  expect(tokens.read(token)).toEqual({ ok: true, value: identity });
  expect(at(899).read(token)).toEqual({ ok: true, value: identity });
});

it('says in the token what others need to check it', () => {
  const { header, payload } = jsonwebtoken.decode(tokens.issue(identity).token, { complete: true }) ?? {};
  expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'k1' });
  expect(payload).toEqual({ ...claims, exp: startSeconds + 900 });
});

it('refuses an expired token, after a leeway for clocks that differ', () => {
  const { token } = jwtAccessTokens({ ...options, ttlSeconds: 60 }).issue(identity);
  expect(at(64).read(token)).toEqual({ ok: true, value: identity });
  expect(at(65).read(token)).toEqual(invalid);
});

it('reads what an older key signed, and signs with the newest', () => {
  const { token: old } = tokens.issue(identity);
  const rolled = jwtAccessTokens({ ...options, keys: [{ kid: 'k2', secret: 't'.repeat(32) }, ...options.keys] });
  expect(rolled.read(old)).toEqual({ ok: true, value: identity });
  expect(jsonwebtoken.decode(rolled.issue(identity).token, { complete: true })?.header.kid).toBe('k2');
  expect(tokens.read(rolled.issue(identity).token)).toEqual(invalid);
});

it('reads a sound token that says more than it needs, such as a role', () => {
  expect(tokens.read(forge({ ...claims, role: 'admin' }))).toEqual({ ok: true, value: identity });
});

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const rs256 = jsonwebtoken.sign({ ...claims }, privateKey, { algorithm: 'RS256', keyid: 'k1' });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const withPublicKeyAsSecret = jsonwebtoken.sign({ ...claims }, publicPem.padEnd(32), { algorithm: 'HS256', keyid: 'k1' });
const own = tokens.issue(identity).token;
const [ownHeader = '', ownClaims = '', ownSignature = ''] = own.split('.');

it.each<[string, string]>([
  ['that isn’t signed', `${encode({ alg: 'none', typ: 'JWT', kid: 'k1' })}.${encode(claims)}.`],
  ['that says none, and carries a signature', forge(claims, { alg: 'none', kid: 'k1' })],
  ['whose signature was cut off', `${ownHeader}.${ownClaims}.`],
  ['that another HMAC signed', forge(claims, { alg: 'HS512', kid: 'k1' }, 'sha512')],
  ['that a shorter HMAC signed', forge(claims, { alg: 'HS384', kid: 'k1' }, 'sha384')],
  ['that an RSA key signed', rs256],
  ['that took a public key for the secret', withPublicKeyAsSecret],
  ['with our signature under an RSA header', forge(claims, { alg: 'RS256', kid: 'k1' })],
  ['with another algorithm’s spelling', forge(claims, { alg: 'hs256', kid: 'k1' })],
  ['of another secret', jsonwebtoken.sign({ ...claims }, 'x'.repeat(32), { keyid: 'k1' })],
  ['with the signature of another', `${ownHeader}.${encode({ ...claims, org: 'org-2' })}.${ownSignature}`],
  ['of another issuer', forge({ ...claims, iss: 'somebody' })],
  ['without an issuer', forge({ ...claims, iss: undefined })],
  ['for another audience', forge({ ...claims, aud: 'another-api' })],
  ['without an audience', forge({ ...claims, aud: undefined })],
  ['that isn’t valid yet', forge({ ...claims, nbf: startSeconds + 30 })],
  ['that was issued in the future', forge({ ...claims, iat: startSeconds + 30 })],
  ['that was never issued', forge({ ...claims, iat: undefined })],
  ['that has expired', forge({ ...claims, exp: startSeconds - 30 })],
  ['that never expires', forge({ ...claims, exp: undefined })],
  ['that expires in words', forge({ ...claims, exp: 'tomorrow' })],
  ['of an unknown key', forge(claims, { alg: 'HS256', kid: 'k9' })],
  ['of no key', forge(claims, { alg: 'HS256' })],
  ['of a key that every object has', forge(claims, { alg: 'HS256', kid: '__proto__' })],
  ['of a key that is no text', forge(claims, { alg: 'HS256', kid: ['k1'] })],
  ['without a user', forge({ ...claims, sub: undefined })],
  ['with an empty user', forge({ ...claims, sub: '' })],
  ['without a session', forge({ ...claims, sid: undefined })],
  ['with an empty session', forge({ ...claims, sid: '' })],
  ['with a session that is no text', forge({ ...claims, sid: ['session-1'] })],
  ['without an organization', forge({ ...claims, org: undefined })],
  ['with an empty organization', forge({ ...claims, org: '' })],
  ['with an organization that is no text', forge({ ...claims, org: { $ne: null } })],
  ['whose claims are a text', forge('"claims"')],
  ['whose claims are no JSON', forge('{')],
  ['whose header is no JSON', `${encode('{')}.${ownClaims}.${ownSignature}`],
  ['whose header is null', forge(claims, 'null')],
  ['of four parts', `${own}.x`],
  ['that is empty', ''],
  ['of dots', '..'],
  ['with a blank before it', ` ${own}`],
  ['that is huge', forge({ ...claims, padding: 'x'.repeat(1_000_000) })],
])('refuses a token %s', (_, token) => {
  expect(tokens.read(token)).toEqual(invalid);
});

it('refuses its own token with any one character changed', () => {
  fc.assert(
    fc.property(fc.nat({ max: own.length - 1 }), fc.constantFrom(...'ABCdef019-_.= '), (place, character) => {
      fc.pre(own[place] !== character);
      expect(tokens.read(`${own.slice(0, place)}${character}${own.slice(place + 1)}`)).toEqual(invalid);
    }),
  );
});

it('answers any text at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.json(), fc.json(), (text, header, payload) => {
      expect(tokens.read(text)).toEqual(invalid);
      expect(tokens.read(forge(payload, header))).toEqual(invalid);
    }),
  );
});

it.each<[string, Partial<JwtOptions>]>([
  ['no key', { keys: [] }],
  ['a secret of 31 bytes', { keys: [{ kid: 'k1', secret: 's'.repeat(31) }] }],
  ['a short secret among others', { keys: [...options.keys, { kid: 'k2', secret: 'a wombat' }] }],
  ['a key without an id', { keys: [{ kid: '', secret }] }],
  ['two keys of one id', { keys: [...options.keys, ...options.keys] }],
  ['no issuer', { issuer: '' }],
  ['no audience', { audience: '' }],
  ['no lifetime', { ttlSeconds: 0 }],
  ['half a second to live', { ttlSeconds: 0.5 }],
])('doesn’t start with %s', (_, fault) => {
  expect(() => jwtAccessTokens({ ...options, ...fault })).toThrow(/^bug: /);
});

it('counts a secret in bytes, and never repeats it', () => {
  expect(jwtAccessTokens({ ...options, keys: [{ kid: 'k1', secret: 'é'.repeat(16) }] }).issue(identity).expiresInSeconds).toBe(
    900,
  );
  expect(() => jwtAccessTokens({ ...options, keys: [{ kid: 'k1', secret: 'a wombat' }] })).toThrow(/^(?!.*a wombat)/);
});

it('calls a key by an id that is made of it, and that tells nothing of it', () => {
  expect(keyIdOf('a'.repeat(32))).toBe(keyIdOf('a'.repeat(32)));
  expect(keyIdOf('a'.repeat(32))).toMatch(/^[\w-]{12}$/);
  expect(keyIdOf('a'.repeat(32))).not.toBe(keyIdOf('b'.repeat(32)));
});

it('replaces a key without shutting anybody out: both verify, the new one signs', () => {
  const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)].map((text) => ({ kid: keyIdOf(text), secret: text }));
  if (!older || !newer) throw new Error('there are two keys');
  const before = jwtAccessTokens({ ...options, keys: [older] }).issue(identity).token;
  const during = jwtAccessTokens({ ...options, keys: [newer, older] });
  const after = jwtAccessTokens({ ...options, keys: [newer] });
  expect(during.read(before)).toEqual({ ok: true, value: identity });
  expect(after.read(during.issue(identity).token)).toEqual({ ok: true, value: identity });
  expect(after.read(before)).toEqual(invalid);
});
