import type { ChannelAccessStore, ChannelId, ConnectionBegun, SealedCredentials } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';

const CREDENTIALS = `
  SELECT sealed, version, expires_at AS "expiresAt", renewable_until AS "renewableUntil" FROM channel_credentials
  WHERE organization_id = ? AND channel_id = ?`;
const ADD = `
  INSERT INTO channel_credentials (organization_id, channel_id, sealed, version, expires_at, renewable_until) VALUES (?, ?, ?, 1, ?, ?)
  ON CONFLICT (organization_id, channel_id) DO NOTHING RETURNING 1`;
const REPLACE = `
  UPDATE channel_credentials SET sealed = ?, version = version + 1, expires_at = ?, renewable_until = ?, renewing_until = NULL
  WHERE organization_id = ? AND channel_id = ? AND version = ? RETURNING 1`;
const CLAIM = `
  UPDATE channel_credentials SET renewing_until = now() + make_interval(secs => ?)
  WHERE organization_id = ? AND channel_id = ? AND version = ? AND (renewing_until IS NULL OR renewing_until <= now()) RETURNING 1`;
const END = 'UPDATE channel_credentials SET renewing_until = NULL WHERE organization_id = ? AND channel_id = ? AND version = ?';
const ENDING = `
  SELECT k.channel_id AS id FROM channel_credentials k
  JOIN channels c ON c.organization_id = k.organization_id AND c.id = k.channel_id AND c.status = 'connected'
  WHERE k.organization_id = ? AND k.expires_at < ? ORDER BY k.expires_at, k.channel_id LIMIT ?`;
const TAKE = `
  DELETE FROM channel_connections WHERE organization_id = ? AND token_hash = ?
  RETURNING token_hash AS "tokenHash", browser_hash AS "browserHash", kind, shop_domain AS "shopDomain", name, user_id AS "userId", expires_at AS "expiresAt"`;
const DROP = `
  WITH over AS MATERIALIZED (
    SELECT ctid AS place FROM channel_connections WHERE organization_id = ? AND expires_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)
  DELETE FROM channel_connections USING over WHERE organization_id = ? AND ctid = over.place RETURNING 1`;

export const channelAccessStore = (scope: Scope): ChannelAccessStore => {
  const { trx, organizationId } = scope;
  return {
    credentialsOf: async (id) => (await rowsOf<SealedCredentials>(scope, CREDENTIALS, [organizationId, id]))[0],
    saveCredentials: async (id, { sealed, expiresAt, renewableUntil }, after) =>
      (after === 0
        ? await rowsOf(scope, ADD, [organizationId, id, sealed, expiresAt, renewableUntil])
        : await rowsOf(scope, REPLACE, [sealed, expiresAt, renewableUntil, organizationId, id, after])
      ).length > 0,
    dropCredentials: async (id) => {
      await trx('channel_credentials').where({ organization_id: organizationId, channel_id: id }).delete();
    },
    claimRenewal: async (id, version, leaseSeconds) =>
      (await rowsOf(scope, CLAIM, [leaseSeconds, organizationId, id, version])).length > 0,
    endRenewal: async (id, version) => {
      await rowsOf(scope, END, [organizationId, id, version]);
    },
    ending: async (before, limit) =>
      (await rowsOf<{ readonly id: ChannelId }>(scope, ENDING, [organizationId, before, limit])).map(({ id }) => id),
    addBegun: async ({ tokenHash, browserHash, kind, shopDomain, name, userId, expiresAt }) => {
      await trx('channel_connections').insert({
        organization_id: organizationId,
        token_hash: tokenHash,
        browser_hash: browserHash,
        kind,
        shop_domain: shopDomain,
        name,
        user_id: userId,
        expires_at: expiresAt,
      });
    },
    takeBegun: async (tokenHash) => (await rowsOf<ConnectionBegun>(scope, TAKE, [organizationId, tokenHash]))[0],
    dropBegun: async (before, limit) => (await rowsOf(scope, DROP, [organizationId, before, limit, organizationId])).length,
  };
};
