/** What was sold, told five ways; and what is there, told two ways. The same tables and names in all subjects' databases. */
const TOTALS = `
  SELECT (SELECT count(*) FROM orders)::int AS orders,
    (SELECT count(*) FROM idempotency_keys WHERE scope LIKE 'POST %/orders')::int AS keys,
    (SELECT coalesce(sum(units), 0) FROM orders)::int AS sold,
    (SELECT coalesce(sum(reserved), 0) FROM order_lines)::int AS lines,
    (SELECT coalesce(sum(quantity), 0) FROM reservations WHERE status = 'open')::int AS reservations,
    l.reserved, m.reserved AS ledger, l.on_hand, m.on_hand AS received
  FROM (SELECT sum(reserved)::int AS reserved, sum(on_hand)::bigint AS on_hand FROM stock_levels) l,
    (SELECT sum(reserved_delta)::int AS reserved, sum(on_hand_delta)::bigint AS on_hand FROM movements) m`;

/** Levels that differ from their own reservations or ledger. */
const LEVELS = `
  SELECT l.sku FROM stock_levels l
    LEFT JOIN (SELECT sku, sum(reserved_delta) AS reserved, sum(on_hand_delta) AS on_hand FROM movements GROUP BY sku) m ON m.sku = l.sku
    LEFT JOIN (SELECT sku, sum(quantity) AS quantity FROM reservations WHERE status = 'open' GROUP BY sku) v ON v.sku = l.sku
  WHERE (l.reserved, l.reserved, l.on_hand) IS DISTINCT FROM (coalesce(m.reserved, 0), coalesce(v.quantity, 0), m.on_hand)
  LIMIT 10`;

/** The books of a subject don't hold: whatever was measured is worth nothing. */
export class WrongBooks extends Error {}

const wrong = (name, found) => {
  throw new WrongBooks(`the books of ${name} are wrong: ${JSON.stringify(found)}`);
};

/** Compares what a subject's database says with what its clients were answered. */
export const checkTotals = async (postgres, { name, database, placed }) => {
  const [found] = await postgres.ask(database, TOTALS);
  const { orders, keys, sold, lines, reservations, reserved, ledger, on_hand, received } = found;
  const units = [sold, lines, reservations, reserved, ledger];
  const holds =
    orders === placed.orders && keys === placed.orders && units.every((one) => one === placed.units) && on_hand === received;
  if (!holds) wrong(name, { ...found, placed });
};

/** The same, level by level. */
export const checkLevels = async (postgres, { name, database }) => {
  const differing = await postgres.ask(database, LEVELS);
  if (differing.length > 0) wrong(name, differing);
};

/** What a subject itself says about its books, its ledger's chain included. */
export const checkOwnWord = async ({ name, reconcile }) => {
  const { levels, lines, complete } = await reconcile();
  if (levels.length > 0 || lines.length > 0 || !complete) wrong(name, { levels, lines, complete });
};
