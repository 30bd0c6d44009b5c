import { eventOf, explanationOf, explanationOfOne } from './documents.mjs';
import { actor, hash, lineRows, newOrder, orderRow, scope } from './new-order.mjs';

/** What an order is, beside its lines; first the organization and the location. */
const ORDER = {
  ...{
    shop: 'uuid',
    place: 'uuid',
    asked_key: 'text',
    new_id: 'uuid',
    new_number: 'text',
    entry_id: 'uuid',
    new_currency: 'text',
  },
  ...{
    payment: 'text',
    new_customer: 'json',
    new_address: 'json',
    new_totals: 'json',
    name_found: 'text',
    surname_found: 'text',
    email_found: 'text',
    new_paid: 'bigint',
  },
  ...{ new_units: 'bigint', answer: 'text' },
};
const LINE = {
  ...{
    line_id: 'uuid',
    line_position: 'integer',
    line_sku: 'text',
    line_name: 'text',
    line_quantity: 'bigint',
    line_price: 'bigint',
  },
  ...{ reservation_id: 'uuid', movement_id: 'uuid' },
};

const parameters = (types, suffix = '') =>
  Object.entries(types)
    .map(([name, type]) => `${name} ${type}${suffix}`)
    .join(', ');

/** What an order has once: its key, itself, its timeline and its event. `lines` inserts its lines. A key that is taken is answered. */
const onceAnOrder = (lines) => `
  INSERT INTO idempotency_keys (organization_id, scope, key, fingerprint, status, body)
    VALUES (shop, '${scope}', asked_key, '${hash}', 201, answer) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT k.body FROM idempotency_keys k WHERE k.organization_id = shop AND k.scope = '${scope}' AND k.key = asked_key);
  END IF;
  INSERT INTO orders (organization_id, id, number, status, currency, customer, shipping_address, totals, search_name, search_surname, search_email, payment_status, payment_method, paid_minor, refunded_minor, tags, units, placed_at, purchases, version)
    VALUES (shop, new_id, new_number, 'reserved', new_currency, new_customer, new_address, new_totals, name_found, surname_found, email_found, payment, 'prepaid', new_paid, 0, '[]', new_units, now(), 0, 1);
  INSERT INTO order_lines (organization_id, order_id, id, position, sku, name, ordered, pending, reserved, backordered, shipped, cancelled, unit_price_minor, tax_minor, discount_minor)
    ${lines};
  INSERT INTO order_timeline (organization_id, order_id, id, at, actor, what, to_status)
    VALUES (shop, new_id, entry_id, now(), '${JSON.stringify(actor)}', 'placed', 'reserved');
  INSERT INTO outbox (organization_id, aggregate_id, aggregate_version, type, at, data)
    VALUES (shop, new_id, 1, 'order.placed', now(), ${eventOf({ id: 'new_id', number: 'new_number' })});`;

const RESERVATIONS =
  'reservations (organization_id, id, order_id, order_line_id, sku, location_id, quantity, status, created_at)';
const MOVEMENTS = `movements (organization_id, sku, location_id, number, id, kind, on_hand_delta, reserved_delta, on_hand_after, reserved_after, reference_kind, reference_id,
      actor_kind, actor_id, at, previous_hash, hash)`;
const ALLOCATIONS = 'order_allocations (organization_id, order_id, version, at, explanation)';

const MOVE = `SET reserved = l.reserved + line_quantity, last_number = l.last_number + 1, last_hash = '${hash}'`;
const THERE =
  'l.organization_id = shop AND l.sku = line_sku AND l.location_id = place AND l.on_hand - l.reserved >= line_quantity';
const SHORT = `IF NOT FOUND THEN RAISE EXCEPTION 'insufficient stock' USING ERRCODE = 'RA001'; END IF`;

/**
 * Everything about an order of one line in one call. The level is touched as late as can be, since others wait for it until the end,
 * and what refers to it is written with it.
 */
