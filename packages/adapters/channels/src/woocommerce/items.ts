/** What a shop sells by a product, and by its variation where it has some. */
export type WooItem = { readonly productId: string; readonly variationId: string | null };

/**
 * What we call it: the product's id, or `product/variation`, since WooCommerce finds a variation by way of its product only. Null for
 * goods that the shop made up for one order, and for those that it has deleted.
 */
export const externalItemId = (productId: string | null, variationId: string | null): string | null => {
  if (productId === null) return variationId;
  return variationId === null ? productId : `${productId}/${variationId}`;
};

/** Undefined for what was never made by `externalItemId`. */
export const itemOf = (externalId: string): WooItem | undefined => {
  const [, productId, variationId = null] = /^([1-9]\d{0,19})(?:\/([1-9]\d{0,19}))?$/.exec(externalId) ?? [];
  return productId === undefined ? undefined : { productId, variationId };
};
