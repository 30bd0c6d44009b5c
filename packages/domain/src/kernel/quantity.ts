/** The most units that one line, receipt or adjustment may name. */
export const MAX_QUANTITY = 1_000_000;

/** Units of stock: a positive integer up to `MAX_QUANTITY`. */
export const isQuantity = (units: number): boolean => Number.isInteger(units) && units >= 1 && units <= MAX_QUANTITY;

/** Units of which there may be none: an integer from 0 to `MAX_QUANTITY`. */
export const isCount = (units: number): boolean => units === 0 || isQuantity(units);

export type QuantityInvalid = { readonly code: 'quantity.invalid'; readonly path: string };
