/** Units that nobody has tried to promise yet are few: they are found without reading the lines that have none. */
export const untriedUnits = `
  CREATE INDEX order_lines_pending ON order_lines (organization_id, sku, order_id) WHERE pending > 0;
`;
