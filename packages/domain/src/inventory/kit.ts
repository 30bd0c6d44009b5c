import type { Sku } from './sku.js';

/** A part of a kit: so many units of the SKU go into one kit. */
export type Component = { readonly sku: Sku; readonly quantity: number };

export const MAX_COMPONENTS = 50;

/** How many whole kits can be made of what is free at one place. */
export const wholeKits = (components: readonly Component[], free: (sku: Sku) => number): number =>
  components.reduce((kits, { sku, quantity }) => Math.min(kits, Math.floor(free(sku) / quantity)), Number.MAX_SAFE_INTEGER);

/** The SKUs whose stock a line or item is made of: its components', or its own. */
export const stockedAs = (one: { readonly sku: Sku; readonly components?: readonly Component[] | null }): readonly Sku[] =>
  one.components ? one.components.map(({ sku }) => sku) : [one.sku];

/** Stock given to an order line. `unitQuantity` is how much of it one kit takes; it is null, or left out, when the line isn't a kit. */
export type LinePart = { readonly sku: Sku; readonly quantity: number; readonly unitQuantity?: number | null };

/** How many units of their order line these parts make: of a kit, as many as all of its components are there for. */
export const lineUnits = (parts: readonly LinePart[]): number => {
  const units = new Map<Sku, number>();
  for (const { sku, quantity, unitQuantity } of parts) units.set(sku, (units.get(sku) ?? 0) + quantity / (unitQuantity ?? 1));
  return units.size === 0 ? 0 : Math.min(...units.values());
};
