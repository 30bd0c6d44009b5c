import type { Component } from './kit.js';
import type { Sku } from './sku.js';

export type Dimensions = { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };

/** What customs asks of goods that cross a border. `hsCode` is the Harmonized System's, 6 to 10 digits. */
export type CustomsFacts = { readonly hsCode: string; readonly originCountryCode: string; readonly description: string };

/** What is sold under one SKU, and stocked under it too unless it is a kit. */
export type Item = {
  readonly sku: Sku;
  readonly name: string;
  readonly barcode: string | null;
  readonly weightGrams: number | null;
  readonly dimensions: Dimensions | null;
  readonly customs: CustomsFacts | null;
  /** Units, from 0 to a million: an event says so when no more than these are available any more. Null: no alarm. */
  readonly lowStockThreshold: number | null;
  /** What one kit is put together from; null for an item with stock of its own. */
  readonly components: readonly Component[] | null;
  readonly createdAt: Date;
};
