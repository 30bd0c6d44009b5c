/** How a shipment is to be carried, as it was asked for; what an older version began is carried as usual. */
export const shippingOptions = `
  ALTER TABLE shipments ADD COLUMN options json;
`;
