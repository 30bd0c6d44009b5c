import {
  available,
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
 * The second statement: locks the levels of all SKUs of the batch in one order, and reads the items along with them.
 * The items are kept from being removed, as the order lines' foreign key would do a moment later.
 */
const LOCK = `
  WITH locked AS MATERIALIZED (
    SELECT l.sku, l.location_id, l.on_hand, l.reserved, l.safety_stock, l.last_number, l.last_hash, p.priority, p.active
    FROM stock_levels l JOIN locations p ON p.organization_id = l.organization_id AND p.id = l.location_id
    WHERE l.organization_id = $1 AND l.sku = ANY($2)
    ORDER BY l.sku, l.location_id
    FOR NO KEY UPDATE OF l)
  SELECT i.sku, i.name, l.location_id, l.on_hand, l.reserved, l.safety_stock, l.last_number, l.last_hash, l.priority, l.active,
    EXISTS (SELECT FROM order_lines n WHERE n.organization_id = $1 AND n.sku = i.sku AND n.backordered > 0) AS awaited
  FROM items i LEFT JOIN locked l ON l.sku = i.sku
  WHERE i.organization_id = $1 AND i.sku = ANY($2) AND i.deleted_at IS NULL
  FOR KEY SHARE OF i`;

/**
 * What earlier orders wait for. Asked only for SKUs that are awaited and available at once, which is so only while a backlog is being
 * served; and after the levels were locked, since a count from before might be of units that were promised meanwhile.
 */
const WAITING = `
  SELECT n.sku, sum(n.backordered)::bigint AS units FROM order_lines n
  JOIN orders o ON o.organization_id = n.organization_id AND o.id = n.order_id AND (o.hold IS NULL OR o.hold = 'unmappedSku')
  WHERE n.organization_id = $1 AND n.sku = ANY($2) AND n.backordered > 0 GROUP BY n.sku`;

type NoLevel = { [Name in keyof LevelRow]: Name extends 'sku' ? Sku : null };
type ItemRow = { name: string; awaited: boolean; last_number: number; last_hash: string; priority: number; active: boolean } & (
  | LevelRow
  | NoLevel
);

export type LockedSituation = Pick<Situation, 'shelves' | 'items'> & { readonly chains: Map<string, ChainEnd> };

export const lockAll = async (
  client: PoolClient,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<LockedSituation> => {
  const { rows } = await client.query<ItemRow>({ name: 'intake-lock', text: LOCK, values: [organizationId, skusOf(requests)] });
  const chains = new Map<string, ChainEnd>();
  const shelves = rows.flatMap((row): Shelf[] => {
    if (row.location_id === null) return [];
    const level = toLevel(row);
    chains.set(levelKey(level), { number: row.last_number, hash: row.last_hash });
    return [{ level, location: { id: row.location_id, priority: row.priority, active: row.active } }];
  });
  const waiting = await waitingUnits(client, organizationId, rows);
  const items = new Map(rows.map(({ sku, name }) => [sku, { sku, name, waiting: waiting.get(sku) ?? 0 }]));
  return { shelves, items: [...items.values()], chains };
};

const waitingUnits = async (
  client: PoolClient,
  organizationId: OrganizationId,
  rows: readonly ItemRow[],
): Promise<ReadonlyMap<Sku, number>> => {
  const there = (row: ItemRow): boolean => row.location_id !== null && row.active && available(toLevel(row)) > 0;
  const asked = [...new Set(rows.filter((row) => row.awaited && there(row)).map(({ sku }) => sku))];
  if (asked.length === 0) return new Map();
  const counted = await client.query<{ sku: Sku; units: number }>({ text: WAITING, values: [organizationId, asked] });
  return new Map(counted.rows.map(({ sku, units }) => [sku, units]));
};

const skusOf = (requests: readonly PlacementRequest[]): readonly Sku[] => {
  const skus = new Set<Sku>();
  for (const { draft } of requests)
    for (const line of draft.lines) {
      const sku = line.sku === null ? undefined : parseSku(line.sku);
      if (sku?.ok) skus.add(sku.value);
    }
  return [...skus];
};
