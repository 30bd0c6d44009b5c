import {
  available,
  type Component,
  levelKey,
  type OrganizationId,
  type PlacementRequest,
  parseSku,
  type Shelf,
  type Situation,
  type Sku,
} from '@rappit/domain';
import type { PoolClient } from 'pg';
import type { ChainEnd } from '../scope.js';
import { type LevelRow, toLevel } from '../stores/stock-rows.js';

/**
 * Locks the levels of all SKUs of the batch and of their kits' components in one order, after the counter of order numbers, so that
 * batches never wait for each other in a circle. Parameter: the SKUs.
 */
export const LOCKS = `
  stocked AS MATERIALIZED (
    SELECT unnest($5::text[]) AS sku
    UNION SELECT c.sku FROM items k, jsonb_to_recordset(k.components) AS c(sku text)
    WHERE k.organization_id = $1 AND k.sku = ANY($5) AND k.components IS NOT NULL),
  locked AS MATERIALIZED (
    SELECT l.sku, l.location_id, l.on_hand, l.reserved, l.safety_stock, l.last_number, l.last_hash, p.priority, p.active
    FROM stock_levels l JOIN locations p ON p.organization_id = l.organization_id AND p.id = l.location_id
    WHERE l.organization_id = (SELECT organization_id FROM numbers) AND l.sku = ANY(ARRAY(SELECT sku FROM stocked))
    ORDER BY l.sku, l.location_id
    FOR NO KEY UPDATE OF l)`;

/** Keeps the planner from reading a whole backlog once instead of looking for one row of each SKU. */
const BY_SKU = 'OFFSET 0';

/**
 * The items with their locked levels. The items are kept from being removed, as the order lines' foreign key would do a moment later.
 * Whether a SKU is awaited, or some of it lapsed, is a hint from before the lock: what it leads to looks again.
 */
export const LOCKED = `
  (SELECT json_agg(t) FROM (
    SELECT i.sku, i.name, i.components, i.low_stock_threshold, l.location_id, l.on_hand, l.reserved, l.safety_stock, l.last_number, l.last_hash, l.priority, l.active,
      EXISTS (SELECT FROM order_lines n WHERE n.organization_id = $1 AND n.sku = i.sku AND n.backordered > 0 ${BY_SKU})
        OR EXISTS (SELECT FROM kit_waits w WHERE w.organization_id = $1 AND w.sku = i.sku ${BY_SKU}) AS awaited,
      EXISTS (SELECT FROM reservations v WHERE v.organization_id = $1 AND v.sku = i.sku
        AND v.status = 'open' AND v.shipment_id IS NULL AND v.expires_at <= now() ${BY_SKU}) AS lapsed
    FROM items i LEFT JOIN locked l ON l.sku = i.sku
    WHERE i.organization_id = $1 AND i.sku = ANY(ARRAY(SELECT sku FROM stocked)) AND i.deleted_at IS NULL
    FOR KEY SHARE OF i) t) AS levels`;

const MAY_BE_SERVED = `(o.hold IS NULL OR o.hold = 'unmappedSku') AND NOT o.payment_expired`;

/** How many kits of a waiting line could be put together now: at each active location that has all its parts, of the scarcest. */
const KITS_THERE = `
  SELECT coalesce(sum(kits), 0) FROM (
    SELECT min(greatest(0, s.on_hand - s.reserved - s.safety_stock) / x.quantity) AS kits
    FROM kit_waits x
    JOIN stock_levels s ON s.organization_id = x.organization_id AND s.sku = x.sku
    JOIN locations p ON p.organization_id = s.organization_id AND p.id = s.location_id AND p.active
    WHERE x.organization_id = w.organization_id AND x.order_id = w.order_id AND x.order_line_id = w.order_line_id
    GROUP BY s.location_id
    HAVING count(*) = jsonb_array_length(n.components)) k`;

/**
 * The second statement, seldom sent: what earlier orders wait for and could get. Asked only for SKUs that are awaited and available at
 * once, which is so only while a backlog is being served, and when another process's batch came between, whose orders may wait. Asked
 * after the levels were locked, since a count from before might be of units that were promised meanwhile.
 */
