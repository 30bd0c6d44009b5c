import type { OrganizationId, Result } from '../kernel/index.js';
import type { UserId } from './member.js';

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

/** Whom a token speaks for. What that user may do is looked up at each request, never read from the token. */
export type Identity = { readonly userId: UserId; readonly organizationId: OrganizationId };

export type TokenInvalid = { readonly code: 'token.invalid' };

/**
 * Makes and reads access tokens.
 * - `read` refuses what it didn't make, what has expired, and what was made for another audience, all with one answer.
 */
export type AccessTokens = {
  readonly issue: (identity: Identity) => { readonly token: string; readonly expiresInSeconds: number };
  readonly read: (token: string) => Result<Identity, TokenInvalid>;
};
