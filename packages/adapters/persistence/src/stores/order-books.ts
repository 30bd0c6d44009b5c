import type { LineBooks, OrderStore, ReturnBooks } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';

/**
 * Lines whose books differ at all come first, so that a limit never hides a difference behind a sound line.
 * Added up without a join, so that it is as quick before the tables have statistics as after.
 */
const LINE_BOOKS = `
  SELECT id, order_id AS "orderId", sku, coalesce(max(ordered), 0)::bigint AS ordered, coalesce(max(pending), 0)::bigint AS pending, coalesce(max(reserved), 0)::bigint AS reserved, coalesce(max(backordered), 0)::bigint AS backordered,
    coalesce(max(shipped), 0)::bigint AS shipped, coalesce(max(cancelled), 0)::bigint AS cancelled, sum(promised)::bigint AS promised, sum(open)::bigint AS "openReserved"
  FROM (
    SELECT order_id, id, sku, ordered, pending, reserved, backordered, shipped, cancelled, reserved AS promised, 0 AS open
    FROM order_lines WHERE organization_id = ? AND components IS NULL
    UNION ALL
    SELECT order_id, id, c.sku COLLATE "C", ordered, pending, reserved, backordered, shipped, cancelled, reserved * c.quantity, 0
    FROM order_lines, jsonb_to_recordset(components) AS c(sku text, quantity bigint) WHERE organization_id = ? AND components IS NOT NULL
    UNION ALL
    SELECT order_id, order_line_id, sku, NULL, NULL, NULL, NULL, NULL, NULL, 0, quantity FROM reservations WHERE organization_id = ? AND status = 'open'
  ) b
  GROUP BY order_id, id, sku
  ORDER BY sum(promised) = sum(open) AND max(ordered) = max(pending) + max(reserved) + max(backordered) + max(shipped) + max(cancelled), order_id, id, sku
  LIMIT ?`;

/** Of a kit as many came back as of its scarcest component. What a line says goes by `on_returns`, since SQL reserves the other word. */
const RETURN_BOOKS = `
  SELECT id, order_id AS "orderId", sum(says_returning)::bigint AS returning, sum(says_returned)::bigint AS returned,
    sum(awaited)::bigint AS awaited, sum(came)::bigint AS "cameBack"
  FROM (
    SELECT order_id, id, on_returns AS says_returning, returned AS says_returned, 0 AS awaited, 0 AS came
    FROM order_lines WHERE organization_id = ? AND (on_returns <> 0 OR returned <> 0)
    UNION ALL
    SELECT r.order_id, l."orderLineId", 0, 0, l.quantity - l.cancelled - w.came, w.came
    FROM returns r
    CROSS JOIN LATERAL json_to_recordset(r.lines) AS l("orderLineId" uuid, quantity bigint, cancelled bigint, parts json)
    CROSS JOIN LATERAL (
      SELECT min((p.sellable + p.damaged) / p.quantity) AS came
      FROM json_to_recordset(l.parts) AS p(quantity bigint, sellable bigint, damaged bigint)) w
    WHERE r.organization_id = ? AND r.status NOT IN ('rejected', 'cancelled')
  ) b
  GROUP BY order_id, id
  HAVING sum(says_returning) <> sum(awaited) OR sum(says_returned) <> sum(came)
  ORDER BY order_id, id
  LIMIT ?`;

/** What orders say beside what others say of them. */
export const orderBooks = (scope: Scope): Pick<OrderStore, 'lineBooks' | 'returnBooks'> => {
  const { organizationId } = scope;
  return {
    lineBooks: (limit) => rowsOf<LineBooks>(scope, LINE_BOOKS, [organizationId, organizationId, organizationId, limit]),
    returnBooks: (limit) => rowsOf<ReturnBooks>(scope, RETURN_BOOKS, [organizationId, organizationId, limit]),
  };
};
