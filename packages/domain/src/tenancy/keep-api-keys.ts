import {
  type Caller,
  type Digest,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { type ApiKey, ApiKeyId, keySecretOf, type Scope } from './api-key.js';
import type { ApiKeyStores } from './api-keys.port.js';
import { auditEntry } from './audit.js';
import type { AuditStores } from './audit.port.js';
import type { Member } from './member.js';
import { may } from './permissions.js';
import type { SecretSource } from './secrets.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<ApiKeyStores & AuditStores>; readonly ids: IdSource };

export type NewApiKey = { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt: Date | null };
/** The only time that the secret is there to be seen. */
export type CreatedApiKey = { readonly key: ApiKey; readonly secret: string };

export type ScopeRefused = { readonly code: 'api_key.scope_refused'; readonly scopes: readonly Scope[] };
export type ExpiryPast = { readonly code: 'api_key.expiry_past' };
export type ApiKeyNotFound = { readonly code: 'api_key.not_found' };

/** Makes a key that may do no more than whoever makes it. */
export const createApiKey =
  ({ unitOfWork, ids, secrets, digest }: Deps & { readonly secrets: SecretSource; readonly digest: Digest }) =>
  (
    caller: Caller,
    maker: Pick<Member, 'user' | 'role'>,
    asked: NewApiKey,
  ): Promise<Result<CreatedApiKey, ScopeRefused | ExpiryPast | RunRefusal>> =>
    unitOfWork.run<CreatedApiKey, ScopeRefused | ExpiryPast>(
      caller.organizationId,
      async ({ apiKeys, audit, now }) => {
        const beyond = asked.scopes.filter((scope) => !may(maker.role, scope));
        if (beyond.length > 0) return err({ code: 'api_key.scope_refused', scopes: beyond });
        if (asked.expiresAt !== null && asked.expiresAt <= now) return err({ code: 'api_key.expiry_past' });
        const { secret, prefix } = keySecretOf(secrets.next());
        const key: ApiKey = {
          id: ApiKeyId(ids.next()),
          name: asked.name.trim(),
          prefix,
          scopes: [...new Set(asked.scopes)],
          createdBy: maker.user.id,
          createdAt: now,
          expiresAt: asked.expiresAt,
          lastUsedAt: null,
          revokedAt: null,
        };
        await apiKeys.add(key, digest(secret));
        const facts = { scopes: key.scopes, expiresAt: key.expiresAt?.toISOString() ?? null };
        await audit.append([auditEntry({ caller, at: now, ids }, { kind: 'api_key.created', targetId: key.id, facts })]);
        return ok({ key, secret });
      },
      caller.once,
    );

/** From the next request on, or a moment later where it is remembered, the key opens nothing. */
export const revokeApiKey =
  ({ unitOfWork, ids }: Deps) =>
  (caller: Caller, id: ApiKeyId): Promise<Result<undefined, ApiKeyNotFound | RunRefusal>> =>
    unitOfWork.run<undefined, ApiKeyNotFound>(
      caller.organizationId,
      async ({ apiKeys, audit, now }) => {
        if (!(await apiKeys.revoke(id, now))) return err({ code: 'api_key.not_found' });
        await audit.append([auditEntry({ caller, at: now, ids }, { kind: 'api_key.revoked', targetId: id, facts: {} })]);
        return ok(undefined);
      },
      caller.once,
    );
