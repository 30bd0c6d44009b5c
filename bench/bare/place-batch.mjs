import { eventOf, explanationOf } from './documents.mjs';
import { actor, hash, lineRows, newOrder, orderRow, scope } from './new-order.mjs';
import { placeOne } from './place-one.mjs';

/** Stops a statement whose row counts aren't as they must be. */
export const mustFunction = `
CREATE FUNCTION must(holds boolean) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF holds THEN RETURN true; END IF;
  RAISE EXCEPTION 'not all of them' USING ERRCODE = 'RA001';
END $$`;

const orderTypes = {
  ...{ key: 'text', id: 'uuid', number: 'text', entry_id: 'uuid', currency: 'text', payment: 'text', customer: 'json' },
  ...{
    address: 'json',
    totals: 'json',
    search_name: 'text',
    search_surname: 'text',
    search_email: 'text',
    paid: 'bigint',
    units: 'bigint',
    answer: 'text',
  },
};
const lineTypes = {
  ...{ n: 'integer', order_id: 'uuid', position: 'integer', id: 'uuid', sku: 'text', name: 'text', quantity: 'bigint' },
  ...{ price: 'bigint', reservation_id: 'uuid', movement_id: 'uuid' },
};

const relation = (types, first) =>
  `unnest(${Object.values(types)
    .map((type, index) => `string_to_array($${first + index}, E'\\x1f')::${type}[]`)
    .join(', ')}) AS r (${Object.keys(types).join(', ')})`;

const explanation = explanationOf({
  location: '$2::text',
  sku: 'sku',
  quantity: 'quantity',
  available: 'on_hand - after + quantity',
});

/** Everything about a batch of orders in one statement: $1 the organization, $2 the location, then a column of the batch each. */
const PLACE = `
  WITH o AS MATERIALIZED (SELECT * FROM ${relation(orderTypes, 3)}),
  l AS MATERIALIZED (SELECT * FROM ${relation(lineTypes, 3 + Object.keys(orderTypes).length)}),
  claimed AS (INSERT INTO idempotency_keys (organization_id, scope, key, fingerprint, status, body)
    SELECT $1::uuid, '${scope}', key, '${hash}', 201, answer FROM o ON CONFLICT DO NOTHING RETURNING 1),
  placed AS (INSERT INTO orders (organization_id, id, number, status, currency, customer, shipping_address, totals, search_name, search_surname, search_email, payment_status, payment_method, paid_minor, refunded_minor, tags, units, placed_at, purchases, version)
    SELECT $1, id, number, 'reserved', currency, customer, address, totals, search_name, search_surname, search_email, payment, 'prepaid', paid, 0, '[]', units, now(), 0, 1 FROM o),
  lines AS (INSERT INTO order_lines (organization_id, order_id, id, position, sku, name, ordered, pending, reserved, backordered, shipped, cancelled, unit_price_minor, tax_minor, discount_minor)
    SELECT $1, order_id, id, position, sku, name, quantity, 0, quantity, 0, 0, 0, price, 0, 0 FROM l),
  promises AS (INSERT INTO reservations (organization_id, id, order_id, order_line_id, sku, location_id, quantity, status, created_at)
    SELECT $1, reservation_id, order_id, id, sku, $2, quantity, 'open', now() FROM l),
  told AS (INSERT INTO order_timeline (organization_id, order_id, id, at, actor, what, to_status)
    SELECT $1, id, entry_id, now(), '${JSON.stringify(actor)}', 'placed', 'reserved' FROM o),
  events AS (INSERT INTO outbox (organization_id, aggregate_id, aggregate_version, type, at, data)
    SELECT $1, id, 1, 'order.placed', now(), ${eventOf({ id: 'id', number: 'number' })} FROM o),
  sums AS MATERIALIZED (SELECT sku, sum(quantity)::bigint AS quantity, count(*) AS count FROM l GROUP BY sku),
  levels AS (UPDATE stock_levels v SET reserved = v.reserved + s.quantity, last_number = v.last_number + s.count, last_hash = '${hash}' FROM sums s
    WHERE v.organization_id = $1 AND v.sku = s.sku AND v.location_id = $2 AND v.on_hand - v.reserved >= s.quantity
    RETURNING v.sku, v.on_hand, v.reserved - s.quantity AS reserved, v.last_number - s.count AS last_number),
  moves AS MATERIALIZED (
    SELECT l.order_id, l.movement_id, l.sku, l.quantity, v.on_hand, v.last_number + row_number() OVER w AS number, v.reserved + sum(l.quantity) OVER w AS after
    FROM l JOIN levels v ON v.sku = l.sku WINDOW w AS (PARTITION BY l.sku ORDER BY l.n ROWS UNBOUNDED PRECEDING)),
  ledger AS (INSERT INTO movements (organization_id, sku, location_id, number, id, kind, on_hand_delta, reserved_delta, on_hand_after, reserved_after, reference_kind, reference_id,
      actor_kind, actor_id, at, previous_hash, hash)
    SELECT $1, sku, $2, number, movement_id, 'reserve', 0, quantity, on_hand, after, 'order', order_id, '${actor.kind}', '${actor.id}', now(), '${hash}', '${hash}' FROM moves),
  explained AS (INSERT INTO order_allocations (organization_id, order_id, version, at, explanation)
    SELECT $1, order_id, 1, now(), ${explanation}
    FROM moves GROUP BY order_id)
  SELECT must((SELECT count(*) FROM claimed) = (SELECT count(*) FROM o) AND (SELECT count(*) FROM levels) = (SELECT count(*) FROM sums))`;

/** No order has more lines, so that a line's place in the batch can be counted. */
const MAX_LINES = 1_000;

const columns = (types, rows) => Object.keys(types).map((name) => rows.map((row) => row[name]).join('\x1f'));

/** All rows of an order, made when it is asked for: while a batch is away the server has nothing better to do. */
const rowsOf = ({ key, asked }) => {
  const order = newOrder(asked);
  return { order: { key, ...orderRow(order) }, lines: lineRows(order) };
};

const placeAll = async ({ query, organization, location }, batch) => {
  const orders = batch.map(({ rows }) => rows.order);
  const lines = batch.flatMap(({ rows }, at) =>
    rows.lines.map((line) => ({ n: at * MAX_LINES + line.position, order_id: rows.order.id, ...line })),
  );
  const values = [organization, location, ...columns(orderTypes, orders), ...columns(lineTypes, lines)];
  await query({ name: 'place-batch', text: PLACE, values });
  return orders.map(({ answer }) => answer);
};

const MAX_ORDERS = 200;

/**
 * Subject (b): one lane; what comes while a batch is away goes with the next, which leaves before those of the last are answered.
 * A batch that fails is placed one by one.
 */
export const placeBatched = (deps) => {
  const waiting = [];
  const alone = placeOne(deps);
  let running = false;
  const oneByOne = async (batch, error) => {
    console.error('a batch is placed one by one:', error.message);
    for (const { resolve, reject, one } of batch) await alone(one).then(resolve, reject);
  };
  const drive = async () => {
    running = true;
    let tell = () => {};
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_ORDERS);
      const placing = placeAll(deps, batch);
      setImmediate(tell);
      try {
        const answers = await placing;
        tell = () => {
          for (const [index, { resolve }] of batch.entries()) resolve(answers[index]);
        };
      } catch (error) {
        tell = () => {};
        await oneByOne(batch, error);
      }
    }
    running = false;
    tell();
  };
  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, rows: rowsOf(one), resolve, reject });
      if (!running) void drive();
    });
};
