import type { Shipment, ShipmentDocument, ShipmentStore } from '@rappit/domain';
import { IS_OWED, OWED_AT } from '../owed.js';
import { Conflict, rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type Renamed =
  | 'orderId'
  | 'locationId'
  | 'accountId'
  | 'trackingNumber'
  | 'parcelNumbers'
  | 'cost'
  | 'purchaseStartedAt'
  | 'voidAskedAt'
  | 'lookUpAt'
  | 'createdAt';
type ShipmentRow = Omit<Shipment, Renamed> & {
  order_id: Shipment['orderId'];
  location_id: Shipment['locationId'];
  carrier_account_id: Shipment['accountId'];
  tracking_number: string | null;
  parcel_numbers: readonly string[];
  void_asked_at: Date | null;
  look_up_at: Date | null;
  cost_minor: number | null;
  cost_currency: string | null;
  purchase_started_at: Date | null;
  created_at: Date;
};

const toShipment = (row: ShipmentRow): Shipment => ({
  id: row.id,
  orderId: row.order_id,
  locationId: row.location_id,
  lines: row.lines,
  parcels: row.parcels,
  carrier: row.carrier,
  accountId: row.carrier_account_id,
  service: row.service,
  status: row.status,
  reference: row.reference,
  trackingNumber: row.tracking_number,
  parcelNumbers: row.parcel_numbers,
  warnings: row.warnings,
  cost:
    row.cost_minor === null || row.cost_currency === null ? null : { amountMinor: row.cost_minor, currency: row.cost_currency },
  refusal: row.refusal,
  short: row.short,
  attempt: row.attempt,
  purchaseStartedAt: row.purchase_started_at,
  voidAskedAt: row.void_asked_at,
  lookUpAt: row.look_up_at,
  createdAt: row.created_at,
  version: row.version,
});

const fromShipment = (shipment: Shipment) => ({
  id: shipment.id,
  order_id: shipment.orderId,
  location_id: shipment.locationId,
  lines: JSON.stringify(shipment.lines),
  parcels: JSON.stringify(shipment.parcels),
  carrier: shipment.carrier,
  carrier_account_id: shipment.accountId,
  service: shipment.service,
  status: shipment.status,
  reference: shipment.reference,
  tracking_number: shipment.trackingNumber,
  parcel_numbers: JSON.stringify(shipment.parcelNumbers),
  warnings: JSON.stringify(shipment.warnings),
  cost_minor: shipment.cost?.amountMinor ?? null,
  cost_currency: shipment.cost?.currency ?? null,
  refusal: shipment.refusal && JSON.stringify(shipment.refusal),
  short: shipment.short,
  attempt: shipment.attempt,
  purchase_started_at: shipment.purchaseStartedAt,
  void_asked_at: shipment.voidAskedAt,
  look_up_at: shipment.lookUpAt,
  created_at: shipment.createdAt,
  version: shipment.version,
});

const LOCK = 'SELECT * FROM shipments WHERE organization_id = ? AND id = ? FOR NO KEY UPDATE';

/** What an older version has begun has no `look_up_at`; it counts as abandoned after two minutes, as anything else. */
const TO_LOOK_UP = `
  SELECT * FROM shipments
  WHERE organization_id = ? AND ${IS_OWED} AND ${OWED_AT} <= ?
  ORDER BY purchase_started_at, id LIMIT ?`;

export const shipmentStore = (scope: Scope): ShipmentStore => {
  const { trx, organizationId } = scope;
  const ours = (table: string) => trx(table).where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours('shipments').where({ id }).first<ShipmentRow | undefined>();
      return row && toShipment(row);
    },
    lock: async (id) => {
      const [row] = await rowsOf<ShipmentRow>(scope, LOCK, [organizationId, id]);
      return row && toShipment(row);
    },
    save: async (shipment) => {
      const row = fromShipment(shipment);
      if (shipment.version === 1) await trx('shipments').insert({ organization_id: organizationId, ...row });
      else if (
        (await ours('shipments')
          .where({ id: shipment.id, version: shipment.version - 1 })
          .update(row)) !== 1
      )
        throw new Conflict('the shipment was changed meanwhile');
    },
    list: async ({ limit, cursor }, { orderId }) => {
      const query = ours('shipments')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (orderId !== undefined) void query.where({ order_id: orderId });
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<ShipmentRow[]>('*')).map(toShipment), limit, ({ id }) => id);
    },
    toLookUp: async (at, limit) => (await rowsOf<ShipmentRow>(scope, TO_LOOK_UP, [organizationId, at, limit])).map(toShipment),
    addDocuments: async (id, documents) => {
      const rows = documents.map(({ kind, format, content }, position) => ({
        organization_id: organizationId,
        shipment_id: id,
        position,
        kind,
        format,
        content: Buffer.from(content),
      }));
      if (rows.length > 0) await trx('shipment_documents').insert(rows);
    },
    documents: async (id) => {
      const rows = await ours('shipment_documents')
        .where({ shipment_id: id })
        .orderBy('position')
        .select<ShipmentDocument[]>('kind', 'format', 'content');
      return rows.map(({ kind, format, content }) => ({ kind, format, content }));
    },
  };
};
