import {
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

/** The second statement: locks the levels of all SKUs of the batch in one order, and reads the items along with them. */
const LOCK = `
  WITH locked AS MATERIALIZED (
    SELECT l.sku, l.location_id, l.on_hand, l.reserved, l.safety_stock, l.last_number, l.last_hash, p.priority, p.active
    FROM stock_levels l JOIN locations p ON p.organization_id = l.organization_id AND p.id = l.location_id
    WHERE l.organization_id = $1 AND l.sku = ANY($2)
    ORDER BY l.sku, l.location_id
    FOR NO KEY UPDATE OF l)
  SELECT i.sku, i.name, coalesce(w.units, 0)::bigint AS waiting, l.location_id, l.on_hand, l.reserved, l.safety_stock, l.last_number, l.last_hash, l.priority, l.active
  FROM items i
  LEFT JOIN locked l ON l.sku = i.sku
  LEFT JOIN (
    SELECT n.sku, sum(n.backordered) AS units FROM order_lines n
    JOIN orders o ON o.organization_id = n.organization_id AND o.id = n.order_id AND (o.hold IS NULL OR o.hold = 'unmappedSku')
    WHERE n.organization_id = $1 AND n.sku = ANY($2) AND n.backordered > 0 GROUP BY n.sku) w ON w.sku = i.sku
  WHERE i.organization_id = $1 AND i.sku = ANY($2) AND i.deleted_at IS NULL`;

type NoLevel = { [Name in keyof LevelRow]: Name extends 'sku' ? Sku : null };
type ItemRow = { name: string; waiting: number; last_number: number; last_hash: string; priority: number; active: boolean } & (
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
  return { shelves, items: [...new Map(rows.map(({ sku, name, waiting }) => [sku, { sku, name, waiting }])).values()], chains };
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
