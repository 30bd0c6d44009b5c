/** Orders of two years, by SQL, since asking for a million would take hours. The same number makes the same orders but for their moment. */

/** How often something happens among `n`, evenly from 0 up to 1; each `salt` is a chance of its own. */
const chance = (salt, n = 'n') => `((hashint8extended((${n})::bigint, ${salt}) & 1048575) / 1048576.0)`;

const DAYS = 730;
/** The last of them haven't all gone out yet. None is `new`: Rappit's sweep would try its units while lists are asked for. */
const RECENT = 0.985;
const SKUS = 1_000;
export const skuOf = (rank) => `SKU-${String(rank).padStart(5, '0')}`;

const FIRST = 'Amal Noor Lina Omar Sara Yusuf Mina Karim Hana Tariq Greta Jonas Lena Paul Emma Luis Ines Marek Zofia Anna'.split(
  ' ',
);
const ONSETS = 'Har Sal Bren Kow Lind Mor Fis Web Ros Tan'.split(' ');
const ENDS = 'bi man ner alski berg etti cher elo sen aka ow ina ter ez ard ulu holm ak ini off'.split(' ');

const textArray = (words) => `ARRAY['${words.join(`','`)}']`;
const pick = (words, index) => `(${textArray(words)})[1 + (${index})::int % ${words.length}]`;

/** UUIDs of version 7 with the moment at which an order arrived, which isn't quite the moment at which it was placed. */
const uuid = (moment, tail) =>
  `(lpad(to_hex((extract(epoch FROM ${moment}) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(${tail}), 15, '0'))::uuid`;

/** $1 orders, the oldest first; every third is of a customer who comes back, four of five come from a shop, some of those days late. */
const MADE = `
  CREATE TEMP TABLE made AS
  SELECT m.*, ${uuid('arrived_at', 'n * 8')} AS id, ${pick(FIRST, 'buyer')} AS first,
    ${pick(ONSETS, `buyer / ${FIRST.length}`)} || ${pick(ENDS, `buyer / ${FIRST.length * ONSETS.length}`)} AS last,
    CASE WHEN status = 'partiallyShipped' THEN greatest(lines_drawn, 2) ELSE lines_drawn END AS lines
  FROM (
    SELECT n, placed_at, CASE WHEN shop IS NOT NULL AND late < 0.05 THEN least(placed_at + late * interval '60 days', now()) ELSE placed_at END AS arrived_at,
      shop, floor(${chance(4)} * greatest($1::int / 3, 1))::bigint AS buyer,
      (1 + floor(3.5 * power(${chance(5)}, 3)))::int AS lines_drawn,
      CASE WHEN n > $1::int * ${RECENT} THEN CASE
          WHEN s < 0.4 THEN 'reserved' WHEN s < 0.6 THEN 'readyToShip' WHEN s < 0.8 THEN 'backordered'
          WHEN s < 0.9 THEN 'onHold' WHEN s < 0.95 THEN 'partiallyShipped' ELSE 'shipped' END
        ELSE CASE
          WHEN s < 0.9 THEN 'delivered' WHEN s < 0.955 THEN 'cancelled' WHEN s < 0.985 THEN 'returned' WHEN s < 0.995 THEN 'shipped'
          WHEN s < 0.998 THEN 'onHold' ELSE 'backordered' END
      END AS status,
      to_jsonb(array_remove(ARRAY[
        CASE WHEN ${chance(6)} < 0.05 THEN 'gift' END, CASE WHEN ${chance(7)} < 0.005 THEN 'vip' END,
        CASE WHEN ${chance(8)} < 0.3 THEN 'campaign-' || n % 100 END], NULL)) AS tags
    FROM (
      SELECT n, $2::timestamptz - interval '${DAYS} days' * (1 - n / ($1::int + 1.0)) AS placed_at, ${chance(1)} AS s, ${chance(2)} AS late,
        CASE WHEN ${chance(3)} < 0.7 THEN 1 WHEN ${chance(3)} < 0.8 THEN 2 END AS shop
      FROM generate_series(1, $1::int) n) drawn) m`;

const MADE_LINES = `
  CREATE TEMP TABLE made_lines AS
  SELECT made.n, made.id AS order_id, ${uuid('made.arrived_at', 'n * 8 + position + 1')} AS id, position, made.status,
    'SKU-' || lpad(floor(${SKUS} * power(${chance(9, 'n * 8 + position')}, 3))::text, 5, '0') AS sku
  FROM made, generate_series(0, made.lines - 1) position`;

