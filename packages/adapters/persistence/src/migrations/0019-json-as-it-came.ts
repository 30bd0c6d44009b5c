/**
 * Documents that are written with each order and only ever read whole: kept as the text they came as, and not taken apart into jsonb,
 * which cost PostgreSQL as much as all other fields of an order together (docs/adr/0019). Tags stay, since orders are looked for by them.
 */
export const jsonAsItCame = `
  ALTER TABLE orders
    ALTER COLUMN customer TYPE json, ALTER COLUMN shipping_address TYPE json, ALTER COLUMN billing_address TYPE json, ALTER COLUMN totals TYPE json;
  ALTER TABLE order_timeline ALTER COLUMN actor TYPE json;
  ALTER TABLE order_allocations ALTER COLUMN explanation TYPE json;
  ALTER TABLE outbox ALTER COLUMN data TYPE json;
`;
