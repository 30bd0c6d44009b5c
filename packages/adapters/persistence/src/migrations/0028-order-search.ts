import { tenantPolicies } from './tenant-table.js';

/**
 * What orders are looked for by. Under row-level security an index serves only comparisons that PostgreSQL knows to tell nothing of a row
 * that is hidden (LEAKPROOF): comparing columns is one, `lower()` of them isn't. So what is searched is a column, kept by PostgreSQL
 * itself; and tags, which a jsonb index would serve only without policies, have a table of their own.
 */
export const orderSearch = `
  ALTER TABLE orders
    ADD COLUMN search_name text COLLATE "C" GENERATED ALWAYS AS (left(lower(customer->>'name'), 100)) STORED,
    ADD COLUMN search_surname text COLLATE "C" GENERATED ALWAYS AS (left(lower(substring(customer->>'name' from '\\s(\\S+)\\s*$')), 100)) STORED,
    ADD COLUMN search_email text COLLATE "C" GENERATED ALWAYS AS (left(lower(customer->>'email'), 254)) STORED;
  CREATE INDEX orders_placed ON orders (organization_id, placed_at, id);
  CREATE INDEX orders_channel ON orders (organization_id, channel_id, id) WHERE channel_id IS NOT NULL;
  CREATE INDEX orders_external_id ON orders (organization_id, external_id) WHERE external_id IS NOT NULL;
  CREATE INDEX orders_external_number ON orders (organization_id, external_number) WHERE external_number IS NOT NULL;
  CREATE INDEX orders_name ON orders (organization_id, search_name, id) WHERE search_name IS NOT NULL;
  CREATE INDEX orders_surname ON orders (organization_id, search_surname, id) WHERE search_surname IS NOT NULL;
  CREATE INDEX orders_email ON orders (organization_id, search_email, id) WHERE search_email IS NOT NULL;
  CREATE INDEX order_lines_sku ON order_lines (organization_id, sku, order_id) WHERE sku IS NOT NULL;
  CREATE TABLE order_tags (
    organization_id uuid NOT NULL,
    tag text COLLATE "C" NOT NULL,
    order_id uuid NOT NULL,
    PRIMARY KEY (organization_id, tag, order_id)
  );
  CREATE INDEX order_tags_order ON order_tags (organization_id, order_id);
  ${tenantPolicies(['order_tags'])}
  DO $$
  DECLARE owner_of_rows uuid;
  BEGIN
    FOR owner_of_rows IN SELECT id FROM organizations LOOP
      PERFORM set_config('rappit.organization_id', owner_of_rows::text, true);
      INSERT INTO order_tags (organization_id, tag, order_id)
        SELECT DISTINCT o.organization_id, t.tag, o.id FROM orders o, jsonb_array_elements_text(o.tags) AS t(tag)
        WHERE o.organization_id = owner_of_rows AND length(t.tag) <= 200;
    END LOOP;
    PERFORM set_config('rappit.organization_id', '', true);
  END $$;
`;
