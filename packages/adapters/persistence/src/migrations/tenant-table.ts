/**
 * What makes a table a tenant's: row-level security that even its owner is under. Without an organization set, no row is seen.
 * After a transaction the setting is an empty text rather than absent, hence `nullif` (facts/reliability §1.5).
 */
export const tenantPolicy = (table: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table}
    USING (organization_id = nullif(current_setting('rappit.organization_id', true), '')::uuid)
    WITH CHECK (organization_id = nullif(current_setting('rappit.organization_id', true), '')::uuid);
`;

export const tenantPolicies = (tables: readonly string[]): string => tables.map(tenantPolicy).join('');
