import type { Location, LocationId } from './location.js';
import type { Sku } from './sku.js';

/** Stock of one SKU at one location. I1: `0 ≤ reserved ≤ onHand`. */
export type StockLevel = {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly onHand: number;
  readonly reserved: number;
  /** Units that are never promised by themselves. */
  readonly safetyStock: number;
};

/** A level with what allocating needs to know of its location. */
export type Shelf = { readonly level: StockLevel; readonly location: Pick<Location, 'id' | 'priority' | 'active'> };

/** What may still be promised: never below zero, even when the safety stock isn't all there. */
export const available = (level: StockLevel): number => Math.max(0, level.onHand - level.reserved - level.safetyStock);

/** A level as it is shown: `lapsed` units are still reserved for orders whose payment was waited for long enough. */
export type LevelStanding = StockLevel & { readonly lapsed: number };

/** What a new order could get: what is available, and what lapsed. */
export const promisable = (level: LevelStanding): number => available({ ...level, reserved: level.reserved - level.lapsed });

/** I1, for one level. */
export const isSound = (level: Pick<StockLevel, 'onHand' | 'reserved'>): boolean =>
  level.reserved >= 0 && level.reserved <= level.onHand;

export type LevelKey = `${string}\n${string}`;

/** One text for a SKU at a location. SKUs hold no control characters, so no two levels share it. */
export const levelKey = (at: { readonly sku: Sku; readonly locationId: LocationId }): LevelKey => `${at.sku}\n${at.locationId}`;
