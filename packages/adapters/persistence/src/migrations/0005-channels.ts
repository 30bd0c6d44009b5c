import { tenantPolicies } from './tenant-table.js';

/** Shops, what they call our goods, and their secrets, sealed and in a table of their own so that no list can carry them along. */
export const channels = `
  CREATE TABLE channels (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    shop_domain text NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT channels_shop UNIQUE (organization_id, kind, shop_domain)
  );
  CREATE INDEX channels_domain ON channels (shop_domain, kind);
  CREATE TABLE channel_secrets (
    organization_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    position integer NOT NULL,
    sealed text NOT NULL,
    PRIMARY KEY (organization_id, channel_id, position),
    FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE CASCADE
  );
  CREATE TABLE listings (
    organization_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    external_variant_id text COLLATE "C" NOT NULL,
    sku text COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, channel_id, external_variant_id),
    FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, sku) REFERENCES items (organization_id, sku)
  );
  ALTER TABLE orders ADD FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id);
  ${tenantPolicies(['channels', 'channel_secrets', 'listings'])}
`;
