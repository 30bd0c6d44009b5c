import { tenantPolicies } from './tenant-table.js';

/** Programs that act for an organization. Of a secret only its hash is here; the door finds a key by it. */
export const apiKeys = `
  CREATE TABLE api_keys (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    name text NOT NULL,
    prefix text NOT NULL,
    secret_hash text COLLATE "C" NOT NULL,
    scopes jsonb NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (organization_id, id)
  );
  CREATE INDEX api_keys_hash ON api_keys (secret_hash) WHERE revoked_at IS NULL;
  ${tenantPolicies(['api_keys'])}
`;
