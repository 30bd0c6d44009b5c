import {
  type LevelPlace,
  type LocationId,
  levelKey,
  type Shelf,
  type Sku,
  type StockChange,
  type StockStore,
} from '@rappit/domain';
import type { Knex } from 'knex';
import { type Columns, insertRows, type Row, recordset } from '../rows.js';
import { rowsOf, type Scope, touching } from '../scope.js';
import { chainMovements, levelMoveColumns, moveLevels } from './chain.js';
import { kitPartners } from './kit-waits.js';
import { stockLists } from './stock-lists.js';
import {
  fromReservation,
  type LevelRow,
  movementColumns,
  type ReservationRow,
  reservationColumns,
  toLevel,
  toReservation,
} from './stock-rows.js';

type ShelfRow = LevelRow & { last_number: number; last_hash: string; priority: number; active: boolean };

/** Sorted before they are locked, so that two units of work never wait for each other in a circle. */
const LOCK = `
  SELECT l.sku, l.location_id, l.on_hand, l.reserved, l.safety_stock, l.last_number, l.last_hash, p.priority, p.active
  FROM stock_levels l JOIN locations p ON p.organization_id = l.organization_id AND p.id = l.location_id
  WHERE l.organization_id = ? AND l.sku = ANY(?)
  ORDER BY l.sku, l.location_id
  FOR NO KEY UPDATE OF l`;

/**
 * Whoever opens a level has locked its item. Waiting for the item first, in a statement of its own, makes the next one see every
 * level: a statement that waits for a lock sees rows as they are afterwards, but no rows that are new.
 */
const ANCHOR = 'SELECT sku FROM items WHERE organization_id = ? AND sku = ANY(?) ORDER BY sku FOR NO KEY UPDATE';

const lock = async (scope: Scope, skus: readonly Sku[]): Promise<readonly Shelf[]> => {
  await rowsOf(scope, ANCHOR, [scope.organizationId, [...skus]]);
  const rows = await rowsOf<ShelfRow>(scope, LOCK, [scope.organizationId, [...skus]]);
  for (const row of rows) scope.chains.set(levelKey(toLevel(row)), { number: row.last_number, hash: row.last_hash });
  return rows.map((row) => ({
    level: toLevel(row),
    location: { id: row.location_id, priority: row.priority, active: row.active },
  }));
};

const SPLIT = `UPDATE reservations v SET quantity = r.keep FROM ${recordset('?', 'r', { id: 'uuid', of: 'bigint', keep: 'bigint' })}
  WHERE v.organization_id = ? AND v.id = r.id AND v.status = 'open' AND v.quantity = r.of`;
const PIN = `UPDATE reservations v SET shipment_id = r.shipment_id FROM ${recordset('?', 'r', { id: 'uuid', shipment_id: 'uuid' })}
  WHERE v.organization_id = ? AND v.id = r.id AND v.status = 'open'`;
/** I5: a reservation leaves only when it is open, with the quantity that it was decided on. */
const KEEP = `UPDATE reservations v SET expires_at = NULL FROM ${recordset('?', 'r', { id: 'uuid' })}
  WHERE v.organization_id = ? AND v.id = r.id AND v.status = 'open'`;
const LEAVE = `UPDATE reservations v SET status = r.status, ended_at = r.ended_at FROM ${recordset('?', 'r', { id: 'uuid', quantity: 'bigint', status: 'text', ended_at: 'timestamptz' })}
  WHERE v.organization_id = ? AND v.id = r.id AND v.status = 'open' AND v.quantity = r.quantity`;
const OPEN = insertRows('reservations', reservationColumns);
const WRITE_LEDGER = insertRows('movements', movementColumns);
const MOVE = moveLevels('?', recordset('?', 'r', levelMoveColumns), '?');

const apply = async (scope: Scope, change: StockChange): Promise<void> => {
  const { organizationId } = scope;
  const update = async (sql: string, rows: readonly object[]): Promise<void> => {
    if (rows.length > 0) await touching(scope, rows.length, sql, [JSON.stringify(rows), organizationId]);
  };
  const insert = async (sql: string, rows: readonly object[]): Promise<void> => {
    if (rows.length > 0) await touching(scope, rows.length, sql, [organizationId, JSON.stringify(rows)]);
  };
  await update(
    SPLIT,
    change.splits.map(({ id, of, off }) => ({ id, of, keep: of - off.quantity })),
  );
  await insert(
    OPEN,
    change.splits.map(({ off }) => fromReservation(off)),
  );
  await update(
    PIN,
    change.pins.map(({ id, shipmentId }) => ({ id, shipment_id: shipmentId })),
  );
  await update(KEEP, change.keeps);
  await update(
    LEAVE,
    change.exits.map(({ id, quantity, to, at }) => ({ id, quantity, status: to, ended_at: at })),
  );
  await insert(OPEN, change.opened.map(fromReservation));
  const { movements, levels } = chainMovements(change.movements, scope.chains, scope.digest);
  const skus = change.movements.map(({ sku }) => sku);
  if (levels.length > 0) await touching(scope, levels.length, MOVE, [JSON.stringify(levels), organizationId, skus]);
  await insert(WRITE_LEDGER, movements);
};

