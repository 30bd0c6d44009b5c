import { tenantPolicies } from './tenant-table.js';

/** Orders, their lines and promises. `order_lines_i4` holds invariant I4; `orders_external` makes one shop order one order (I6). */
export const orders = `
  CREATE TABLE order_numbers (
    organization_id uuid PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    last bigint NOT NULL
  );
  CREATE TABLE orders (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    number text NOT NULL,
    channel_id uuid,
    external_id text,
    external_number text,
    external_updated_at timestamptz,
    status text NOT NULL,
    hold text,
    currency text NOT NULL,
    customer jsonb,
    shipping_address jsonb,
    billing_address jsonb,
    totals jsonb NOT NULL,
    payment_status text NOT NULL,
    payment_method text NOT NULL,
    tags jsonb NOT NULL,
    units bigint NOT NULL,
    placed_at timestamptz NOT NULL,
    purchases integer NOT NULL CHECK (purchases >= 0),
    version integer NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT orders_number UNIQUE (organization_id, number),
    CHECK ((channel_id IS NULL) = (external_id IS NULL)),
    CHECK ((status = 'onHold') = (hold IS NOT NULL)),
    CHECK (status IN ('new', 'backordered', 'reserved', 'readyToShip', 'onHold', 'partiallyShipped', 'shipped', 'delivered', 'cancelled', 'returned'))
  );
  CREATE UNIQUE INDEX orders_external ON orders (organization_id, channel_id, external_id) WHERE channel_id IS NOT NULL;
  CREATE INDEX orders_status ON orders (organization_id, status, id);
  CREATE TABLE order_lines (
    organization_id uuid NOT NULL,
    order_id uuid NOT NULL,
    id uuid NOT NULL,
    position integer NOT NULL,
    sku text COLLATE "C",
    name text NOT NULL,
    ordered bigint NOT NULL,
    pending bigint NOT NULL,
    reserved bigint NOT NULL,
    backordered bigint NOT NULL,
    shipped bigint NOT NULL,
    cancelled bigint NOT NULL,
    unit_price_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    discount_minor bigint NOT NULL,
    external jsonb,
    PRIMARY KEY (organization_id, order_id, id),
    FOREIGN KEY (organization_id, order_id) REFERENCES orders (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, sku) REFERENCES items (organization_id, sku),
    CONSTRAINT order_lines_i4 CHECK (
      least(pending, reserved, backordered, shipped, cancelled) >= 0 AND ordered = pending + reserved + backordered + shipped + cancelled)
  );
  CREATE INDEX order_lines_waiting ON order_lines (organization_id, sku, order_id) WHERE backordered > 0;
  CREATE INDEX order_lines_unmapped ON order_lines (organization_id, id) WHERE sku IS NULL AND pending > 0;
  CREATE TABLE reservations (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    sku text COLLATE "C" NOT NULL,
    location_id uuid NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    status text NOT NULL CHECK (status IN ('open', 'consumed', 'released', 'expired', 'broken')),
    shipment_id uuid,
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (organization_id, id),
    CHECK ((status = 'open') = (ended_at IS NULL)),
    FOREIGN KEY (organization_id, order_id, order_line_id) REFERENCES order_lines (organization_id, order_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, sku, location_id) REFERENCES stock_levels (organization_id, sku, location_id)
  );
  CREATE INDEX reservations_order ON reservations (organization_id, order_id);
  CREATE INDEX reservations_level ON reservations (organization_id, sku, location_id, id) WHERE status = 'open';
  CREATE TABLE order_timeline (
    organization_id uuid NOT NULL,
    order_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor jsonb NOT NULL,
    what text NOT NULL,
    from_status text,
    to_status text,
    text text,
    PRIMARY KEY (organization_id, order_id, id),
    FOREIGN KEY (organization_id, order_id) REFERENCES orders (organization_id, id) ON DELETE CASCADE
  );
  CREATE TABLE order_allocations (
    organization_id uuid NOT NULL,
    order_id uuid NOT NULL,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    explanation jsonb NOT NULL,
    PRIMARY KEY (organization_id, order_id, version),
    FOREIGN KEY (organization_id, order_id) REFERENCES orders (organization_id, id) ON DELETE CASCADE
  );
  ${tenantPolicies(['order_numbers', 'orders', 'order_lines', 'reservations', 'order_timeline', 'order_allocations'])}
`;
