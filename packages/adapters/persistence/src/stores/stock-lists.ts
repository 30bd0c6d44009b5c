import {
  type LevelBooks,
  type LevelStanding,
  type LocationId,
  levelKey,
  type PlaceFilter,
  type Sku,
  type StockStore,
} from '@rappit/domain';
import type { Knex } from 'knex';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';
import { type LevelRow, type MovementRow, type ReservationRow, toLedgerEntry, toLevel, toReservation } from './stock-rows.js';

/** Units of a level that lapsed: free for whoever expires them first. */
const LAPSED_UNITS = `coalesce((
  SELECT sum(v.quantity) FROM reservations v
  WHERE v.organization_id = l.organization_id AND v.sku = l.sku AND v.location_id = l.location_id
    AND v.status = 'open' AND v.shipment_id IS NULL AND v.expires_at <= now()), 0)::bigint`;
const LAPSED = `${LAPSED_UNITS} AS lapsed`;

/** Whether a level is of a SKU that is low, as `promisable` and `isLow` say it. Only items with a threshold are looked at. */
const IS_LOW = `sku IN (
  SELECT i.sku FROM items i WHERE i.organization_id = ? AND i.deleted_at IS NULL AND i.low_stock_threshold >= (
    SELECT coalesce(sum(greatest(0, l.on_hand - l.reserved + ${LAPSED_UNITS} - l.safety_stock)), 0)
    FROM stock_levels l JOIN locations p ON p.organization_id = l.organization_id AND p.id = l.location_id AND p.active
    WHERE l.organization_id = i.organization_id AND l.sku = i.sku)) = ?`;

const STANDING = `
  SELECT l.sku, l.location_id, l.on_hand, l.reserved, l.safety_stock, p.priority, p.active, ${LAPSED}
  FROM stock_levels l JOIN locations p ON p.organization_id = l.organization_id AND p.id = l.location_id
  WHERE l.organization_id = ? AND l.sku = ANY(?) ORDER BY l.sku, l.location_id`;

type StandingRow = LevelRow & { lapsed: number };
type ShelfFacts = { priority: number; active: boolean };
const toStanding = (row: StandingRow): LevelStanding => ({ ...toLevel(row), lapsed: row.lapsed });

const atPlace = (query: Knex.QueryBuilder, { sku, locationId }: PlaceFilter): void => {
  if (sku !== undefined) void query.where({ sku });
  if (locationId !== undefined) void query.where({ location_id: locationId });
};

/** Levels whose books differ at all come first, so that a limit never hides a difference behind a sound level. Without a join, as for lines. */
const BOOKS = `
  SELECT sku, location_id, coalesce(max(on_hand), 0)::bigint AS on_hand, coalesce(max(reserved), 0)::bigint AS reserved,
    sum(ledger_on_hand)::bigint AS ledger_on_hand, sum(ledger_reserved)::bigint AS ledger_reserved, sum(open)::bigint AS open_reserved
  FROM (
    SELECT sku, location_id, on_hand, reserved, 0 AS ledger_on_hand, 0 AS ledger_reserved, 0 AS open FROM stock_levels WHERE organization_id = ?
    UNION ALL
    SELECT sku, location_id, NULL, NULL, on_hand_delta, reserved_delta, 0 FROM movements WHERE organization_id = ?
    UNION ALL
    SELECT sku, location_id, NULL, NULL, 0, 0, quantity FROM reservations WHERE organization_id = ? AND status = 'open'
  ) b
  GROUP BY sku, location_id
  ORDER BY (max(on_hand), max(reserved), max(reserved)) IS NOT DISTINCT FROM (sum(ledger_on_hand), sum(ledger_reserved), sum(open)), sku, location_id
  LIMIT ?`;

type ChainRow = { sku: Sku; location_id: LocationId; last_number: number; last_hash: string };
type BooksRow = {
  sku: Sku;
  location_id: LocationId;
  on_hand: number;
  reserved: number;
  ledger_on_hand: number;
  ledger_reserved: number;
  open_reserved: number;
};

const toBooks = (row: BooksRow): LevelBooks => ({
  sku: row.sku,
  locationId: row.location_id,
  onHand: row.on_hand,
  reserved: row.reserved,
  ledgerOnHand: row.ledger_on_hand,
  ledgerReserved: row.ledger_reserved,
  openReserved: row.open_reserved,
});

type StockLists = Pick<StockStore, 'levels' | 'standing' | 'movements' | 'reservations' | 'chains' | 'ledger' | 'books'>;

/** What can be read of stock without locking it. */
export const stockLists = (scope: Scope): StockLists => {
  const { trx, organizationId } = scope;
  const ours = (table: string): Knex.QueryBuilder => trx(table).where({ organization_id: organizationId });
  return {
    levels: async ({ limit, cursor }, filter) => {
      const query = trx('stock_levels as l')
        .where({ organization_id: organizationId })
        .orderBy(['sku', 'location_id'])
        .limit(limit + 1);
      atPlace(query, filter);
      if (filter.low !== undefined) void query.whereRaw(IS_LOW, [organizationId, filter.low]);
      if (cursor !== undefined)
        void query.whereRaw('(sku, location_id::text) > (?, ?)', [cursor.split('\n')[0] ?? '', cursor.split('\n')[1] ?? '']);
      return pageOf((await query.select<StandingRow[]>('l.*', trx.raw(LAPSED))).map(toStanding), limit, levelKey);
    },
    standing: async (skus) => {
      const rows = await rowsOf<StandingRow & ShelfFacts>(scope, STANDING, [organizationId, [...skus]]);
      return rows.map((row) => ({
        level: toStanding(row),
        location: { id: row.location_id, priority: row.priority, active: row.active },
      }));
    },
    movements: async ({ limit, cursor }, filter) => {
      const query = ours('movements')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      atPlace(query, filter);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<MovementRow[]>('*')).map(toLedgerEntry), limit, ({ id }) => id);
    },
    reservations: async ({ limit, cursor }, { status, orderId, ...place }) => {
      const query = ours('reservations')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      atPlace(query, place);
      if (status !== undefined) void query.where({ status });
      if (orderId !== undefined) void query.where({ order_id: orderId });
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<ReservationRow[]>('*')).map(toReservation), limit, ({ id }) => id);
    },
    chains: async (limit, after) => {
      const query = ours('stock_levels').orderBy(['sku', 'location_id']).limit(limit);
      if (after) void query.whereRaw('(sku, location_id) > (?, ?::uuid)', [after.sku, after.locationId]);
      const rows = await query.select<ChainRow[]>('sku', 'location_id', 'last_number', 'last_hash');
      return rows.map((row) => ({ sku: row.sku, locationId: row.location_id, number: row.last_number, hash: row.last_hash }));
    },
    ledger: async (limit, after, until) => {
      const query = ours('movements').orderBy(['sku', 'location_id', 'number']).limit(limit);
      void query.whereRaw('(sku, location_id, number) > (?, ?::uuid, ?)', [after.sku, after.locationId, after.number]);
      void query.whereRaw('(sku, location_id) <= (?, ?::uuid)', [until.sku, until.locationId]);
      return (await query.select<MovementRow[]>('*')).map(toLedgerEntry);
    },
    books: async (limit) =>
      (await rowsOf<BooksRow>(scope, BOOKS, [organizationId, organizationId, organizationId, limit])).map(toBooks),
  };
};
