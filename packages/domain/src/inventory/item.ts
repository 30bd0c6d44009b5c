import type { Sku } from './sku.js';

export type Dimensions = { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };

/** What customs asks of goods that cross a border. `hsCode` is the Harmonized System's, 6 to 10 digits. */
export type CustomsFacts = { readonly hsCode: string; readonly originCountryCode: string; readonly description: string };

/** What is sold and stocked under one SKU. */
export type Item = {
  readonly sku: Sku;
  readonly name: string;
  readonly barcode: string | null;
  readonly weightGrams: number | null;
  readonly dimensions: Dimensions | null;
  readonly customs: CustomsFacts | null;
  readonly createdAt: Date;
};
