import type {
  AllocationExplanation,
  Order,
  OrderChange,
  OrderCounts,
  OrderId,
  OrderStatus,
  OrderStore,
  Sku,
} from '@rappit/domain';
import { insertRows, recordset } from '../rows.js';
import { rowsOf, type Scope, touching } from '../scope.js';
import { announce } from './event-rows.js';
import { keepKitWaits, servableKits } from './kit-waits.js';
import { orderBooks } from './order-books.js';
import { changedLineColumns, fromLines, type LineRow, lineColumns, toLine } from './order-line-rows.js';
import { counting, listing } from './order-lists.js';
import {
  allocationColumns,
  type EntryRow,
  fromEntry,
  fromExplanation,
  fromOrder,
  type OrderRow,
  orderColumns,
  timelineColumns,
  toEntry,
  toOrder,
  toSummary,
} from './order-rows.js';
import { keepTags } from './order-tags.js';
import { pageOf } from './page.js';

const INSERT_ORDER = insertRows('orders', orderColumns);
const INSERT_LINES = insertRows('order_lines', lineColumns);
const INSERT_ENTRIES = insertRows('order_timeline', timelineColumns);
const INSERT_EXPLANATIONS = insertRows('order_allocations', allocationColumns);

/** What may change of an order: all but its id, its number and where it came from. */
const changeable = Object.keys(orderColumns).filter(
  (name) => !['id', 'number', 'channel_id', 'external_id', 'placed_at'].includes(name),
);
const UPDATE_ORDER = `UPDATE orders o SET ${changeable.map((name) => `${name} = r.${name}`).join(', ')}
  FROM ${recordset('?', 'r', orderColumns)} WHERE o.organization_id = ? AND o.id = r.id AND o.version = r.version - 1`;
/** What may change of a line: all but which it is, and what its source called it. */
const lineChangeable = Object.keys(changedLineColumns).filter(
  (name) => !['order_id', 'id', 'position', 'external'].includes(name),
);
const UPDATE_LINES = `UPDATE order_lines l SET ${lineChangeable.map((name) => `${name} = r.${name}`).join(', ')}
  FROM ${recordset('?', 'r', changedLineColumns)} WHERE l.organization_id = ? AND l.order_id = r.order_id AND l.id = r.id`;

const save = async (scope: Scope, changes: readonly OrderChange[]): Promise<void> => {
  const { organizationId } = scope;
  const insert = async (sql: string, rows: readonly object[]): Promise<void> => {
    if (rows.length > 0) await touching(scope, rows.length, sql, [organizationId, JSON.stringify(rows)]);
  };
  const update = async (sql: string, rows: readonly object[]): Promise<void> => {
    if (rows.length > 0) await touching(scope, rows.length, sql, [JSON.stringify(rows), organizationId]);
  };
  const fresh = changes.filter(({ isNew }) => isNew).map(({ order }) => order);
  const changed = changes.filter(({ isNew }) => !isNew);
  const known = changed.map(({ order }) => order);
  await insert(INSERT_ORDER, fresh.map(fromOrder));
  await insert(
    INSERT_LINES,
    changes.flatMap(({ order, addedLines }) => fromLines(order).slice(order.lines.length - addedLines)),
  );
  await update(UPDATE_ORDER, known.map(fromOrder));
  await update(
    UPDATE_LINES,
    changed.flatMap(({ order, addedLines }) => fromLines(order).slice(0, order.lines.length - addedLines)),
  );
  await keepKitWaits(
    scope,
    changes.map(({ order }) => order),
  );
  await keepTags(
    scope,
    changes.filter(({ isNew, entries }) => isNew || entries.some(({ what }) => what === 'tagged')).map(({ order }) => order),
  );
  await insert(
    INSERT_ENTRIES,
    changes.flatMap(({ entries }) => entries.map(fromEntry)),
  );
  await insert(INSERT_EXPLANATIONS, changes.flatMap(fromExplanation));
  await announce(
    scope,
    changes.flatMap(({ events }) => events),
  );
};

const LINES = 'SELECT * FROM order_lines WHERE organization_id = ? AND order_id = ANY(?) ORDER BY order_id, position';
const FIND = 'SELECT * FROM orders WHERE organization_id = ? AND id = ANY(?) ORDER BY id';
const LOCK = 'SELECT * FROM orders WHERE organization_id = ? AND id = ANY(?) ORDER BY id FOR NO KEY UPDATE';
/** UUIDv7 ids rise with time, so the order of ids is the order of arrival. */
const waiting = (columns: string): string => `
  SELECT ${columns} FROM orders o
  WHERE organization_id = ? AND (hold IS NULL OR hold = 'unmappedSku') AND NOT payment_expired
    AND id IN (
      SELECT order_id FROM order_lines WHERE organization_id = ? AND sku = ANY(?) AND backordered > 0 AND components IS NULL
      UNION SELECT order_id FROM (${servableKits('AND w.sku = ANY(?)')}) k)
  ORDER BY id LIMIT ?`;
const WAITING = `${waiting('*')} FOR NO KEY UPDATE`;
const WAITING_IDS = waiting('id');

