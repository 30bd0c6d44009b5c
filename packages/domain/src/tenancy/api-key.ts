import type { Brand } from '../kernel/index.js';
import type { Role, UserId } from './member.js';
import { may, type Permission, permissions } from './permissions.js';

export type ApiKeyId = Brand<string, 'ApiKeyId'>;
export const ApiKeyId = (text: string): ApiKeyId => text as ApiKeyId;

/** What only a person may do: a program that could make keys, or let people in, could outlive the key it was given; and what costs money is a person's decision. */
const personOnly = [
  'account.view',
  'account.manage',
  'apiKey.manage',
  'member.manage',
  'billing.manage',
] as const satisfies readonly Permission[];

/** A permission that an API key may have. */
export type Scope = Exclude<Permission, (typeof personOnly)[number]>;

const isScope = (text: string): text is Scope =>
  Object.hasOwn(permissions, text) && !(personOnly as readonly string[]).includes(text);

export const scopes: readonly Scope[] = Object.keys(permissions).filter(isScope);

/** A program that acts for an organization. Its secret is shown once, when the key is made, and kept as a hash. */
export type ApiKey = {
  readonly id: ApiKeyId;
  readonly name: string;
  /** The beginning of the secret, by which people tell keys apart. */
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly createdBy: UserId;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

export const keyStatuses = ['active', 'expired', 'revoked'] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** A key counts until the moment it expires, exclusively. */
export const keyStatusOf = ({ expiresAt, revokedAt }: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Date): KeyStatus => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
};

/** What a key may do now: its scopes, as far as the role that its maker holds now allows them too. */
export const rightsOf = (key: Pick<ApiKey, 'scopes'>, role: Role): readonly Scope[] =>
  key.scopes.filter((scope) => isScope(scope) && may(role, scope));

/** Tells a secret of a key from an access token, and lets scanners find one that leaked. */
export const KEY_PREFIX = 'rpt_';
/** So many characters of a secret are shown with its key: 48 of its 256 bits. */
const SHOWN_CHARACTERS = KEY_PREFIX.length + 8;

export const isKeySecret = (text: string): boolean => /^rpt_[A-Za-z0-9_-]{43}$/.test(text);

/** A key's secret, of 256 random bits in base64url. */
export const keySecretOf = (random: string): { readonly secret: string; readonly prefix: string } => {
  const secret = `${KEY_PREFIX}${random}`;
  return { secret, prefix: secret.slice(0, SHOWN_CHARACTERS) };
};
