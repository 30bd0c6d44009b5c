/** What was sold, told five ways; what is there, told two ways; and the levels that differ from their own reservations or ledger. */
const BOOKS = `
  WITH m AS MATERIALIZED (SELECT sku, sum(reserved_delta) AS reserved, sum(on_hand_delta) AS on_hand FROM movements GROUP BY sku),
  v AS MATERIALIZED (SELECT sku, sum(quantity) AS quantity FROM reservations WHERE status = 'open' GROUP BY sku)
  SELECT o.orders, o.sold,
    (SELECT count(*) FROM idempotency_keys WHERE scope LIKE 'POST %/orders')::int AS keys,
    (SELECT coalesce(sum(reserved), 0) FROM order_lines)::int AS lines,
    (SELECT coalesce(sum(quantity), 0) FROM v)::int AS reservations,
    (SELECT sum(reserved) FROM m)::int AS ledger,
    (SELECT sum(on_hand) FROM m) AS received,
    l.reserved, l.on_hand, l.differing
  FROM (SELECT count(*)::int AS orders, coalesce(sum(units), 0)::int AS sold FROM orders) o,
    (SELECT sum(l.reserved)::int AS reserved, sum(l.on_hand) AS on_hand,
        array_agg(l.sku) FILTER (WHERE (l.reserved, l.reserved, l.on_hand) IS DISTINCT FROM (coalesce(m.reserved, 0), coalesce(v.quantity, 0), m.on_hand)) AS differing
      FROM stock_levels l LEFT JOIN m ON m.sku = l.sku LEFT JOIN v ON v.sku = l.sku) l`;

/** The books of a subject don't hold: whatever was measured is worth nothing. */
export class WrongBooks extends Error {}

const wrong = (name, found) => {
  throw new WrongBooks(`the books of ${name} are wrong: ${JSON.stringify(found)}`);
};

/** Compares what a subject's database says, in sum and level by level, with what its clients were answered. */
export const checkBooks = async (postgres, { name, database, placed }) => {
  const [found] = await postgres.ask(database, BOOKS);
  const { orders, keys, sold, lines, reservations, reserved, ledger, on_hand, received, differing } = found;
  const told = [sold, lines, reservations, reserved, ledger];
  const holds = orders === placed.orders && keys === placed.orders && told.every((units) => units === placed.units);
  if (!holds || on_hand !== received || differing !== null) wrong(name, { ...found, differing: differing?.slice(0, 10), placed });
};

/** What a subject itself says about its books, its ledger's chain included. */
export const checkOwnWord = async ({ name, reconcile }) => {
  const { levels, lines, complete } = await reconcile();
  if (levels.length > 0 || lines.length > 0 || !complete) wrong(name, { levels, lines, complete });
};
