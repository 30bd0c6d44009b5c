/**
 * What a carrier says of a label besides its number, and when somebody looks next whether a purchase happened. The index is small: a row is
 * in it only while its purchase is under way.
 */
export const purchases = `
  ALTER TABLE shipments
    ADD COLUMN parcel_numbers jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN warnings jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN look_up_at timestamptz;
  CREATE INDEX shipments_under_way ON shipments (organization_id, purchase_started_at) WHERE status IN ('purchasing', 'unknown');
`;
