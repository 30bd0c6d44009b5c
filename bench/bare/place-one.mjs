import { eventOf, explanationOf } from './documents.mjs';
import { actor, hash, lineRows, newOrder, orderRow, scope } from './new-order.mjs';

/** The lines of an order as a relation. One line alone needs no function that returns rows, which is what most orders are spared. */
const relations = {
  one: (columns) => `(VALUES (${columns.map((name) => `${name}[1]`).join(', ')}))`,
  several: (columns) => `unnest(${columns.join(', ')})`,
};

const explanation = explanationOf({
  location: 'place',
  sku: 'l.sku',
  quantity: 'l.quantity',
  available: 'l.hand - l.promised + l.quantity',
});

/**
 * Everything about one order in one call. The level is touched as late as can be, since others wait for it until the end; what
 * refers to it is written after it, when it is locked anyway.
 */
const placeOrder = (kind) => {
  const lines = relations[kind];
  return `
CREATE FUNCTION place_${kind}(
  shop uuid, place uuid, asked_key text, new_id uuid, new_number text, entry_id uuid, new_currency text, payment text, new_customer json,
  new_address json, new_totals json, new_units bigint, answer text, line_ids uuid[], positions integer[], skus text[], names text[], quantities bigint[],
  prices bigint[], reservation_ids uuid[], movement_ids uuid[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := now();
  hand bigint; promised bigint; link bigint;
  hands bigint[]; promises bigint[]; links bigint[];
BEGIN
  INSERT INTO idempotency_keys (organization_id, scope, key, fingerprint, status, body)
    VALUES (shop, '${scope}', asked_key, '${hash}', 201, answer) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT k.body FROM idempotency_keys k WHERE k.organization_id = shop AND k.scope = '${scope}' AND k.key = asked_key);
  END IF;
  INSERT INTO orders (organization_id, id, number, status, currency, customer, shipping_address, totals, payment_status, payment_method, tags, units, placed_at, purchases, version)
    VALUES (shop, new_id, new_number, 'reserved', new_currency, new_customer, new_address, new_totals, payment, 'prepaid', '[]', new_units, moment, 0, 1);
  INSERT INTO order_lines (organization_id, order_id, id, position, sku, name, ordered, pending, reserved, backordered, shipped, cancelled, unit_price_minor, tax_minor, discount_minor)
    SELECT shop, new_id, l.id, l.position, l.sku, l.name, l.quantity, 0, l.quantity, 0, 0, 0, l.price, 0, 0
    FROM ${lines(['line_ids', 'positions', 'skus', 'names', 'quantities', 'prices'])} AS l (id, position, sku, name, quantity, price);
  INSERT INTO order_timeline (organization_id, order_id, id, at, actor, what, to_status)
    VALUES (shop, new_id, entry_id, moment, '${JSON.stringify(actor)}', 'placed', 'reserved');
  INSERT INTO outbox (organization_id, aggregate_id, aggregate_version, type, at, data)
    VALUES (shop, new_id, 1, 'order.placed', moment, ${eventOf({ id: 'new_id', number: 'new_number' })});
  FOR i IN 1 .. cardinality(skus) LOOP
    UPDATE stock_levels l SET reserved = l.reserved + quantities[i], last_number = l.last_number + 1, last_hash = '${hash}'
      WHERE l.organization_id = shop AND l.sku = skus[i] AND l.location_id = place AND l.on_hand - l.reserved >= quantities[i]
      RETURNING l.on_hand, l.reserved, l.last_number INTO hand, promised, link;
    IF NOT FOUND THEN RAISE EXCEPTION 'insufficient stock' USING ERRCODE = 'RA001'; END IF;
    hands[i] := hand;
    promises[i] := promised;
    links[i] := link;
  END LOOP;
  INSERT INTO reservations (organization_id, id, order_id, order_line_id, sku, location_id, quantity, status, created_at)
    SELECT shop, l.id, new_id, l.line_id, l.sku, place, l.quantity, 'open', moment
    FROM ${lines(['reservation_ids', 'line_ids', 'skus', 'quantities'])} AS l (id, line_id, sku, quantity);
  INSERT INTO movements (organization_id, sku, location_id, number, id, kind, on_hand_delta, reserved_delta, on_hand_after, reserved_after, reference_kind, reference_id,
      actor_kind, actor_id, at, previous_hash, hash)
    SELECT shop, l.sku, place, l.number, l.id, 'reserve', 0, l.quantity, l.hand, l.promised, 'order', new_id, '${actor.kind}', '${actor.id}', moment, '${hash}', '${hash}'
    FROM ${lines(['skus', 'links', 'movement_ids', 'quantities', 'hands', 'promises'])} AS l (sku, number, id, quantity, hand, promised);
  INSERT INTO order_allocations (organization_id, order_id, version, at, explanation)
    SELECT shop, new_id, 1, moment, ${explanation}
    FROM ${lines(['skus', 'quantities', 'hands', 'promises'])} AS l (sku, quantity, hand, promised);
  RETURN answer;
END $$`;
};

export const placeOneFunctions = [placeOrder('one'), placeOrder('several')].join(';\n');

const lineColumns = ['id', 'position', 'sku', 'name', 'quantity', 'price', 'reservation_id', 'movement_id'];
const PARAMETERS = 13 + lineColumns.length;
const callOf = (kind) => ({
  name: `place-${kind}`,
  text: `SELECT place_${kind}(${Array.from({ length: PARAMETERS }, (_, index) => `$${index + 1}`).join(', ')}) AS answer`,
});
const calls = { one: callOf('one'), several: callOf('several') };

const column = (rows, name) => rows.map((row) => row[name]);

/** Subject (a): one statement, and so one transaction, for each order. */
export const placeOne =
  ({ query, organization, location }) =>
  async ({ key, asked }) => {
    const order = newOrder(asked);
    const { id, number, entry_id, currency, payment, customer, address, totals, units, answer } = orderRow(order);
    const lines = lineRows(order);
    const values = [
      ...[organization, location, key, id, number, entry_id, currency, payment, customer, address, totals, units, answer],
      ...lineColumns.map((name) => column(lines, name)),
    ];
    const { rows } = await query({ ...calls[lines.length === 1 ? 'one' : 'several'], values });
    return rows[0].answer;
  };
