import type { DisabledReason, WebhookEndpoint, WebhookEndpointStore } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type EndpointRow = {
  id: WebhookEndpoint['id'];
  url: string;
  types: WebhookEndpoint['types'];
  description: string | null;
  created_at: Date;
  disabled_at: Date | null;
  disabled_why: DisabledReason | null;
  failing_since: Date | null;
  version: number;
};

const toEndpoint = (row: EndpointRow): WebhookEndpoint => ({
  id: row.id,
  url: row.url,
  types: row.types,
  description: row.description,
  createdAt: row.created_at,
  disabled: row.disabled_at && row.disabled_why ? { at: row.disabled_at, why: row.disabled_why } : null,
  failingSince: row.failing_since,
  version: row.version,
});

const changeable = ({ url, types, description, disabled, failingSince, version }: WebhookEndpoint) => ({
  url,
  types: JSON.stringify(types),
  description,
  disabled_at: disabled?.at ?? null,
  disabled_why: disabled?.why ?? null,
  failing_since: failingSince,
  version,
});

/** `SHARE` keeps an endpoint from being changed, and lets others read it the same way. */
const ENABLED = 'SELECT * FROM webhook_endpoints WHERE organization_id = ? AND disabled_at IS NULL ORDER BY id FOR SHARE';
const LOCK = 'SELECT * FROM webhook_endpoints WHERE organization_id = ? AND id = ? FOR NO KEY UPDATE';
const SECRETS = `SELECT sealed FROM webhook_secrets WHERE organization_id = ? AND endpoint_id = ? AND (expires_at IS NULL OR expires_at > now())
  ORDER BY position DESC`;
const EXPIRE = `UPDATE webhook_secrets SET expires_at = least(expires_at, ?::timestamptz) WHERE organization_id = ? AND endpoint_id = ?`;
const NEXT_SECRET = `INSERT INTO webhook_secrets (organization_id, endpoint_id, position, sealed)
  SELECT ?::uuid, ?::uuid, coalesce(max(position), -1) + 1, ? FROM webhook_secrets WHERE organization_id = ? AND endpoint_id = ?`;
const FORGET = `DELETE FROM webhook_secrets WHERE organization_id = ? AND endpoint_id = ? AND (expires_at <= now() OR position NOT IN (
    SELECT position FROM webhook_secrets WHERE organization_id = ? AND endpoint_id = ? ORDER BY position DESC LIMIT ?))`;

export const webhookEndpointStore = (scope: Scope): WebhookEndpointStore => {
  const { trx, organizationId } = scope;
  const ours = () => trx('webhook_endpoints').where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours().where({ id }).first<EndpointRow | undefined>();
      return row && toEndpoint(row);
    },
    list: async ({ limit, cursor }) => {
      const query = ours()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<EndpointRow[]>('*')).map(toEndpoint), limit, ({ id }) => id);
    },
    count: async () => (await ours().select('id')).length,
    lock: async (id) => {
      const [row] = await rowsOf<EndpointRow>(scope, LOCK, [organizationId, id]);
      return row && toEndpoint(row);
    },
    add: async (endpoint, sealed) => {
      const { id, createdAt } = endpoint;
      await trx('webhook_endpoints').insert({
        organization_id: organizationId,
        id,
        created_at: createdAt,
        ...changeable(endpoint),
      });
      await trx('webhook_secrets').insert({ organization_id: organizationId, endpoint_id: id, position: 0, sealed });
    },
    save: async (endpoint) => {
      await ours().where({ id: endpoint.id }).update(changeable(endpoint));
    },
    remove: async (id) => (await ours().where({ id }).delete()) > 0,
    enabled: async () => (await rowsOf<EndpointRow>(scope, ENABLED, [organizationId])).map(toEndpoint),
    secretsOf: async (id) => (await rowsOf<{ sealed: string }>(scope, SECRETS, [organizationId, id])).map(({ sealed }) => sealed),
    rotateSecret: async (id, { sealed, oldUntil, keep }) => {
      const mine = [organizationId, id];
      await rowsOf(scope, EXPIRE, [oldUntil, ...mine]);
      await rowsOf(scope, NEXT_SECRET, [...mine, sealed, ...mine]);
      await rowsOf(scope, FORGET, [...mine, ...mine, keep]);
    },
  };
};
