import { openPickupStatuses, type PickupBooking, type PickupStore } from '@rappit/domain';
import { Conflict, rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type Renamed = 'accountId' | 'locationId' | 'shipmentIds' | 'askedAt' | 'createdAt';
type PickupRow = Omit<PickupBooking, Renamed> & {
  carrier_account_id: PickupBooking['accountId'];
  location_id: PickupBooking['locationId'];
  shipment_ids: PickupBooking['shipmentIds'];
  asked_at: Date;
  created_at: Date;
};

const toPickup = (row: PickupRow): PickupBooking => ({
  id: row.id,
  carrier: row.carrier,
  accountId: row.carrier_account_id,
  locationId: row.location_id,
  shipmentIds: row.shipment_ids,
  wanted: row.wanted,
  status: row.status,
  confirmation: row.confirmation,
  station: row.station,
  refusal: row.refusal,
  askedAt: row.asked_at,
  createdAt: row.created_at,
  version: row.version,
});

const fromPickup = (pickup: PickupBooking) => ({
  id: pickup.id,
  carrier: pickup.carrier,
  carrier_account_id: pickup.accountId,
  location_id: pickup.locationId,
  shipment_ids: JSON.stringify(pickup.shipmentIds),
  wanted: JSON.stringify(pickup.wanted),
  status: pickup.status,
  confirmation: pickup.confirmation,
  station: pickup.station,
  refusal: pickup.refusal && JSON.stringify(pickup.refusal),
  asked_at: pickup.askedAt,
  created_at: pickup.createdAt,
  version: pickup.version,
});

const LOCK = 'SELECT * FROM pickups WHERE organization_id = ? AND id = ? FOR NO KEY UPDATE';

const OPEN_FOR = `
  SELECT * FROM pickups
  WHERE organization_id = ? AND status = ANY (?)
    AND EXISTS (SELECT FROM json_array_elements_text(shipment_ids) AS mine (id) WHERE mine.id = ANY (?))
  ORDER BY id`;

export const pickupStore = (scope: Scope): PickupStore => {
  const { trx, organizationId } = scope;
  const ours = () => trx('pickups').where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours().where({ id }).first<PickupRow | undefined>();
      return row && toPickup(row);
    },
    lock: async (id) => {
      const [row] = await rowsOf<PickupRow>(scope, LOCK, [organizationId, id]);
      return row && toPickup(row);
    },
    save: async (pickup) => {
      const row = fromPickup(pickup);
      if (pickup.version === 1) await trx('pickups').insert({ organization_id: organizationId, ...row });
      else if (
        (await ours()
          .where({ id: pickup.id, version: pickup.version - 1 })
          .update(row)) !== 1
      )
        throw new Conflict('the pickup was changed meanwhile');
    },
    openFor: async (ids) => {
      const rows = await rowsOf<PickupRow>(scope, OPEN_FOR, [organizationId, [...openPickupStatuses], [...ids]]);
      return rows.map(toPickup);
    },
    list: async ({ limit, cursor }) => {
      const query = ours()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<PickupRow[]>('*')).map(toPickup), limit, ({ id }) => id);
    },
  };
};
