import { tenantPolicies } from './tenant-table.js';

/**
 * Labels that were asked back, and pickups. A pickup's row is written before the carrier is asked. The index of labels is small: a row is
 * in it only while the carrier's answer is owed.
 */
export const pickups = `
  ALTER TABLE shipments ADD COLUMN void_asked_at timestamptz;
  CREATE INDEX shipments_asked_back ON shipments (organization_id, purchase_started_at) WHERE status = 'labelled' AND void_asked_at IS NOT NULL;
  CREATE TABLE pickups (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    carrier text NOT NULL,
    carrier_account_id uuid,
    location_id uuid,
    shipment_ids json NOT NULL,
    wanted json NOT NULL,
    status text NOT NULL CHECK (status IN ('booking', 'unknown', 'booked', 'refused', 'cancelling', 'cancelled')),
    confirmation text,
    station text,
    refusal json,
    asked_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, location_id) REFERENCES locations (organization_id, id),
    FOREIGN KEY (organization_id, carrier_account_id) REFERENCES carrier_accounts (organization_id, id),
    CHECK ((confirmation IS NOT NULL) = (status IN ('booked', 'cancelling', 'cancelled')))
  );
  ${tenantPolicies(['pickups'])}
`;
