import type {
  ClaimedDelivery,
  LoggedDelivery,
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryStore,
  WebhookEndpointId,
} from '@rappit/domain';
import { asColumns } from '../rows.js';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type DeliveryRow = {
  id: WebhookDelivery['id'];
  endpoint_id: WebhookEndpointId;
  type: string;
  aggregate_id: string;
  aggregate_version: number;
  body: string;
  status: WebhookDelivery['status'];
  created_at: Date;
  due_at: Date;
  attempts: number;
  first_tried_at: Date | null;
  ended_at: Date | null;
};
type AttemptRow = {
  delivery_id: string;
  number: number;
  at: Date;
  duration_ms: number;
  outcome: WebhookAttempt['outcome'];
  response_status: number | null;
  answer: string | null;
};

const toDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  endpointId: row.endpoint_id,
  type: row.type,
  aggregateId: row.aggregate_id,
  aggregateVersion: row.aggregate_version,
  body: row.body,
  status: row.status,
  createdAt: row.created_at,
  dueAt: row.due_at,
  attempts: row.attempts,
  firstTriedAt: row.first_tried_at,
  endedAt: row.ended_at,
});

const toAttempt = (row: AttemptRow): WebhookAttempt => ({
  number: row.number,
  at: row.at,
  durationMs: row.duration_ms,
  outcome: row.outcome,
  responseStatus: row.response_status,
  answer: row.answer,
});

const added = { id: 'uuid', endpoint_id: 'uuid', type: 'text', aggregate_id: 'text', aggregate_version: 'integer', body: 'text' };
const names = Object.keys(added).join(', ');
const ADD = `INSERT INTO webhook_deliveries (organization_id, ${names}) SELECT ?::uuid, ${names}
  FROM json_to_recordset(?::json) AS r(${asColumns(added)})
  ON CONFLICT ON CONSTRAINT webhook_deliveries_event DO NOTHING`;

/** Only the oldest undelivered event of an aggregate may go to an endpoint: the later ones wait for it. A dead letter holds nothing up. */
const IS_NEXT = `d.status = 'due' AND NOT EXISTS (SELECT FROM webhook_deliveries p
    WHERE p.organization_id = d.organization_id AND p.endpoint_id = d.endpoint_id AND p.aggregate_id = d.aggregate_id
      AND p.aggregate_version < d.aggregate_version AND p.status = 'due')`;
const GOES_OUT = `EXISTS (SELECT FROM webhook_endpoints e
    WHERE e.organization_id = d.organization_id AND e.id = d.endpoint_id AND e.disabled_at IS NULL)`;
const CLAIM = `UPDATE webhook_deliveries SET attempts = attempts + 1, due_at = now() + make_interval(secs => ?),
    first_tried_at = coalesce(first_tried_at, now())
  WHERE organization_id = ? AND id IN (
    SELECT id FROM webhook_deliveries d
    WHERE d.organization_id = ? AND d.endpoint_id = ? AND d.due_at <= now() AND ${IS_NEXT} AND ${GOES_OUT}
    ORDER BY d.due_at, d.id LIMIT ? FOR UPDATE SKIP LOCKED)
  RETURNING id, type, body, attempts, first_tried_at AS "firstTriedAt"`;
const CLAIMABLE = `SELECT e.id AS "endpointId", e.failing_since IS NOT NULL AS failing FROM webhook_endpoints e
  WHERE e.organization_id = ? AND e.disabled_at IS NULL AND EXISTS (SELECT FROM webhook_deliveries d
    WHERE d.organization_id = e.organization_id AND d.endpoint_id = e.id AND d.due_at <= now() AND ${IS_NEXT})
  ORDER BY e.id`;
const NEXT_DUE = `SELECT d.due_at AS at FROM webhook_deliveries d WHERE d.organization_id = ? AND ${IS_NEXT} AND ${GOES_OUT}
  ORDER BY d.due_at LIMIT 1`;
const SETTLE = `UPDATE webhook_deliveries d SET status = ?, due_at = coalesce(?::timestamptz, due_at), ended_at = ?
  WHERE organization_id = ? AND id = ? AND attempts = ? AND status = ANY(?) AND NOT EXISTS (
    SELECT FROM webhook_attempts a WHERE a.organization_id = d.organization_id AND a.delivery_id = d.id AND a.number = d.attempts)
  RETURNING 1`;