const MAY_BE_SERVED = `(o.hold IS NULL OR o.hold = 'unmappedSku') AND NOT o.payment_expired`;
const SERVABLE = `
  SELECT l.sku FROM order_lines l
  JOIN orders o ON o.organization_id = l.organization_id AND o.id = l.order_id AND ${MAY_BE_SERVED}
  JOIN stock_levels s ON s.organization_id = l.organization_id AND s.sku = l.sku AND s.on_hand - s.reserved - s.safety_stock > 0
  JOIN locations p ON p.organization_id = s.organization_id AND p.id = s.location_id AND p.active
  WHERE l.organization_id = ? AND l.backordered > 0 AND l.components IS NULL AND l.sku > ?
  UNION
  SELECT w.sku FROM kit_waits w
  JOIN orders o ON o.organization_id = w.organization_id AND o.id = w.order_id AND ${MAY_BE_SERVED}
  WHERE w.organization_id = ? AND w.sku > ? AND (w.order_id, w.order_line_id) IN (${servableKits('')})
  ORDER BY 1 LIMIT ?`;
const UNTRIED = `
  SELECT DISTINCT l.order_id AS id FROM order_lines l
  JOIN orders o ON o.organization_id = l.organization_id AND o.id = l.order_id AND ${MAY_BE_SERVED}
  WHERE l.organization_id = ? AND l.pending > 0 AND l.sku IS NOT NULL ORDER BY 1 LIMIT ?`;
const LAPSED = `
  SELECT DISTINCT order_id AS id FROM reservations
  WHERE organization_id = ? AND status = 'open' AND shipment_id IS NULL AND expires_at <= now() AND (?::text[] IS NULL OR sku = ANY(?))
  ORDER BY 1 LIMIT ?`;

const withLines = async (scope: Scope, rows: readonly OrderRow[]): Promise<readonly Order[]> => {
  const lines = new Map<string, LineRow[]>();
  for (const line of await rowsOf<LineRow>(scope, LINES, [scope.organizationId, rows.map(({ id }) => id)]))
    lines.set(line.order_id, [...(lines.get(line.order_id) ?? []), line]);
  return rows.map((row) => toOrder(row, (lines.get(row.id) ?? []).map(toLine)));
};

export const orderStore = (scope: Scope): OrderStore => {
  const { trx, organizationId } = scope;
  const fetch = async (sql: string, ids: readonly OrderId[]): Promise<readonly Order[]> =>
    withLines(scope, await rowsOf<OrderRow>(scope, sql, [organizationId, [...ids]]));
  const whoWaits = (skus: readonly Sku[], limit: number) => [
    ...[organizationId, organizationId, [...skus]],
    ...[organizationId, [...skus], organizationId, limit],
  ];
  return {
    find: async (id) => (await fetch(FIND, [id]))[0],
    findMany: (ids) => fetch(FIND, ids),
    ofSource: async ({ channelId, externalId }) =>
      (
        await trx('orders')
          .where({ organization_id: organizationId, channel_id: channelId, external_id: externalId })
          .first<{ id: OrderId } | undefined>('id')
      )?.id,
    lock: (ids) => fetch(LOCK, ids),
    waitingFor: async (skus, limit) => withLines(scope, await rowsOf<OrderRow>(scope, WAITING, whoWaits(skus, limit))),
    waitingIds: async (skus, limit) =>
      (await rowsOf<Pick<OrderRow, 'id'>>(scope, WAITING_IDS, whoWaits(skus, limit))).map(({ id }) => id),
    servable: async (limit, after) =>
      (
        await rowsOf<{ sku: Sku }>(scope, SERVABLE, [
          organizationId,
          after,
          organizationId,
          after,
          organizationId,
          organizationId,
          limit,
        ])
      ).map(({ sku }) => sku),
    untried: async (limit) => (await rowsOf<{ id: OrderId }>(scope, UNTRIED, [organizationId, limit])).map(({ id }) => id),
    lapsed: async (limit, skus) => {
      const among = skus ? [...skus] : null;
      return (await rowsOf<{ id: OrderId }>(scope, LAPSED, [organizationId, among, among, limit])).map(({ id }) => id);
    },
    save: (...changes) => save(scope, changes),
    list: async (page, filter) => {
      const { sql, bindings } = listing(organizationId, page, filter);
      return pageOf((await rowsOf<OrderRow>(scope, sql, bindings)).map(toSummary), page.limit, ({ id }) => id);
    },
    counts: async () => {
      const { sql, bindings } = counting(organizationId);
      const rows = await rowsOf<{ status: OrderStatus; count: number }>(scope, sql, bindings);
      return Object.fromEntries(rows.map(({ status, count }) => [status, count])) as OrderCounts;
    },
    timeline: async (id, { limit, cursor }) => {
      const query = trx('order_timeline')
        .where({ organization_id: organizationId, order_id: id })
        .orderBy('id')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '>', cursor);
      return pageOf((await query.select<EntryRow[]>('*')).map(toEntry), limit, (entry) => entry.id);
    },
    allocations: async (id) => {
      const rows = await trx('order_allocations')
        .where({ organization_id: organizationId, order_id: id })
        .orderBy('version')
        .select<{ at: Date; explanation: AllocationExplanation }[]>('*');
      return rows.map(({ at, explanation }) => ({ ...explanation, at }));
    },
    keepSummary: async ({ at, oversoldUnits, ledgerDriftUnits, orphanedReservations }) => {
      const row = {
        at,
        oversold_units: oversoldUnits,
        ledger_drift_units: ledgerDriftUnits,
        orphaned_reservations: orphanedReservations,
      };
      await trx('reconciliations')
        .insert({ organization_id: organizationId, ...row })
        .onConflict('organization_id')
        .merge();
    },
    ...orderBooks(scope),
  };
};