const WAITING = `
  SELECT sku, sum(units)::bigint AS units FROM (
    SELECT n.sku, n.backordered AS units FROM order_lines n
    JOIN orders o ON o.organization_id = n.organization_id AND o.id = n.order_id AND ${MAY_BE_SERVED}
    WHERE n.organization_id = $1 AND n.sku = ANY($2) AND n.backordered > 0 AND n.components IS NULL
    UNION ALL
    SELECT w.sku, w.quantity * least(n.backordered, (${KITS_THERE})) FROM kit_waits w
    JOIN order_lines n ON n.organization_id = w.organization_id AND n.order_id = w.order_id AND n.id = w.order_line_id
    JOIN orders o ON o.organization_id = w.organization_id AND o.id = w.order_id AND ${MAY_BE_SERVED}
    WHERE w.organization_id = $1 AND w.sku = ANY($2)) awaited
  GROUP BY sku`;

type NoLevel = { [Name in keyof LevelRow]: Name extends 'sku' ? Sku : null };
/** An item, with one of its levels if it has any. */
export type ItemRow = {
  name: string;
  components: readonly Component[] | null;
  low_stock_threshold: number | null;
  awaited: boolean;
  lapsed: boolean;
  last_number: number;
  last_hash: string;
  priority: number;
  active: boolean;
} & (LevelRow | NoLevel);

/** `LOCKED`, as it comes; null when nothing that is asked for is known. */
export type LockedRow = { levels: readonly ItemRow[] | null };

export type LockedSituation = Pick<Situation, 'shelves' | 'items'> & {
  readonly chains: Map<string, ChainEnd>;
  /** SKUs of which something seems to have lapsed. */
  readonly lapsed: readonly Sku[];
};

export const toSituation = (rows: readonly ItemRow[], waiting: ReadonlyMap<Sku, number>): LockedSituation => {
  const chains = new Map<string, ChainEnd>();
  const shelves = rows.flatMap((row): Shelf[] => {
    if (row.location_id === null) return [];
    const level = toLevel(row);
    chains.set(levelKey(level), { number: row.last_number, hash: row.last_hash });
    return [{ level, location: { id: row.location_id, priority: row.priority, active: row.active } }];
  });
  const items = new Map(
    rows.map(({ sku, name, components, low_stock_threshold }) => [
      sku,
      { sku, name, components, lowStockThreshold: low_stock_threshold, waiting: waiting.get(sku) ?? 0 },
    ]),
  );
  const lapsed = [...new Set(rows.filter((row) => row.lapsed).map(({ sku }) => sku))];
  return { shelves, items: [...items.values()], chains, lapsed };
};

/** The SKUs whose waiting units have to be counted. With `beaten` the hints of `LOCKED` may be older than what somebody has committed. */
export const toCount = (rows: readonly ItemRow[], beaten: boolean): readonly Sku[] => {
  const there = (row: ItemRow): boolean => row.location_id !== null && row.active && available(toLevel(row)) > 0;
  return [...new Set(rows.filter((row) => (row.awaited || beaten) && there(row)).map(({ sku }) => sku))];
};

export const waitingUnits = async (
  client: PoolClient,
  organizationId: OrganizationId,
  skus: readonly Sku[],
): Promise<ReadonlyMap<Sku, number>> => {
  if (skus.length === 0) return new Map();
  const query = { name: 'intake-waiting', text: WAITING, values: [organizationId, skus] };
  const { rows } = await client.query<{ sku: Sku; units: number }>(query);
  return new Map(rows.map(({ sku, units }) => [sku, units]));
};

export const skusOf = (requests: readonly PlacementRequest[]): readonly Sku[] => {
  const skus = new Set<Sku>();
  for (const { draft } of requests)
    for (const line of draft.lines) {
      const sku = line.sku === null ? undefined : parseSku(line.sku);
      if (sku?.ok) skus.add(sku.value);
    }
  return [...skus];
};
