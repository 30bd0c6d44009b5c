import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import {
  type AccessTokens,
  bug,
  err,
  type Identity,
  OrganizationId,
  ok,
  type Result,
  SessionId,
  type TokenInvalid,
  UserId,
} from '@rappit/domain';
import jsonwebtoken, { type Jwt } from 'jsonwebtoken';

/** A key that tokens are signed with. `kid` is written into the token, so that keys can be replaced one by one. */
export type TokenKey = { readonly kid: string; readonly secret: string };

/** A key's id, made of the key itself, so that all processes call it alike and no list of ids has to be kept. It doesn't tell the key. */
export const keyIdOf = (secret: string): string =>
  createHash('sha256').update('rappit token key ').update(secret, 'utf8').digest('base64url').slice(0, 12);

export type JwtOptions = {
  /** The first signs; all of them verify. */
  readonly keys: readonly TokenKey[];
  readonly issuer: string;
  readonly audience: string;
  readonly ttlSeconds?: number;
  readonly now?: () => Date;
};

const MIN_SECRET_BYTES = 32;
/** Several times the length of a token of ours. */
const MAX_TOKEN_CHARACTERS = 2_048;
/** How far the clocks of two of our machines may differ. */
const LEEWAY_SECONDS = 5;

const invalid: Result<never, TokenInvalid> = err({ code: 'token.invalid' });

/**
 * Access tokens as JWTs, HS256 and nothing else, whatever a token's own header asks for.
 * - The key is looked up by the `kid` in the header among the given ones; a token without one is refused.
 * - An empty list of keys, a secret shorter than 32 bytes, and the like stop at once, when this is called.
 */
export const jwtAccessTokens = ({
  keys,
  issuer,
  audience,
  ttlSeconds = 900,
  now = () => new Date(),
}: JwtOptions): AccessTokens => {
  const secrets = keysById(keys);
  const [signing] = secrets;
  if (!signing) bug('access tokens need a key to be signed with');
  if (issuer === '' || audience === '') bug('access tokens need an issuer and an audience');
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1) bug('access tokens live for a positive number of seconds');
  const [keyid, secret] = signing;
  const seconds = (): number => Math.floor(now().getTime() / 1_000);
  return {
    issue: ({ userId, organizationId, sessionId }) => {
      const iat = seconds();
      const whose = { sub: userId, org: organizationId, sid: sessionId };
      const claims = { iss: issuer, aud: audience, ...whose, iat, exp: iat + ttlSeconds };
      return { token: jsonwebtoken.sign(claims, secret, { algorithm: 'HS256', keyid }), expiresInSeconds: ttlSeconds };
    },
    read: (token) => {
      if (token.length > MAX_TOKEN_CHARACTERS) return invalid;
      try {
        const key = secrets.get(headerOf(token)?.kid ?? '');
        if (!key) return invalid;
        const checks = {
          algorithms: ['HS256' as const],
          issuer,
          audience,
          clockTimestamp: seconds(),
          clockTolerance: LEEWAY_SECONDS,
        };
        return identityOf(jsonwebtoken.verify(token, key, checks), checks.clockTimestamp + LEEWAY_SECONDS);
      } catch {
        return invalid;
      }
    },
  };
};

const keysById = (keys: readonly TokenKey[]): ReadonlyMap<string, KeyObject> => {
  const byId = new Map<string, KeyObject>();
  for (const { kid, secret } of keys) {
    const bytes = Buffer.from(secret, 'utf8');
    if (kid === '' || byId.has(kid)) bug('each token key needs an id of its own');
    if (bytes.length < MIN_SECRET_BYTES) bug(`a token key needs a secret of at least ${MIN_SECRET_BYTES} bytes`);
    byId.set(kid, createSecretKey(bytes));
  }
  return byId;
};

const headerOf = (token: string): Jwt['header'] | undefined => jsonwebtoken.decode(token, { complete: true })?.header;

type Claims = { readonly [Name in 'sub' | 'org' | 'sid' | 'iat' | 'exp']?: unknown };

const isName = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';

/** The library is content with a token that never expires, was issued tomorrow, and has claims of any type. We aren't. */
const identityOf = (claims: unknown, latest: number): Result<Identity, TokenInvalid> => {
  if (typeof claims !== 'object' || claims === null) return invalid;
  const { sub, org, sid, iat, exp }: Claims = claims;
  if (!isName(sub) || !isName(org) || !isName(sid) || typeof exp !== 'number') return invalid;
  if (typeof iat !== 'number' || iat > latest) return invalid;
  return ok({ userId: UserId(sub), organizationId: OrganizationId(org), sessionId: SessionId(sid) });
};
