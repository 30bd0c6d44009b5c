import { tenantPolicies } from './tenant-table.js';

/**
 * Items, locations, levels and the ledger. SKUs and codes are compared by code point (`COLLATE "C"`).
 * `stock_levels_i1` is the last of the three nets under invariant I1. Levels are updated in place, hence the room in their pages.
 */
export const inventory = `
  CREATE TABLE items (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    sku text COLLATE "C" NOT NULL,
    name text NOT NULL,
    barcode text,
    weight_grams bigint,
    dimensions jsonb,
    customs jsonb,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (organization_id, sku)
  );
  CREATE TABLE locations (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    name text NOT NULL,
    address jsonb,
    priority integer NOT NULL,
    active boolean NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT locations_code UNIQUE (organization_id, code)
  );
  CREATE TABLE stock_levels (
    organization_id uuid NOT NULL,
    sku text COLLATE "C" NOT NULL,
    location_id uuid NOT NULL,
    on_hand bigint NOT NULL DEFAULT 0,
    reserved bigint NOT NULL DEFAULT 0,
    safety_stock bigint NOT NULL DEFAULT 0 CHECK (safety_stock >= 0),
    last_number bigint NOT NULL DEFAULT 0,
    last_hash text NOT NULL DEFAULT '',
    PRIMARY KEY (organization_id, sku, location_id),
    FOREIGN KEY (organization_id, sku) REFERENCES items (organization_id, sku) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, location_id) REFERENCES locations (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT stock_levels_i1 CHECK (reserved >= 0 AND reserved <= on_hand)
  ) WITH (fillfactor = 70);
  CREATE TABLE movements (
    organization_id uuid NOT NULL,
    sku text COLLATE "C" NOT NULL,
    location_id uuid NOT NULL,
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    on_hand_delta bigint NOT NULL,
    reserved_delta bigint NOT NULL,
    on_hand_after bigint NOT NULL,
    reserved_after bigint NOT NULL,
    reason text,
    reference_kind text,
    reference_id text,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    at timestamptz NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (organization_id, sku, location_id, number),
    FOREIGN KEY (organization_id, sku, location_id) REFERENCES stock_levels (organization_id, sku, location_id) ON DELETE CASCADE
  );
  CREATE UNIQUE INDEX movements_id ON movements (organization_id, id);
  ${tenantPolicies(['items', 'locations', 'stock_levels', 'movements'])}
`;
