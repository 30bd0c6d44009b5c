import type { KeptScan, Shipment, ShipmentStore } from '@rappit/domain';
import { type Columns, insertRows, recordset } from '../rows.js';
import { rowsOf, type Scope, touching } from '../scope.js';
import { type ShipmentRow, toShipment } from './shipment-rows.js';

/** What following parcels needs of the store of shipments. */
type TrackingStore = Pick<
  ShipmentStore,
  | 'lockAll'
  | 'ofOrders'
  | 'byNumbers'
  | 'claimToTrack'
  | 'putOffTracking'
  | 'putOffAccount'
  | 'saveTracked'
  | 'keepScans'
  | 'scansOf'
>;

const LOCK_ALL = 'SELECT * FROM shipments WHERE organization_id = ? AND id = ANY(?::uuid[]) ORDER BY id FOR NO KEY UPDATE';
const OF_ORDERS = 'SELECT * FROM shipments WHERE organization_id = ? AND order_id = ANY(?::uuid[]) ORDER BY id';
const BY_NUMBERS = `SELECT * FROM shipments WHERE organization_id = ? AND carrier = ? AND carrier_account_id IS NOT DISTINCT FROM ?::uuid
  AND (tracking_number = ANY(?::text[]) OR parcel_numbers \\?| ?::text[]) ORDER BY id`;

/** What is followed, by the index of what is due. */
const IS_FOLLOWED = `tracking_number IS NOT NULL AND status IN ('labelled', 'pickedUp', 'inTransit', 'outForDelivery', 'exception')`;

/** Those that an older version sold have no time: they are due. */
const CLAIM = `
  UPDATE shipments s SET track_at = ? FROM (
    SELECT id, track_at FROM shipments
    WHERE organization_id = ? AND ${IS_FOLLOWED} AND (track_at IS NULL OR track_at <= now())
    ORDER BY track_at NULLS FIRST, id LIMIT ? FOR NO KEY UPDATE SKIP LOCKED) due
  WHERE s.organization_id = ? AND s.id = due.id RETURNING s.*, due.track_at AS due_at`;

const PUT_OFF = `UPDATE shipments s SET track_at = r.track_at, track_failures = coalesce(r.track_failures, s.track_failures)
  FROM ${recordset('?', 'r', { id: 'uuid', track_at: 'timestamptz', track_failures: 'integer' })}
  WHERE s.organization_id = ? AND s.id = r.id`;

/** Whoever locks many does so in the order of ids; nobody waits here for anybody. */
const PUT_OFF_ACCOUNT = `
  UPDATE shipments s SET track_at = ?, track_failures = greatest(s.track_failures, 1) FROM (
    SELECT id FROM shipments
    WHERE organization_id = ? AND ${IS_FOLLOWED} AND (track_at IS NULL OR track_at < ?)
      AND carrier = ? AND carrier_account_id IS NOT DISTINCT FROM ?::uuid
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) due
  WHERE s.organization_id = ? AND s.id = due.id`;

const trackedColumns: Columns = {
  id: 'uuid',
  status: 'text',
  parcel_standings: 'json',
  tracked_at: 'timestamptz',
  track_at: 'timestamptz',
  track_failures: 'integer',
  version: 'integer',
};
const SAVE_TRACKED = `UPDATE shipments s SET status = r.status, parcel_standings = r.parcel_standings, tracked_at = r.tracked_at,
    track_at = r.track_at, track_failures = r.track_failures, version = r.version
  FROM ${recordset('?', 'r', trackedColumns)} WHERE s.organization_id = ? AND s.id = r.id AND s.version = r.version - 1`;

const fromTracked = ({ id, status, parcelStandings, trackedAt, trackAt, trackFailures, version }: Shipment) => ({
  id,
  status,
  parcel_standings: parcelStandings,
  tracked_at: trackedAt,
  track_at: trackAt,
  track_failures: trackFailures,
  version,
});