const placeOneLine = `
CREATE FUNCTION place_one(${parameters({ ...ORDER, ...LINE })}) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  ${onceAnOrder('VALUES (shop, new_id, line_id, line_position, line_sku, line_name, line_quantity, 0, line_quantity, 0, 0, 0, line_price, 0, 0)')}
  WITH level AS (UPDATE stock_levels l ${MOVE} WHERE ${THERE} RETURNING l.on_hand, l.reserved, l.last_number),
  promise AS (INSERT INTO ${RESERVATIONS}
    SELECT shop, reservation_id, new_id, line_id, line_sku, place, line_quantity, 'open', now() FROM level),
  move AS (INSERT INTO ${MOVEMENTS}
    SELECT shop, line_sku, place, last_number, movement_id, 'reserve', 0, line_quantity, on_hand, reserved, 'order', new_id, '${actor.kind}', '${actor.id}', now(), '${hash}', '${hash}' FROM level)
  INSERT INTO ${ALLOCATIONS}
    SELECT shop, new_id, 1, now(), ${explanationOfOne({ location: 'place', sku: 'line_sku', quantity: 'line_quantity', available: 'on_hand - reserved + line_quantity' })} FROM level;
  ${SHORT};
  RETURN answer;
END $$`;

const lines = (columns) => `unnest(${columns.join(', ')})`;

/** The same for several lines, whose levels are touched one after the other. */
const placeSeveralLines = `
CREATE FUNCTION place_several(${parameters(ORDER)}, ${parameters(LINE, '[]')}) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  hand bigint; promised bigint; link bigint;
  hands bigint[]; promises bigint[]; links bigint[];
BEGIN
  ${onceAnOrder(`SELECT shop, new_id, l.id, l.position, l.sku, l.name, l.quantity, 0, l.quantity, 0, 0, 0, l.price, 0, 0
    FROM ${lines(['line_id', 'line_position', 'line_sku', 'line_name', 'line_quantity', 'line_price'])} AS l (id, position, sku, name, quantity, price)`)}
  FOR i IN 1 .. cardinality(line_sku) LOOP
    UPDATE stock_levels l ${MOVE.replaceAll('line_quantity', 'line_quantity[i]')}
      WHERE ${THERE.replaceAll(/line_(sku|quantity)/g, 'line_$1[i]')}
      RETURNING l.on_hand, l.reserved, l.last_number INTO hand, promised, link;
    ${SHORT};
    hands[i] := hand;
    promises[i] := promised;
    links[i] := link;
  END LOOP;
  INSERT INTO ${RESERVATIONS}
    SELECT shop, l.id, new_id, l.line_id, l.sku, place, l.quantity, 'open', now()
    FROM ${lines(['reservation_id', 'line_id', 'line_sku', 'line_quantity'])} AS l (id, line_id, sku, quantity);
  INSERT INTO ${MOVEMENTS}
    SELECT shop, l.sku, place, l.number, l.id, 'reserve', 0, l.quantity, l.hand, l.promised, 'order', new_id, '${actor.kind}', '${actor.id}', now(), '${hash}', '${hash}'
    FROM ${lines(['line_sku', 'links', 'movement_id', 'line_quantity', 'hands', 'promises'])} AS l (sku, number, id, quantity, hand, promised);
  INSERT INTO ${ALLOCATIONS}
    SELECT shop, new_id, 1, now(), ${explanationOf({ location: 'place', sku: 'l.sku', quantity: 'l.quantity', available: 'l.hand - l.promised + l.quantity' })}
    FROM ${lines(['line_sku', 'line_quantity', 'hands', 'promises'])} AS l (sku, quantity, hand, promised);
  RETURN answer;
END $$`;

export const placeOneFunctions = [placeOneLine, placeSeveralLines].join(';\n');

const COUNT = Object.keys({ ...ORDER, ...LINE }).length;
const callOf = (kind) => ({
  name: `place-${kind}`,
  text: `SELECT place_${kind}(${Array.from({ length: COUNT }, (_, index) => `$${index + 1}`).join(', ')}) AS answer`,
});
const calls = { one: callOf('one'), several: callOf('several') };

const orderColumns = [
  ...['id', 'number', 'entry_id', 'currency', 'payment', 'customer', 'address', 'totals'],
  ...['search_name', 'search_surname', 'search_email', 'paid', 'units', 'answer'],
];
const lineColumns = ['id', 'position', 'sku', 'name', 'quantity', 'price', 'reservation_id', 'movement_id'];

/** Subject (a): one statement, and so one transaction, for each order. */
export const placeOne =
  ({ query, organization, location }) =>
  async ({ key, asked }) => {
    const order = newOrder(asked);
    const row = orderRow(order);
    const rows = lineRows(order);
    const ofLines = lineColumns.map((name) => (rows.length === 1 ? rows[0][name] : rows.map((line) => line[name])));
    const ofOrder = [organization, location, key, ...orderColumns.map((name) => row[name])];
    const answered = await query({ ...calls[rows.length === 1 ? 'one' : 'several'], values: [...ofOrder, ...ofLines] });
    return answered.rows[0].answer;
  };
