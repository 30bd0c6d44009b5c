/** Shipments that bring a return back. Null is one that goes out, as all were before. */
export const returnLabels = `
  ALTER TABLE shipments
    ADD COLUMN return_id uuid,
    ADD CONSTRAINT shipments_return FOREIGN KEY (organization_id, return_id) REFERENCES returns (organization_id, id);
`;
