/** The labels of a return, for whoever touches its row: the foreign key of 0034 would look through every shipment for them. */
export const shipmentsOfReturns = `
  CREATE INDEX CONCURRENTLY IF NOT EXISTS shipments_of_returns ON shipments (organization_id, return_id) WHERE return_id IS NOT NULL;
`;
