import { tenantPolicies } from './tenant-table.js';

/** Who changed what that matters to security: added to for ever, and never changed (see `appRights`). It holds ids, never personal data. */
export const auditLog = `
  CREATE TABLE audit_log (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    kind text NOT NULL,
    target_id text NOT NULL,
    facts jsonb NOT NULL,
    request_id text,
    PRIMARY KEY (organization_id, id)
  );
  CREATE INDEX audit_log_at ON audit_log (organization_id, at, id);
  CREATE INDEX audit_log_actor ON audit_log (organization_id, actor_id, at, id);
  CREATE INDEX audit_log_kind ON audit_log (organization_id, kind, at, id);
  ${tenantPolicies(['audit_log'])}
`;