type PlaceRow = { sku: Sku; location_id: LocationId };
const placeColumns: Columns = { sku: 'text', location_id: 'uuid' };
const fromPlace = ({ sku, locationId }: LevelPlace): Row => ({ sku, location_id: locationId });

/** In one order, as they are locked. */
const OPEN_LEVELS = `${insertRows('stock_levels', placeColumns)} ORDER BY sku, location_id ON CONFLICT DO NOTHING RETURNING sku, location_id`;
const KEEP_BACK = `UPDATE stock_levels l SET safety_stock = r.safety_stock FROM ${recordset('?', 'r', { ...placeColumns, safety_stock: 'bigint' })}
  WHERE l.organization_id = ? AND l.sku = ANY(?) AND l.sku = r.sku AND l.location_id = r.location_id`;

/** Unpaid before paid, then the newest; those of shipments last. An order that is ready counts as a shipment's. */
const BREAKABLE = `
  SELECT v.* FROM reservations v JOIN orders o ON o.organization_id = v.organization_id AND o.id = v.order_id
  WHERE v.organization_id = ? AND v.sku = ? AND v.location_id = ? AND v.status = 'open'
  ORDER BY v.shipment_id IS NOT NULL, o.status = 'readyToShip', o.payment_status IN ('paid', 'partiallyRefunded'), v.id DESC`;

const OPEN_OF = `SELECT * FROM reservations WHERE organization_id = ? AND order_id = ANY(?) AND status = 'open' ORDER BY id`;

const CONSUMED_BY = `SELECT * FROM reservations WHERE organization_id = ? AND order_id = ? AND shipment_id = ? AND status = 'consumed' ORDER BY id`;

export const stockStore = (scope: Scope): StockStore => {
  const { trx, organizationId } = scope;
  const ours = (table: string): Knex.QueryBuilder => trx(table).where({ organization_id: organizationId });
  return {
    open: async (sku, locationId) => {
      await trx('stock_levels').insert({ organization_id: organizationId, sku, location_id: locationId }).onConflict().ignore();
    },
    openMany: async (places) => {
      const rows = await rowsOf<PlaceRow>(scope, OPEN_LEVELS, [organizationId, JSON.stringify(places.map(fromPlace))]);
      return rows.map((row) => ({ sku: row.sku, locationId: row.location_id }));
    },
    lock: (skus) => lock(scope, skus),
    apply: (change) => {
      scope.told.stock = true;
      return apply(scope, change);
    },
    keepBack: async (at, safetyStock) => {
      scope.told.stock = true;
      await ours('stock_levels').where({ sku: at.sku, location_id: at.locationId }).update({ safety_stock: safetyStock });
    },
    kitPartners: (skus) => kitPartners(scope, skus),
    keepBackMany: async (levels) => {
      scope.told.stock = true;
      const rows = levels.map((level) => ({ ...fromPlace(level), safety_stock: level.safetyStock }));
      const skus = levels.map(({ sku }) => sku);
      if (rows.length > 0) await touching(scope, rows.length, KEEP_BACK, [JSON.stringify(rows), organizationId, skus]);
    },
    openOf: async (...orderIds) => (await rowsOf<ReservationRow>(scope, OPEN_OF, [organizationId, orderIds])).map(toReservation),
    consumedBy: async (...ids) => (await rowsOf<ReservationRow>(scope, CONSUMED_BY, [organizationId, ...ids])).map(toReservation),
    breakableAt: async (sku, locationId) =>
      (await rowsOf<ReservationRow>(scope, BREAKABLE, [organizationId, sku, locationId])).map(toReservation),
    reservation: async (id) => {
      const row = await ours('reservations').where({ id }).first<ReservationRow | undefined>();
      return row && toReservation(row);
    },
    ...stockLists(scope),
  };
};
