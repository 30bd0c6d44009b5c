/** The most units that one line, receipt or adjustment may name. */
export const MAX_QUANTITY = 1_000_000;

/** Units of stock: a positive integer up to `MAX_QUANTITY`. */
export const isQuantity = (units: number): boolean => Number.isInteger(units) && units >= 1 && units <= MAX_QUANTITY;

export type QuantityInvalid = { readonly code: 'quantity.invalid'; readonly path: string };
