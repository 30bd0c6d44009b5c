import type { ChannelFulfilmentStore, Fulfilment, ParcelContent } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

/** Shipments that left with a label of ours. */
const LEFT = `s.return_id IS NULL AND s.tracking_number IS NOT NULL AND s.status NOT IN ('draft', 'purchasing', 'unknown', 'cancelled')`;
const NOTE = `
  INSERT INTO channel_fulfilments (organization_id, shipment_id, channel_id, status, attempts, due_at)
  SELECT s.organization_id, s.id, o.channel_id, 'due', 0, now()
  FROM shipments s JOIN orders o ON o.organization_id = s.organization_id AND o.id = s.order_id
  WHERE s.organization_id = ? AND s.order_id = ? AND o.channel_id = ? AND ${LEFT}
  ORDER BY s.id ON CONFLICT (organization_id, shipment_id) DO NOTHING RETURNING shipment_id`;
const COLUMNS = `
  f.shipment_id AS "shipmentId", f.channel_id AS "channelId", s.order_id AS "orderId", s.carrier, s.tracking_number AS "trackingNumber",
  f.status, f.attempts, f.due_at AS "dueAt", f.told_at AS "toldAt", f.problem`;
const FROM = `channel_fulfilments f JOIN shipments s ON s.organization_id = f.organization_id AND s.id = f.shipment_id`;
/** Chosen once and before anything is changed: a choice that stands in a condition may be made again for each row, past its limit. */
const CLAIM = `
  WITH chosen AS MATERIALIZED (
    SELECT shipment_id FROM channel_fulfilments
    WHERE organization_id = ? AND channel_id = ? AND status = 'due' AND due_at <= now()
    ORDER BY due_at, shipment_id LIMIT 1 FOR UPDATE SKIP LOCKED)
  UPDATE channel_fulfilments f SET due_at = now() + make_interval(secs => ?) FROM chosen, shipments s
  WHERE f.organization_id = ? AND f.shipment_id = chosen.shipment_id AND s.organization_id = f.organization_id AND s.id = f.shipment_id
  RETURNING ${COLUMNS}`;
const CONTENT = `SELECT s.lines FROM shipments s WHERE s.organization_id = ? AND s.id = ? AND ${LEFT}`;
const LOCK = `SELECT ${COLUMNS} FROM ${FROM} WHERE f.organization_id = ? AND f.shipment_id = ? FOR UPDATE OF f`;
const SAVE = `
  UPDATE channel_fulfilments SET status = ?, attempts = ?, due_at = ?, told_at = ?, problem = ?
  WHERE organization_id = ? AND shipment_id = ?`;
const PAGE = `
  SELECT ${COLUMNS} FROM ${FROM} WHERE f.organization_id = ? AND f.channel_id = ? AND f.shipment_id < ?::uuid
  ORDER BY f.shipment_id DESC LIMIT ?`;
const BEHIND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const channelFulfilmentStore = (scope: Scope): ChannelFulfilmentStore => {
  const { organizationId } = scope;
  const one = async (sql: string, values: readonly unknown[]) => (await rowsOf<Fulfilment>(scope, sql, values))[0];
  return {
    note: async (channelId, orderId) => (await rowsOf(scope, NOTE, [organizationId, orderId, channelId])).length,
    claim: (channelId, leaseSeconds) => one(CLAIM, [organizationId, channelId, leaseSeconds, organizationId]),
    content: async (shipmentId) => {
      const [found] = await rowsOf<{ readonly lines: readonly ParcelContent[] }>(scope, CONTENT, [organizationId, shipmentId]);
      return found?.lines.map(({ orderLineId, quantity }) => ({ orderLineId, quantity }));
    },
    lock: (shipmentId) => one(LOCK, [organizationId, shipmentId]),
    save: async ({ shipmentId, status, attempts, dueAt, toldAt, problem }) => {
      await rowsOf(scope, SAVE, [status, attempts, dueAt, toldAt, problem, organizationId, shipmentId]);
    },
    list: async (channelId, { limit, cursor }) =>
      pageOf(
        await rowsOf<Fulfilment>(scope, PAGE, [organizationId, channelId, cursor ?? BEHIND_ALL, limit + 1]),
        limit,
        ({ shipmentId }) => shipmentId,
      ),
  };
};
