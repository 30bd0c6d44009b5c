import {
  bug,
  type Delivery,
  type DomainEvent,
  type DueDelivery,
  type InboxEntry,
  type InboxStore,
  type OutboxStore,
} from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { announce } from './event-rows.js';
import { pageOf } from './page.js';

/** In one order, so that nobody who brings some of the same waits in a circle; of equal ones the first stays. */
const RECEIVE_ALL = `
  INSERT INTO inbox (organization_id, id, source_id, topic, delivery_id, body, received_at)
  SELECT ?::uuid, id, source_id, topic, delivery_id, body, received_at
  FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::timestamptz[]) WITH ORDINALITY
    AS r (id, source_id, topic, delivery_id, body, received_at, place)
  ORDER BY source_id, topic, delivery_id, place
  ON CONFLICT (organization_id, source_id, topic, delivery_id) DO NOTHING RETURNING id`;

/**
 * The lease moves the due time on, so that work which nobody finishes comes up again by itself.
 * Chosen once and before anything is changed: a choice that stands in a condition may be made again for each row, past its limit.
 */
const CLAIM_INBOX = `
  WITH chosen AS MATERIALIZED (
    SELECT ctid AS place FROM inbox
    WHERE organization_id = ? AND status = 'due' AND due_at <= now() ORDER BY received_at, id LIMIT ? FOR UPDATE SKIP LOCKED)
  UPDATE inbox SET attempts = attempts + 1, due_at = now() + make_interval(secs => ?)
  FROM chosen WHERE organization_id = ? AND ctid = chosen.place
  RETURNING id, source_id, topic, delivery_id, body, received_at, attempts`;

const DROP_INBOX = `
  WITH over AS MATERIALIZED (
    SELECT ctid AS place FROM inbox WHERE organization_id = ? AND source_id = ? AND received_at < ? AND status = 'done'
    LIMIT ? FOR UPDATE SKIP LOCKED)
  DELETE FROM inbox USING over WHERE organization_id = ? AND ctid = over.place RETURNING 1`;

type InboxRow = {
  id: string;
  source_id: string;
  topic: string;
  delivery_id: string;
  body: Buffer;
  received_at: Date;
  attempts: number;
};

const toDelivery = (row: InboxRow): DueDelivery => ({
  id: row.id,
  sourceId: row.source_id,
  topic: row.topic,
  deliveryId: row.delivery_id,
  body: row.body.toString('utf8'),
  receivedAt: row.received_at,
  attempts: row.attempts,
});

/** All but the body, which the log doesn't show. */
const loggedColumns = [
  'id',
  'source_id',
  'topic',
  'delivery_id',
  'received_at',
  'status',
  'due_at',
  'attempts',
  'outcome',
] as const;
type EntryRow = Omit<InboxRow, 'body'> & { status: InboxEntry['status']; due_at: Date; outcome: string | null };

const toEntry = (row: EntryRow): InboxEntry => ({
  id: row.id,
  sourceId: row.source_id,
  topic: row.topic,
  deliveryId: row.delivery_id,
  receivedAt: row.received_at,
  attempts: row.attempts,
  status: row.status,
  dueAt: row.due_at,
  outcome: row.outcome,
});

export const inboxStore = (scope: Scope): InboxStore => {
  const { trx, organizationId } = scope;
  const one = (id: string) => trx('inbox').where({ organization_id: organizationId, id });
  const anew = { status: 'due', due_at: trx.fn.now(), attempts: 0, outcome: null };
  const receiveAll: InboxStore['receiveAll'] = async (deliveries) => {
    if (deliveries.length === 0) return [];
    const column = <Value>(of: (delivery: Delivery) => Value): Value[] => deliveries.map(of);
    const rows = await rowsOf<{ readonly id: string }>(scope, RECEIVE_ALL, [
      organizationId,
      column(({ id }) => id),
      column(({ sourceId }) => sourceId),
      column(({ topic }) => topic),
      column(({ deliveryId }) => deliveryId),
      column(({ body }) => Buffer.from(body, 'utf8')),
      column(({ receivedAt }) => receivedAt),
    ]);
    return rows.map(({ id }) => id);
  };
  return {
    receive: async (delivery) => (await receiveAll([delivery])).length > 0,
    receiveAll,
    claim: async (limit, leaseSeconds) =>
      (await rowsOf<InboxRow>(scope, CLAIM_INBOX, [organizationId, limit, leaseSeconds, organizationId]))
        .map(toDelivery)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    done: async (id, outcome) => {
      await one(id).update({ status: 'done', outcome });
    },
    failed: async (id, reason, retryAt) => {
      await one(id).update(retryAt ? { due_at: retryAt, outcome: reason } : { status: 'dead', outcome: reason });
    },
    putOff: async (id, reason, until) => {
      await one(id).update({ due_at: until, outcome: reason, attempts: trx.raw('greatest(attempts - 1, 0)') });
    },
    forget: async (id) => {
      await one(id).update({ body: Buffer.alloc(0) });
    },
    list: async (sourceId, { limit, cursor }) => {
      const query = trx('inbox')
        .where({ organization_id: organizationId, source_id: sourceId })
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<EntryRow[]>(loggedColumns)).map(toEntry), limit, (entry) => entry.id);
    },
    find: async (id) => {
      const row = await one(id).first<EntryRow | undefined>(loggedColumns);
      return row && toEntry(row);
    },
    drop: async (sourceId, before, limit) =>
      (await rowsOf(scope, DROP_INBOX, [organizationId, sourceId, before, limit, organizationId])).length,
    revive: async ({ sourceId, topic, deliveryId }) => {
      const same = { organization_id: organizationId, source_id: sourceId, topic, delivery_id: deliveryId };
      return (
        (await trx('inbox')
          .where({ ...same, status: 'dead' })
          .update(anew)) > 0
      );
    },
    replay: async (id) => (await one(id).whereNot({ status: 'due' }).update(anew)) > 0,
  };
};

