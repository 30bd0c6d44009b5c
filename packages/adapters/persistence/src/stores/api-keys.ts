import type { ApiKey, ApiKeyStore } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

/** Everything but the hash, which no query of the app asks for. */
const shown = ['id', 'name', 'prefix', 'scopes', 'created_by', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'] as const;

type KeyRow = {
  id: ApiKey['id'];
  name: string;
  prefix: string;
  scopes: ApiKey['scopes'];
  created_by: ApiKey['createdBy'];
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
};

const toKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
});

const REVOKE = 'UPDATE api_keys SET revoked_at = ? WHERE organization_id = ? AND id = ? AND revoked_at IS NULL RETURNING id';
const REVOKE_ALL =
  'UPDATE api_keys SET revoked_at = ? WHERE organization_id = ? AND created_by = ? AND revoked_at IS NULL RETURNING id';
const USED = `UPDATE api_keys SET last_used_at = ?::timestamptz WHERE organization_id = ? AND id = ?
  AND (last_used_at IS NULL OR last_used_at <= ?::timestamptz - interval '1 minute')`;

export const apiKeyStore = (scope: Scope): ApiKeyStore => {
  const { trx, organizationId } = scope;
  const ours = () => trx('api_keys').where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours()
        .where({ id })
        .first<KeyRow | undefined>(...shown);
      return row && toKey(row);
    },
    add: async ({ id, name, prefix, scopes, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt }, secretHash) => {
      await trx('api_keys').insert({
        organization_id: organizationId,
        id,
        name,
        prefix,
        secret_hash: secretHash,
        scopes: JSON.stringify(scopes),
        created_by: createdBy,
        created_at: createdAt,
        expires_at: expiresAt,
        last_used_at: lastUsedAt,
        revoked_at: revokedAt,
      });
    },
    list: async ({ limit, cursor }) => {
      const query = ours()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<KeyRow[]>(...shown)).map(toKey), limit, ({ id }) => id);
    },
    revoke: async (id, at) => (await rowsOf(scope, REVOKE, [at, organizationId, id])).length > 0,
    revokeAllOf: async (maker, at) =>
      (await rowsOf<{ id: ApiKey['id'] }>(scope, REVOKE_ALL, [at, organizationId, maker])).map(({ id }) => id),
    used: async (id, at) => {
      await rowsOf(scope, USED, [at, organizationId, id, at]);
    },
  };
};
