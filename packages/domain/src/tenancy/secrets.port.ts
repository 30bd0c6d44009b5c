import type { OrganizationId, Result } from '../kernel/index.js';
import type { UserId } from './member.js';
import type { SessionId } from './session.js';

/**
 * Keeps passwords so that the store alone doesn't give them away.
 * - `matches` takes about the same time for a wrong password and for an undefined hash (an unknown user).
 */
export type PasswordHasher = {
  readonly hash: (password: string) => Promise<string>;
  readonly matches: (password: string, hash: string | undefined) => Promise<boolean>;
};

/** Makes secrets of 256 random bits, as 43 characters of base64url. Never the same twice. */
export type SecretSource = { readonly next: () => string };

/**
 * Makes the tokens of links that are mailed, out of an id and a key that only we have.
 * - The same purpose and id give the same token, so that what is stored needs to hold the id alone, and a mail can be written again.
 * - Nobody can make one, or tell one from chance, without the key. It fits into a URL.
 */
export type LinkTokens = { readonly tokenFor: (purpose: string, id: string) => string };

/** Whom a token speaks for. What that user may do is looked up at each request, never read from the token. */
export type Identity = { readonly userId: UserId; readonly organizationId: OrganizationId; readonly sessionId: SessionId };

export type TokenInvalid = { readonly code: 'token.invalid' };

/** A token that lets in until it expires. */
export type AccessToken = { readonly token: string; readonly expiresInSeconds: number };

/**
 * Makes and reads access tokens.
 * - `read` refuses what it didn't make, what has expired, and what was made for another audience, all with one answer.
 */
export type AccessTokens = {
  readonly issue: (identity: Identity) => AccessToken;
  readonly read: (token: string) => Result<Identity, TokenInvalid>;
};
