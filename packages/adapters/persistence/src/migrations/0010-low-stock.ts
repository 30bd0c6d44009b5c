/** From how many units on an item's stock is low; the few items that have such a threshold are found without reading the others. */
export const lowStock = `
  ALTER TABLE items ADD COLUMN low_stock_threshold bigint CHECK (low_stock_threshold >= 0);
  CREATE INDEX items_watched ON items (organization_id, sku) WHERE low_stock_threshold IS NOT NULL;
`;
