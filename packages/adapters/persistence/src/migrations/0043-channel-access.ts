import { tenantPolicies } from './tenant-table.js';

/**
 * How shops are reached: what their owners let us have, sealed, which one renews at a time; and who has set out to connect one. What a channel that was
 * there before lets us have is nothing: it only tells us of its orders.
 */
export const channelAccess = `
  ALTER TABLE channels
    ADD COLUMN access text NOT NULL DEFAULT 'webhookSecret',
    ADD COLUMN buffer integer NOT NULL DEFAULT 0,
    ADD COLUMN locations json NOT NULL DEFAULT '[]';
  CREATE TABLE channel_credentials (
    organization_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    position integer NOT NULL DEFAULT 0 CHECK (position = 0),
    sealed text NOT NULL,
    version integer NOT NULL,
    expires_at timestamptz,
    renewable_until timestamptz,
    renewing_until timestamptz,
    PRIMARY KEY (organization_id, channel_id),
    FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE CASCADE
  );
  CREATE INDEX channel_credentials_ending ON channel_credentials (organization_id, expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE channel_connections (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    token_hash text COLLATE "C" NOT NULL,
    browser_hash text,
    kind text NOT NULL,
    shop_domain text NOT NULL,
    name text,
    user_id text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, token_hash)
  );
  CREATE INDEX channel_connections_token ON channel_connections (token_hash);
  ${tenantPolicies(['channel_credentials', 'channel_connections'])}
`;
