import { tenantPolicies } from './tenant-table.js';

/** What shops sell, as far as they have told, and what each of their places is to show, was asked to show, and does. */
export const channelStock = `
  CREATE TABLE channel_variants (
    organization_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    external_variant_id text COLLATE "C" NOT NULL,
    external_item_id text COLLATE "C",
    sku text COLLATE "C",
    barcode text,
    name text NOT NULL,
    PRIMARY KEY (organization_id, channel_id, external_variant_id),
    FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE CASCADE
  );
  CREATE TABLE channel_stock (
    organization_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    external_item_id text COLLATE "C" NOT NULL,
    external_location_id text COLLATE "C" NOT NULL,
    sku text COLLATE "C" NOT NULL,
    target integer NOT NULL CHECK (target >= 0),
    changed_at timestamptz NOT NULL,
    submitted integer,
    accepted integer,
    observed integer,
    settles_at timestamptz,
    status text NOT NULL CHECK (status IN ('due', 'shown', 'givenUp')),
    attempts integer NOT NULL,
    due_at timestamptz NOT NULL,
    problem text,
    PRIMARY KEY (organization_id, channel_id, external_item_id, external_location_id),
    FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE CASCADE
  );
  CREATE INDEX channel_stock_due ON channel_stock (organization_id, channel_id, due_at) WHERE status = 'due';
  ${tenantPolicies(['channel_variants', 'channel_stock'])}
`;
