/** The largest that an item's facts may be, however they come in. Texts are counted in characters. */
export const itemLimits = {
  name: 300,
  barcode: 100,
  weightGrams: 10_000_000,
  sideMm: 100_000,
  customsDescription: 200,
} as const;

/** The Harmonized System's code. */
export const hsCodePattern = '^[0-9]{6,10}$';
