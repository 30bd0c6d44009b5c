/**
 * The rows that an order of ours makes, in tables without policies, foreign keys, hash chain or second index: nothing but the
 * keys that keep an order, a line and an idempotency key from being stored twice, and the guard on the level.
 */
export const tables = `
  CREATE SEQUENCE order_numbers START 1001 CACHE 100;
  CREATE TABLE stock_levels (
    organization_id uuid NOT NULL, sku text COLLATE "C" NOT NULL, location_id uuid NOT NULL,
    on_hand bigint NOT NULL, reserved bigint NOT NULL DEFAULT 0, last_number bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organization_id, sku, location_id),
    CHECK (reserved BETWEEN 0 AND on_hand)
  ) WITH (fillfactor = 70);
  CREATE TABLE movements (
    organization_id uuid NOT NULL, sku text COLLATE "C" NOT NULL, location_id uuid NOT NULL, number bigint NOT NULL, id uuid NOT NULL,
    kind text NOT NULL, on_hand_delta bigint NOT NULL, reserved_delta bigint NOT NULL, on_hand_after bigint NOT NULL,
    reserved_after bigint NOT NULL, reference_kind text, reference_id text, actor_kind text NOT NULL, actor_id text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, sku, location_id, number)
  );
  CREATE TABLE orders (
    organization_id uuid NOT NULL, id uuid NOT NULL, number text NOT NULL, status text NOT NULL, currency text NOT NULL,
    customer jsonb, shipping_address jsonb, totals jsonb NOT NULL, payment_status text NOT NULL, payment_method text NOT NULL,
    tags jsonb NOT NULL, units bigint NOT NULL, placed_at timestamptz NOT NULL, version integer NOT NULL,
    PRIMARY KEY (organization_id, id), UNIQUE (organization_id, number)
  );
  CREATE TABLE order_lines (
    organization_id uuid NOT NULL, order_id uuid NOT NULL, id uuid NOT NULL, position integer NOT NULL, sku text COLLATE "C",
    name text NOT NULL, ordered bigint NOT NULL, pending bigint NOT NULL, reserved bigint NOT NULL, backordered bigint NOT NULL,
    shipped bigint NOT NULL, cancelled bigint NOT NULL, unit_price_minor bigint NOT NULL, tax_minor bigint NOT NULL,
    discount_minor bigint NOT NULL,
    PRIMARY KEY (organization_id, order_id, id)
  );
  CREATE TABLE reservations (
    organization_id uuid NOT NULL, id uuid NOT NULL, order_id uuid NOT NULL, order_line_id uuid NOT NULL, sku text COLLATE "C" NOT NULL,
    location_id uuid NOT NULL, quantity bigint NOT NULL, status text NOT NULL, created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, id)
  );
  CREATE TABLE order_timeline (
    organization_id uuid NOT NULL, order_id uuid NOT NULL, id uuid NOT NULL, at timestamptz NOT NULL, actor jsonb NOT NULL,
    what text NOT NULL, from_status text, to_status text,
    PRIMARY KEY (organization_id, order_id, id)
  );
  CREATE TABLE order_allocations (
    organization_id uuid NOT NULL, order_id uuid NOT NULL, version integer NOT NULL, at timestamptz NOT NULL, explanation jsonb NOT NULL,
    PRIMARY KEY (organization_id, order_id, version)
  );
  CREATE TABLE outbox (
    organization_id uuid NOT NULL, aggregate_id text COLLATE "C" NOT NULL, aggregate_version integer NOT NULL, type text NOT NULL,
    at timestamptz NOT NULL, data jsonb NOT NULL, status text NOT NULL DEFAULT 'due', due_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, aggregate_id, aggregate_version)
  );
  CREATE TABLE idempotency_keys (
    organization_id uuid NOT NULL, scope text NOT NULL, key text NOT NULL, claimed_at timestamptz NOT NULL DEFAULT now(),
    status integer NOT NULL, body text NOT NULL,
    PRIMARY KEY (organization_id, scope, key)
  );`;
