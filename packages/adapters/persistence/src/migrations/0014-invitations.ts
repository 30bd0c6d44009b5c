import { tenantPolicies } from './tenant-table.js';

/**
 * Addresses that were asked to join. Of a token only its digest is here, and only while it opens something; the door finds the
 * organization by it. Rows that nothing is needed of any more are removed.
 */
export const invitations = `
  CREATE TABLE invitations (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'manager', 'operator')),
    language text NOT NULL,
    invited_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    sent_at timestamptz[] NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    kept_until timestamptz NOT NULL,
    token_hash text COLLATE "C",
    PRIMARY KEY (organization_id, id),
    CHECK (ended_at IS NULL OR token_hash IS NULL)
  );
  CREATE UNIQUE INDEX invitations_email ON invitations (organization_id, lower(email)) WHERE ended_at IS NULL;
  CREATE INDEX invitations_token ON invitations (token_hash) WHERE token_hash IS NOT NULL;
  CREATE INDEX invitations_kept ON invitations (kept_until);
  ${tenantPolicies(['invitations'])}
`;
