import { tenantPolicies } from './tenant-table.js';

/** What each organization's last reconciliation came to, for the metrics. */
export const reconciliations = `
  CREATE TABLE reconciliations (
    organization_id uuid PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    at timestamptz NOT NULL,
    oversold_units bigint NOT NULL,
    ledger_drift_units bigint NOT NULL,
    orphaned_reservations bigint NOT NULL
  );
  ${tenantPolicies(['reconciliations'])}
`;
