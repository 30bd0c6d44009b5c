import { nextId } from './ids.mjs';

/** Everything about one order in one call. The hot row is touched last, so that it is locked for as short a time as can be. */
export const placeOneFunction = `
CREATE FUNCTION place_order(
  organization uuid, location uuid, order_key text, order_id uuid, entry_id uuid, currency text, customer jsonb, address jsonb, payment text,
  skus text[], quantities bigint[], prices bigint[], line_ids uuid[], reservation_ids uuid[], movement_ids uuid[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  order_number text := nextval('order_numbers');
  moment timestamptz := now();
  answer text := '{"id":"' || order_id || '","number":"' || order_number || '","status":"reserved"}';
  units bigint := 0; total bigint := 0; explained text := '';
  quantity bigint; hand bigint; promised bigint; place bigint;
BEGIN
  INSERT INTO idempotency_keys (organization_id, scope, key, status, body) VALUES (organization, 'POST /orders', order_key, 201, answer) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT k.body FROM idempotency_keys k WHERE k.organization_id = organization AND k.scope = 'POST /orders' AND k.key = order_key);
  END IF;
  FOR i IN 1 .. cardinality(skus) LOOP
    units := units + quantities[i];
    total := total + quantities[i] * prices[i];
    INSERT INTO order_lines VALUES (organization, order_id, line_ids[i], i - 1, skus[i], skus[i], quantities[i], 0, quantities[i], 0, 0, 0, prices[i], 0, 0);
    INSERT INTO reservations VALUES (organization, reservation_ids[i], order_id, line_ids[i], skus[i], location, quantities[i], 'open', moment);
  END LOOP;
  INSERT INTO orders VALUES (organization, order_id, order_number, 'reserved', currency, customer, address,
    jsonb_build_object('subtotalMinor', total, 'discountMinor', 0, 'taxMinor', 0, 'shippingMinor', 0, 'totalMinor', total), payment, 'prepaid', '[]', units, moment, 1);
  INSERT INTO order_timeline VALUES (organization, order_id, entry_id, moment, '{"kind":"user","id":"bench","name":"Bench"}', 'placed', NULL, 'reserved');
  INSERT INTO outbox (organization_id, aggregate_id, aggregate_version, type, at, data) VALUES (organization, order_id, 1, 'order.placed', moment,
    jsonb_build_object('orderId', order_id, 'number', order_number, 'status', 'reserved'));
  FOR i IN 1 .. cardinality(skus) LOOP
    quantity := quantities[i];
    UPDATE stock_levels l SET reserved = l.reserved + quantity, last_number = l.last_number + 1
      WHERE l.organization_id = organization AND l.sku = skus[i] AND l.location_id = location AND l.on_hand - l.reserved >= quantity
      RETURNING l.on_hand, l.reserved, l.last_number INTO hand, promised, place;
    IF NOT FOUND THEN RAISE EXCEPTION 'insufficient stock' USING ERRCODE = 'RA001'; END IF;
    INSERT INTO movements VALUES (organization, skus[i], location, place, movement_ids[i], 'reserve', 0, quantity, hand, promised, 'order', order_id::text, 'user', 'bench', moment);
    explained := explained || format('%s{"sku":"%s","wanted":%s,"allocated":%s,"candidates":[{"locationId":"%s","available":%s,"took":%s,"because":"chosen"}]}',
      CASE WHEN i > 1 THEN ',' END, skus[i], quantity, quantity, location, hand - promised + quantity, quantity);
  END LOOP;
  INSERT INTO order_allocations VALUES (organization, order_id, 1, moment, ('{"policy":"fewestLocations","skus":[' || explained || ']}')::jsonb);
  RETURN answer;
END $$`;

const CALL = `SELECT place_order(${Array.from({ length: 15 }, (_, index) => `$${index + 1}`).join(', ')}) AS answer`;

/** Lines in one order of SKUs, so that two orders never wait for each other in a circle. */
const bySku = (left, right) => (left.sku < right.sku ? -1 : 1);

/** Subject (a): one statement, and so one transaction, for each order. */
export const placeOne =
  ({ pool, organization, location }) =>
  async ({ key, order }) => {
    const lines = order.lines.length === 1 ? order.lines : order.lines.toSorted(bySku);
    const values = [
      ...[organization, location, key, nextId(), nextId(), order.currency],
      ...[JSON.stringify(order.customer), JSON.stringify(order.shippingAddress), order.paymentStatus],
      ...[lines.map(({ sku }) => sku), lines.map(({ quantity }) => quantity), lines.map(({ unitPriceMinor }) => unitPriceMinor)],
      ...[lines.map(nextId), lines.map(nextId), lines.map(nextId)],
    ];
    const { rows } = await pool.query({ name: 'place-order', text: CALL, values });
    return rows[0].answer;
  };
