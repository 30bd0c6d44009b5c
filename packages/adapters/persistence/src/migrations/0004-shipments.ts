import { tenantPolicies } from './tenant-table.js';

/** Shipments and their papers, as bought. */
export const shipments = `
  CREATE TABLE shipments (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    location_id uuid NOT NULL,
    lines jsonb NOT NULL,
    parcels jsonb NOT NULL,
    carrier text NOT NULL,
    service text,
    status text NOT NULL CHECK (status IN ('draft', 'purchasing', 'unknown', 'labelled', 'pickedUp', 'inTransit', 'outForDelivery', 'delivered', 'exception', 'returned', 'cancelled')),
    reference text NOT NULL,
    tracking_number text,
    cost_minor bigint,
    cost_currency text,
    refusal jsonb,
    short boolean NOT NULL,
    attempt integer NOT NULL,
    purchase_started_at timestamptz,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT shipments_reference UNIQUE (organization_id, reference),
    FOREIGN KEY (organization_id, order_id) REFERENCES orders (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, location_id) REFERENCES locations (organization_id, id)
  );
  CREATE INDEX shipments_order ON shipments (organization_id, order_id, id);
  CREATE TABLE shipment_documents (
    organization_id uuid NOT NULL,
    shipment_id uuid NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL,
    format text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (organization_id, shipment_id, position),
    FOREIGN KEY (organization_id, shipment_id) REFERENCES shipments (organization_id, id) ON DELETE CASCADE
  );
  ${tenantPolicies(['shipments', 'shipment_documents'])}
`;
