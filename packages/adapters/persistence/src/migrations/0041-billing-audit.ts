import { tenantPolicies } from './tenant-table.js';

/** What became of each subscription: added to for ever, and never changed (see `appRights`). It holds ids, never personal data. */
export const billingAudit = `
  CREATE TABLE billing_audit (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    cause text NOT NULL,
    before jsonb,
    after jsonb,
    PRIMARY KEY (organization_id, id)
  );
  ${tenantPolicies(['billing_audit'])}
`;