/**
 * The outbox comes and goes, and the planner takes a full one for as small as it was when it was last looked at: it then reads the whole
 * table for each of its rows. What finds its rows by an index, or by their addresses, which are sure as long as they are locked, doesn't.
 */
const BY_INDEX = 'SET LOCAL enable_seqscan = off';

/** Only the oldest undelivered event of an aggregate is due: the later ones wait for it, dead letters included. */
const CLAIM_OUTBOX = `
  WITH oldest AS MATERIALIZED (
    SELECT o.ctid AS place FROM outbox o
    WHERE o.organization_id = ? AND o.status = 'due' AND o.due_at <= now()
      AND o.aggregate_version = (SELECT min(e.aggregate_version) FROM outbox e WHERE e.organization_id = o.organization_id AND e.aggregate_id = o.aggregate_id)
    ORDER BY o.due_at LIMIT ? FOR UPDATE OF o SKIP LOCKED)
  UPDATE outbox o SET attempts = attempts + 1, due_at = now() + make_interval(secs => ?)
  FROM oldest WHERE o.organization_id = ? AND o.ctid = oldest.place
  RETURNING aggregate_id, aggregate_version, type, at, data, attempts`;

type OutboxRow = {
  aggregate_id: string;
  aggregate_version: number;
  type: string;
  at: Date;
  data: DomainEvent['data'];
  attempts: number;
};

const DELIVERED = `DELETE FROM outbox o USING unnest(?::text[], ?::integer[]) AS d (aggregate_id, aggregate_version)
  WHERE o.organization_id = ? AND o.aggregate_id = d.aggregate_id AND o.aggregate_version = d.aggregate_version`;

/** An entry's id says which event of which aggregate it is. */
const entryId = (aggregateId: string, version: number): string => `${version}:${aggregateId}`;
const ofEntry = (id: string): { readonly aggregateId: string; readonly version: number } => {
  const [, version, aggregateId] = /^(\d+):(.*)$/s.exec(id) ?? [];
  return version && aggregateId !== undefined ? { aggregateId, version: Number(version) } : bug(`${id} is no outbox entry`);
};

const FORGET_UNHEARD = `DELETE FROM outbox WHERE organization_id = ? AND ctid = ANY(ARRAY(
    SELECT ctid FROM outbox WHERE organization_id = ? AND status = 'due' AND due_at <= now() AND type <> ALL(?::text[])
    ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)) RETURNING 1`;

export const outboxStore = (scope: Scope): OutboxStore => {
  const { trx, organizationId } = scope;
  return {
    announce: (events) => announce(scope, events),
    forgetUnheard: async (heardTypes, limit) =>
      (await rowsOf(scope, FORGET_UNHEARD, [organizationId, organizationId, [...heardTypes], limit])).length,
    claim: async (limit, leaseSeconds) => {
      await trx.raw(BY_INDEX);
      const rows = await rowsOf<OutboxRow>(scope, CLAIM_OUTBOX, [organizationId, limit, leaseSeconds, organizationId]);
      return rows.map(({ aggregate_id, aggregate_version, type, at, data, attempts }) => ({
        id: entryId(aggregate_id, aggregate_version),
        event: { type, aggregateId: aggregate_id, aggregateVersion: aggregate_version, at, data },
        attempts,
      }));
    },
    delivered: async (ids) => {
      const entries = ids.map(ofEntry);
      await rowsOf(scope, DELIVERED, [entries.map((one) => one.aggregateId), entries.map((one) => one.version), organizationId]);
    },
    failed: async (id, reason, retryAt) => {
      const { aggregateId, version } = ofEntry(id);
      await trx('outbox')
        .where({ organization_id: organizationId, aggregate_id: aggregateId, aggregate_version: version })
        .update(retryAt ? { due_at: retryAt, reason } : { status: 'dead', reason });
    },
  };
};
