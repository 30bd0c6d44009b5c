import type { Paper, PaperPlace, ShipmentDocument, ShipmentStore } from '@rappit/domain';
import { IS_OWED, OWED_AT } from '../owed.js';
import { Conflict, rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';
import { fromShipment, type ShipmentRow, toShipment } from './shipment-rows.js';
import { trackingStore } from './tracking.js';

const FIND_MANY = 'SELECT * FROM shipments WHERE organization_id = ? AND id = ANY(?::uuid[]) ORDER BY id';
/** The length of what is stored beside its row is read without it. */
const PAPERS = `SELECT shipment_id AS "shipmentId", position, kind, format, octet_length(content) AS bytes FROM shipment_documents
  WHERE organization_id = ? AND shipment_id = ANY(?::uuid[]) ORDER BY shipment_id, position`;
const DOCUMENTS = `SELECT d.shipment_id AS "shipmentId", d.position, d.kind, d.format, d.content FROM shipment_documents d
  JOIN unnest(?::uuid[], ?::integer[]) AS wanted (shipment_id, position) USING (shipment_id, position)
  WHERE d.organization_id = ? ORDER BY d.shipment_id, d.position`;

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
    ...trackingStore(scope),
    findMany: async (ids) => (await rowsOf<ShipmentRow>(scope, FIND_MANY, [organizationId, [...ids]])).map(toShipment),
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
    list: async ({ limit, cursor }, { orderId, status }) => {
      const query = ours('shipments')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (orderId !== undefined) void query.where({ order_id: orderId });
      if (status !== undefined) void query.where({ status });
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
    papers: (ids) => rowsOf<Paper>(scope, PAPERS, [organizationId, [...ids]]),
    documents: async (wanted) => {
      const places = [wanted.map(({ shipmentId }) => shipmentId), wanted.map(({ position }) => position)];
      return rowsOf<PaperPlace & ShipmentDocument>(scope, DOCUMENTS, [...places, organizationId]);
    },
  };
};
