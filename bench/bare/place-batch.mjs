import { nextId } from './ids.mjs';
import { placeOne } from './place-one.mjs';

/** Stops a statement whose row counts aren't as they must be. */
export const mustFunction = `
CREATE FUNCTION must(holds boolean) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF holds THEN RETURN true; END IF;
  RAISE EXCEPTION 'not all of them' USING ERRCODE = 'RA001';
END $$`;

const orderTypes = {
  n: 'integer',
  id: 'uuid',
  key: 'text',
  entry_id: 'uuid',
  currency: 'text',
  customer: 'jsonb',
  address: 'jsonb',
  payment: 'text',
  units: 'bigint',
  total: 'bigint',
};
const lineTypes = {
  n: 'integer',
  order_id: 'uuid',
  id: 'uuid',
  position: 'integer',
  sku: 'text',
  quantity: 'bigint',
  price: 'bigint',
  reservation_id: 'uuid',
  movement_id: 'uuid',
};

const relation = (alias, types, first) =>
  `unnest(${Object.values(types)
    .map((type, index) => `$${first + index}::${type}[]`)
    .join(', ')}) AS ${alias} (${Object.keys(types).join(', ')})`;

/** Everything about a batch of orders in one statement: $1 the organization, $2 the location, then a column of the batch each. */
const PLACE = `
  WITH o AS MATERIALIZED (SELECT o.*, nextval('order_numbers')::text AS number FROM ${relation('o', orderTypes, 3)}),
  l AS MATERIALIZED (SELECT * FROM ${relation('l', lineTypes, 3 + Object.keys(orderTypes).length)}),
  claimed AS (INSERT INTO idempotency_keys (organization_id, scope, key, status, body)
    SELECT $1::uuid, 'POST /orders', key, 201, '{"id":"' || id || '","number":"' || number || '","status":"reserved"}' FROM o ON CONFLICT DO NOTHING RETURNING 1),
  placed AS (INSERT INTO orders SELECT $1, id, number, 'reserved', currency, customer, address,
    jsonb_build_object('subtotalMinor', total, 'discountMinor', 0, 'taxMinor', 0, 'shippingMinor', 0, 'totalMinor', total), payment, 'prepaid', '[]', units, now(), 1 FROM o),
  lines AS (INSERT INTO order_lines SELECT $1, order_id, id, position, sku, sku, quantity, 0, quantity, 0, 0, 0, price, 0, 0 FROM l),
  promises AS (INSERT INTO reservations SELECT $1, reservation_id, order_id, id, sku, $2, quantity, 'open', now() FROM l),
  told AS (INSERT INTO order_timeline SELECT $1, id, entry_id, now(), '{"kind":"user","id":"bench","name":"Bench"}', 'placed', NULL, 'reserved' FROM o),
  events AS (INSERT INTO outbox (organization_id, aggregate_id, aggregate_version, type, at, data)
    SELECT $1, id, 1, 'order.placed', now(), jsonb_build_object('orderId', id, 'number', number, 'status', 'reserved') FROM o),
  sums AS MATERIALIZED (SELECT sku, sum(quantity)::bigint AS quantity, count(*) AS count FROM l GROUP BY sku),
  levels AS (UPDATE stock_levels v SET reserved = v.reserved + s.quantity, last_number = v.last_number + s.count FROM sums s
    WHERE v.organization_id = $1 AND v.sku = s.sku AND v.location_id = $2 AND v.on_hand - v.reserved >= s.quantity
    RETURNING v.sku, v.on_hand, v.reserved - s.quantity AS reserved, v.last_number - s.count AS last_number),
  moves AS MATERIALIZED (
    SELECT l.order_id, l.movement_id, l.sku, l.quantity, v.on_hand, v.last_number + row_number() OVER w AS number, v.reserved + sum(l.quantity) OVER w AS after
    FROM l JOIN levels v ON v.sku = l.sku WINDOW w AS (PARTITION BY l.sku ORDER BY l.n ROWS UNBOUNDED PRECEDING)),
  ledger AS (INSERT INTO movements
    SELECT $1, sku, $2, number, movement_id, 'reserve', 0, quantity, on_hand, after, 'order', order_id::text, 'user', 'bench', now() FROM moves),
  explained AS (INSERT INTO order_allocations SELECT $1, order_id, 1, now(), jsonb_build_object('policy', 'fewestLocations', 'skus',
    jsonb_agg(jsonb_build_object('sku', sku, 'wanted', quantity, 'allocated', quantity, 'candidates',
      jsonb_build_array(jsonb_build_object('locationId', $2::uuid, 'available', on_hand - after + quantity, 'took', quantity, 'because', 'chosen')))))
    FROM moves GROUP BY order_id)
  SELECT array_agg(number ORDER BY n) AS numbers,
    must((SELECT count(*) FROM claimed) = count(*) AND (SELECT count(*) FROM levels) = (SELECT count(*) FROM sums)) FROM o`;

const sum = (lines, part) => lines.reduce((total, line) => total + part(line), 0);

const rowsOf = (batch) => {
  const orders = batch.map(({ key, order }, n) => ({
    ...{ n, id: nextId(), key, entry_id: nextId(), currency: order.currency, payment: order.paymentStatus },
    ...{ customer: JSON.stringify(order.customer), address: JSON.stringify(order.shippingAddress) },
    units: sum(order.lines, ({ quantity }) => quantity),
    total: sum(order.lines, ({ quantity, unitPriceMinor }) => quantity * unitPriceMinor),
  }));
  const lines = batch.flatMap(({ order }, at) =>
    order.lines.map(({ sku, quantity, unitPriceMinor: price }, position) => ({
      ...{ n: at * 1_000 + position, order_id: orders[at].id, id: nextId(), position, sku, quantity, price },
      ...{ reservation_id: nextId(), movement_id: nextId() },
    })),
  );
  return { orders, lines };
};

const columns = (types, rows) => Object.keys(types).map((name) => rows.map((row) => row[name]));

const placeAll = async ({ pool, organization, location }, batch) => {
  const { orders, lines } = rowsOf(batch);
  const values = [organization, location, ...columns(orderTypes, orders), ...columns(lineTypes, lines)];
  const { rows } = await pool.query({ name: 'place-batch', text: PLACE, values });
  return orders.map(({ id }, index) => `{"id":"${id}","number":"${rows[0].numbers[index]}","status":"reserved"}`);
};

const MAX_ORDERS = 200;

/** Subject (b): one lane; what comes while a batch is away goes with the next. A batch that fails is placed one by one. */
export const placeBatched = (deps) => {
  const waiting = [];
  const alone = placeOne(deps);
  let running = false;
  const drive = async () => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_ORDERS);
      try {
        const answers = await placeAll(deps, batch);
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index]);
      } catch {
        for (const { resolve, reject, ...asked } of batch) await alone(asked).then(resolve, reject);
      }
    }
    running = false;
  };
  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ ...asked, resolve, reject });
      if (!running) void drive();
    });
};