const ORDERS = `
  INSERT INTO orders (organization_id, id, number, channel_id, external_id, external_number, external_updated_at, status, hold, currency,
    customer, search_name, search_surname, search_email, shipping_address, billing_address, totals, payment_status, payment_method, paid_minor, refunded_minor, tags, units, placed_at, purchases, version)
  SELECT $1, id, (1000 + n)::text, shop_id, CASE WHEN shop IS NOT NULL THEN '57' || lpad(n::text, 11, '0') END,
    CASE WHEN shop IS NOT NULL THEN '#' || 1000 + n END, CASE WHEN shop IS NOT NULL THEN placed_at END,
    status, CASE WHEN status = 'onHold' THEN 'manual' END, 'EUR', customer, lower(customer->>'name'), lower(last), customer->>'email', address, address,
    json_build_object('subtotalMinor', lines * 1900, 'discountMinor', 0, 'taxMinor', 0, 'shippingMinor', 0, 'totalMinor', lines * 1900),
    'paid', 'prepaid', lines * 1900, 0, tags, lines, placed_at, 0, 1
  FROM (
    SELECT made.*, (ARRAY[$2, $3]::uuid[])[shop] AS shop_id,
      json_build_object('externalId', CASE WHEN shop IS NOT NULL THEN '88' || buyer END, 'name', first || ' ' || last,
        'email', lower(first || '.' || last || '.' || buyer || '@example.com'), 'phone', '+49 30 5550100') AS customer,
      json_build_object('name', first || ' ' || last, 'company', NULL, 'lines', json_build_array('Lindenstrasse ' || n % 200), 'city', 'Berlin',
        'region', NULL, 'postalCode', '10969', 'countryCode', 'DE', 'phone', NULL, 'email', NULL) AS address
    FROM made) o
  ORDER BY n`;

const gone = `('shipped', 'delivered', 'returned')`;
const counted = (condition) => `(${condition})::int`;
const partly = `status = 'partiallyShipped'`;
const LINES = `
  INSERT INTO order_lines (organization_id, order_id, id, position, sku, name, ordered, pending, reserved, backordered, shipped, cancelled,
    on_returns, returned, unit_price_minor, tax_minor, discount_minor)
  SELECT $1, order_id, id, position, sku, 'Goods ' || sku, 1, 0,
    ${counted(`status IN ('reserved', 'readyToShip', 'onHold') OR ${partly} AND position > 0`)}, ${counted(`status = 'backordered'`)},
    ${counted(`status IN ${gone} OR ${partly} AND position = 0`)}, ${counted(`status = 'cancelled'`)},
    0, ${counted(`status = 'returned'`)}, 1900, 0, 0
  FROM made_lines ORDER BY n, position`;
const TAGS = `
  INSERT INTO order_tags (organization_id, tag, order_id) SELECT $1, jsonb_array_elements_text(tags), id FROM made ORDER BY n`;
const NUMBERS = `
  INSERT INTO order_numbers (organization_id, last) VALUES ($1, $2)
  ON CONFLICT (organization_id) DO UPDATE SET last = excluded.last`;
const ITEMS = `
  INSERT INTO items (organization_id, sku, name, created_at)
  SELECT $1, 'SKU-' || lpad(n::text, 5, '0'), 'Goods', now() FROM generate_series(0, ${SKUS} - 1) n ON CONFLICT DO NOTHING`;
/** Nobody asks them for anything: they aren't connected any more. */
const SHOP = `
  INSERT INTO channels (organization_id, id, kind, name, shop_domain, status, created_at)
  VALUES ($1, gen_random_uuid(), 'shopify', 'A shop', $2, 'disconnected', now()) RETURNING id`;

/**
 * Fills an organization with so many orders, with everything that their lists read, as the superuser, whom no policy and no foreign key
 * holds up. Answers its two shops.
 */
export const fill = async (ask, { organizationId, orders, at }) => {
  await ask(ITEMS, [organizationId]);
  const shops = [];
  for (const name of ['first', 'second']) shops.push((await ask(SHOP, [organizationId, `${name}.example.com`]))[0].id);
  await ask(`SET session_replication_role = 'replica'`);
  await ask(MADE, [orders, at]);
  await ask(MADE_LINES);
  await ask(ORDERS, [organizationId, ...shops]);
  await ask(LINES, [organizationId]);
  await ask(TAGS, [organizationId]);
  await ask(NUMBERS, [organizationId, 1_000 + orders]);
  await ask('DROP TABLE made, made_lines');
  await ask(`SET session_replication_role = 'origin'`);
  return shops;
};