const POSTPONE = `UPDATE webhook_deliveries SET due_at = greatest(due_at, ?::timestamptz)
  WHERE organization_id = ? AND endpoint_id = ? AND status = 'due'`;
const GIVE_UP = `UPDATE webhook_deliveries SET status = 'dead', ended_at = now()
  WHERE organization_id = ? AND endpoint_id = ? AND status = 'due'`;
const SEND_AGAIN = `UPDATE webhook_deliveries SET status = 'due', due_at = now(), first_tried_at = NULL, ended_at = NULL
  WHERE organization_id = ? AND id = ? AND status <> 'due' RETURNING 1`;
const DROP = `DELETE FROM webhook_deliveries WHERE organization_id = ? AND id IN (
    SELECT id FROM webhook_deliveries WHERE organization_id = ? AND status <> 'due' AND ended_at < ? ORDER BY ended_at LIMIT ?)
  RETURNING 1`;

const SHOWN_ATTEMPTS = 10;
const LOG = `SELECT a.* FROM unnest(?::uuid[]) AS d (id) CROSS JOIN LATERAL (SELECT * FROM webhook_attempts
    WHERE organization_id = ? AND delivery_id = d.id ORDER BY number DESC LIMIT ${SHOWN_ATTEMPTS}) a ORDER BY a.delivery_id, a.number DESC`;

export const webhookDeliveryStore = (scope: Scope): WebhookDeliveryStore => {
  const { trx, organizationId, now } = scope;
  const ours = () => trx('webhook_deliveries').where({ organization_id: organizationId });
  const logOf = async (deliveries: readonly WebhookDelivery[]): Promise<readonly LoggedDelivery[]> => {
    const rows = await rowsOf<AttemptRow>(scope, LOG, [deliveries.map(({ id }) => id), organizationId]);
    return deliveries.map((delivery) => ({
      ...delivery,
      log: rows.filter((row) => row.delivery_id === delivery.id).map(toAttempt),
    }));
  };
  return {
    add: async (deliveries) => {
      const rows = deliveries.map(({ endpointId, aggregateId, aggregateVersion, ...rest }) => ({
        ...rest,
        endpoint_id: endpointId,
        aggregate_id: aggregateId,
        aggregate_version: aggregateVersion,
      }));
      await rowsOf(scope, ADD, [organizationId, JSON.stringify(rows)]);
    },
    find: async (id) => {
      const row = await ours().where({ id }).first<DeliveryRow | undefined>();
      return row && toDelivery(row);
    },
    list: async (endpointId, { limit, cursor }) => {
      const query = ours()
        .where({ endpoint_id: endpointId })
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      const page = pageOf((await query.select<DeliveryRow[]>('*')).map(toDelivery), limit, ({ id }) => id);
      return { ...page, data: await logOf(page.data) };
    },
    claimable: () => rowsOf(scope, CLAIMABLE, [organizationId]),
    nextDue: async () => (await rowsOf<{ at: Date }>(scope, NEXT_DUE, [organizationId]))[0]?.at ?? null,
    claim: async (endpointId, limit, leaseSeconds) => {
      const bindings = [leaseSeconds, organizationId, organizationId, endpointId, limit];
      return (await rowsOf<ClaimedDelivery>(scope, CLAIM, bindings)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
    settle: async (id, { number, at, durationMs, outcome, responseStatus, answer }, becomes) => {
      const dueAt = becomes.status === 'due' ? becomes.dueAt : null;
      const from = becomes.status === 'delivered' ? ['due', 'dead'] : ['due'];
      const ended = becomes.status === 'due' ? null : now;
      const settled = await rowsOf(scope, SETTLE, [becomes.status, dueAt, ended, organizationId, id, number, from]);
      if (settled.length === 0) return false;
      await trx('webhook_attempts').insert({
        organization_id: organizationId,
        delivery_id: id,
        number,
        at,
        duration_ms: durationMs,
        outcome,
        response_status: responseStatus,
        answer,
      });
      return true;
    },
    postpone: async (endpointId, until) => {
      await rowsOf(scope, POSTPONE, [until, organizationId, endpointId]);
    },
    giveUp: async (endpointId) => {
      await rowsOf(scope, GIVE_UP, [organizationId, endpointId]);
    },
    sendAgain: async (id) => (await rowsOf(scope, SEND_AGAIN, [organizationId, id])).length > 0,
    dropEnded: async (before, limit) => (await rowsOf(scope, DROP, [organizationId, organizationId, before, limit])).length,
  };
};
