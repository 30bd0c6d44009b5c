import type { OrganizationId, Page, PageRequest } from '../kernel/index.js';
import type { ApiKey, ApiKeyId } from './api-key.js';
import type { UserId } from './member.js';

/**
 * API keys of one organization. A hash goes in with its key and comes out never.
 * Keys that were revoked stay, so that what they did can be told by their names.
 */
export type ApiKeyStore = {
  readonly find: (id: ApiKeyId) => Promise<ApiKey | undefined>;
  readonly add: (key: ApiKey, secretHash: string) => Promise<void>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<ApiKey>>;
  /** Answers false when there is no such key, or it was revoked before. */
  readonly revoke: (id: ApiKeyId, at: Date) => Promise<boolean>;
  /** Revokes whatever a member has made and wasn't revoked before; answers which. */
  readonly revokeAllOf: (maker: UserId, at: Date) => Promise<readonly ApiKeyId[]>;
  /** Notes that a key was used. Nothing is written within a minute of the use before. */
  readonly used: (id: ApiKeyId, at: Date) => Promise<void>;
};

export type ApiKeyStores = { readonly apiKeys: ApiKeyStore };

/** The door for requests that carry a key: which organization, if any, has one with this hash. Revoked keys aren't found. */
export type ApiKeyDoor = {
  readonly apiKeyByHash: (
    secretHash: string,
  ) => Promise<{ readonly organizationId: OrganizationId; readonly apiKeyId: ApiKeyId } | undefined>;
};