const scanColumns: Columns = {
  shipment_id: 'uuid',
  number: 'text',
  local_time: 'text',
  code: 'text',
  place: 'text',
  utc_offset_minutes: 'integer',
  status: 'text',
  description: 'text',
};
const KEEP_SCANS = `${insertRows('tracking_events', scanColumns)}
  ON CONFLICT (organization_id, shipment_id, number, local_time, code, place)
  DO UPDATE SET utc_offset_minutes = excluded.utc_offset_minutes, status = excluded.status, description = excluded.description`;
const SCANS_OF = 'SELECT * FROM tracking_events WHERE organization_id = ? AND shipment_id = ANY(?::uuid[])';

type ScanRow = {
  shipment_id: KeptScan['shipmentId'];
  number: string;
  local_time: string;
  code: string;
  /** Empty where it isn't known: a key has no gaps. */
  place: string;
  utc_offset_minutes: number | null;
  status: KeptScan['status'];
  description: string;
};

const toScan = (row: ScanRow): KeptScan => ({
  shipmentId: row.shipment_id,
  number: row.number,
  at: { local: row.local_time, utcOffsetMinutes: row.utc_offset_minutes },
  code: row.code,
  status: row.status,
  description: row.description,
  place: row.place || null,
});

const fromScan = ({ shipmentId, number, at, code, status, description, place }: KeptScan): ScanRow => ({
  shipment_id: shipmentId,
  number,
  local_time: at.local,
  code,
  place: place ?? '',
  utc_offset_minutes: at.utcOffsetMinutes,
  status,
  description,
});

export const trackingStore = (scope: Scope): TrackingStore => {
  const { organizationId } = scope;
  const shipmentsBy = async (sql: string, ...bindings: readonly unknown[]): Promise<readonly Shipment[]> =>
    (await rowsOf<ShipmentRow>(scope, sql, [organizationId, ...bindings])).map(toShipment);
  return {
    lockAll: (ids) => shipmentsBy(LOCK_ALL, [...ids]),
    ofOrders: (ids) => shipmentsBy(OF_ORDERS, [...ids]),
    byNumbers: ({ carrier, accountId }, numbers) => shipmentsBy(BY_NUMBERS, carrier, accountId, [...numbers], [...numbers]),
    claimToTrack: async (limit, until) => {
      const rows = await rowsOf<ShipmentRow & { due_at: Date | null }>(scope, CLAIM, [
        until,
        organizationId,
        limit,
        organizationId,
      ]);
      return rows.map(({ due_at, ...row }) => toShipment({ ...row, track_at: due_at })).sort(byDueTime);
    },
    putOffTracking: async (those) => {
      const rows = those.map(({ id, until, failures }) => ({ id, track_at: until, track_failures: failures }));
      if (rows.length > 0) await rowsOf(scope, PUT_OFF, [JSON.stringify(rows), organizationId]);
    },
    putOffAccount: async ({ carrier, accountId }, until) => {
      await rowsOf(scope, PUT_OFF_ACCOUNT, [until, organizationId, until, carrier, accountId, organizationId]);
    },
    saveTracked: async (shipments) => {
      if (shipments.length > 0)
        await touching(scope, shipments.length, SAVE_TRACKED, [JSON.stringify(shipments.map(fromTracked)), organizationId]);
    },
    keepScans: async (scans) => {
      if (scans.length > 0)
        await touching(scope, scans.length, KEEP_SCANS, [organizationId, JSON.stringify(scans.map(fromScan))]);
    },
    scansOf: async (ids) => (await rowsOf<ScanRow>(scope, SCANS_OF, [organizationId, [...ids]])).map(toScan),
  };
};

const byDueTime = (one: Shipment, other: Shipment): number =>
  (one.trackAt?.getTime() ?? 0) - (other.trackAt?.getTime() ?? 0) || (one.id < other.id ? -1 : 1);
