import { tenantPolicies } from './tenant-table.js';

/**
 * Accounts at carriers, and their credentials, sealed and in a table of their own so that no list can carry them along. A row is never
 * deleted: what was begun on an account is looked up, tracked and voided on it. There is one default of a carrier at most.
 */
export const carrierAccounts = `
  CREATE TABLE carrier_accounts (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    carrier text NOT NULL,
    name text NOT NULL,
    number_ending text NOT NULL,
    settings json NOT NULL,
    shipper json,
    default_service text,
    label_format text,
    is_default boolean NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    removed_at timestamptz,
    version integer NOT NULL,
    PRIMARY KEY (organization_id, id)
  );
  CREATE UNIQUE INDEX carrier_accounts_default ON carrier_accounts (organization_id, carrier) WHERE is_default;
  CREATE TABLE carrier_account_secrets (
    organization_id uuid NOT NULL,
    carrier_account_id uuid NOT NULL,
    position integer NOT NULL,
    sealed text NOT NULL,
    PRIMARY KEY (organization_id, carrier_account_id, position),
    FOREIGN KEY (organization_id, carrier_account_id) REFERENCES carrier_accounts (organization_id, id) ON DELETE CASCADE
  );
  ALTER TABLE shipments
    ADD COLUMN carrier_account_id uuid,
    ADD FOREIGN KEY (organization_id, carrier_account_id) REFERENCES carrier_accounts (organization_id, id);
  ${tenantPolicies(['carrier_accounts', 'carrier_account_secrets'])}
`;
