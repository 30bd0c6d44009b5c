/** How often in a row a shipment's carrier was asked where it is and didn't answer: it is asked the later for it. */
export const trackFailures = `
  ALTER TABLE shipments ADD COLUMN track_failures integer NOT NULL DEFAULT 0;
`;
