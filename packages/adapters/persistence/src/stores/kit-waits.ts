import type { Order, Sku } from '@rappit/domain';
import { type Columns, insertRows, type Row } from '../rows.js';
import { rowsOf, type Scope, touching } from '../scope.js';

export const kitWaitColumns: Columns = { order_id: 'uuid', order_line_id: 'uuid', sku: 'text', quantity: 'bigint' };

/** What the waiting kits of an order need: a row for each component of each line. */
export const kitWaitsOf = ({ id, lines }: Order): readonly Row[] =>
  lines.flatMap((line) =>
    line.backordered > 0
      ? (line.components ?? []).map(({ sku, quantity }) => ({ order_id: id, order_line_id: line.id, sku, quantity }))
      : [],
  );

const FORGET = 'DELETE FROM kit_waits WHERE organization_id = ? AND order_id = ANY(?)';
const REMEMBER = insertRows('kit_waits', kitWaitColumns);

/** Brings the rows in line with orders as they were just written. Orders without kits cost nothing. */
export const keepKitWaits = async (scope: Scope, orders: readonly Order[]): Promise<void> => {
  const withKits = orders.filter(({ lines }) => lines.some(({ components }) => components !== null));
  if (withKits.length === 0) return;
  await rowsOf(scope, FORGET, [scope.organizationId, withKits.map(({ id }) => id)]);
  const rows = withKits.flatMap(kitWaitsOf);
  if (rows.length > 0) await touching(scope, rows.length, REMEMBER, [scope.organizationId, JSON.stringify(rows)]);
};

/**
 * Lines of kits of which some active location has all parts. The two parameters hold the organization; `among` narrows the SKUs that
 * may be drawn from, with a parameter between the two.
 */
export const servableKits = (among: '' | 'AND w.sku = ANY(?)'): string => `
  SELECT w.order_id, w.order_line_id FROM kit_waits w
  JOIN stock_levels s ON s.organization_id = w.organization_id AND s.sku = w.sku AND s.on_hand - s.reserved - s.safety_stock >= w.quantity
  JOIN locations p ON p.organization_id = s.organization_id AND p.id = s.location_id AND p.active
  WHERE w.organization_id = ? ${among}
  GROUP BY w.order_id, w.order_line_id, s.location_id
  HAVING count(*) = (
    SELECT count(*) FROM kit_waits k WHERE k.organization_id = ? AND k.order_id = w.order_id AND k.order_line_id = w.order_line_id)`;

const PARTNERS = `
  SELECT p.sku FROM kit_waits w
  JOIN kit_waits p ON p.organization_id = w.organization_id AND p.order_id = w.order_id AND p.order_line_id = w.order_line_id
  WHERE w.organization_id = ? AND w.sku = ANY(?) AND p.sku <> ALL(?)
  UNION
  SELECT p.sku FROM reservations r
  JOIN reservations p ON p.organization_id = r.organization_id AND p.order_id = r.order_id AND p.order_line_id = r.order_line_id AND p.status = 'open'
  WHERE r.organization_id = ? AND r.sku = ANY(?) AND r.status = 'open' AND r.unit_quantity IS NOT NULL AND p.sku <> ALL(?)
  ORDER BY 1`;

/** SKUs that waiting or promised kits need together with any of these. */
export const kitPartners = async (scope: Scope, skus: readonly Sku[]): Promise<readonly Sku[]> => {
  const each = [scope.organizationId, [...skus], [...skus]];
  return (await rowsOf<{ sku: Sku }>(scope, PARTNERS, [...each, ...each])).map(({ sku }) => sku);
};
