import { upTo } from './promise.js';
import type { Reservation } from './reservation.js';
import { type Occasion, type StockChange, together } from './stock-change.js';

/** Open reservations that come to what was wanted, and the splits that made them so. */
export type Parts = { readonly change: StockChange; readonly parts: readonly Reservation[] };

/**
 * The other parts of the kits that these parts belong to, as many as go with them: of the same line, at the same location, for the same
 * shipment. `open` holds all open reservations of those lines. Parts of no kit have no others.
 */
export const otherKitParts = (occasion: Occasion, parts: readonly Reservation[], open: readonly Reservation[]): Parts => {
  const found: Parts[] = [];
  const kits = new Map<string, { one: Reservation; units: number }>();
  for (const one of parts) {
    if (one.unitQuantity === null) continue;
    const key = `${one.orderLineId}\n${one.shipmentId}`;
    kits.set(key, { one, units: (kits.get(key)?.units ?? 0) + one.quantity / one.unitQuantity });
  }
  for (const { one, units } of kits.values()) {
    const others = open.filter(
      (part) =>
        part.orderLineId === one.orderLineId &&
        part.locationId === one.locationId &&
        part.shipmentId === one.shipmentId &&
        part.sku !== one.sku,
    );
    for (const sku of new Set(others.map((part) => part.sku))) {
      const ofSku = others.filter((part) => part.sku === sku);
      found.push(upTo(occasion, ofSku, units * (ofSku[0]?.unitQuantity ?? 1)));
    }
  }
  return { change: together(found.map(({ change }) => change)), parts: found.flatMap((one) => one.parts) };
};
