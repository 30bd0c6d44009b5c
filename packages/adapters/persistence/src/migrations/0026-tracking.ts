import { tenantPolicies } from './tenant-table.js';

/**
 * What carriers said of parcels, and when they are asked next. A carrier names its scans by nothing, so that what makes two the same is
 * their key; a place that isn't known is the empty text. What is not due by a status stands in neither index.
 */
export const tracking = `
  ALTER TABLE shipments
    ADD COLUMN parcel_standings json NOT NULL DEFAULT '[]',
    ADD COLUMN tracked_at timestamptz,
    ADD COLUMN track_at timestamptz;
  CREATE INDEX shipments_to_track ON shipments (organization_id, track_at)
    WHERE tracking_number IS NOT NULL AND status IN ('labelled', 'pickedUp', 'inTransit', 'outForDelivery', 'exception');
  CREATE INDEX shipments_number ON shipments (tracking_number, carrier) WHERE tracking_number IS NOT NULL;
  CREATE INDEX shipments_parcel_numbers ON shipments USING gin (parcel_numbers);
  CREATE TABLE tracking_events (
    organization_id uuid NOT NULL,
    shipment_id uuid NOT NULL,
    number text COLLATE "C" NOT NULL,
    local_time text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    place text COLLATE "C" NOT NULL,
    utc_offset_minutes integer,
    status text,
    description text NOT NULL,
    PRIMARY KEY (organization_id, shipment_id, number, local_time, code, place),
    FOREIGN KEY (organization_id, shipment_id) REFERENCES shipments (organization_id, id) ON DELETE CASCADE
  );
  ${tenantPolicies(['tracking_events'])}
`;
