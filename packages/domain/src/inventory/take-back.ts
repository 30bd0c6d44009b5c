import { reserve } from './promise.js';
import type { Reservation } from './reservation.js';
import { type Books, noChange, type Occasion, type StockChange, together } from './stock-change.js';

/**
 * Puts units back that were consumed for a shipment that never left, and promises each to the same line at the same location again. What
 * is available stays as it was. `expiresAt` is until when payment is waited for.
 */
export const takeBack = (
  books: Books,
  occasion: Occasion,
  consumed: readonly Reservation[],
  expiresAt: Date | null,
): StockChange =>
  together(
    consumed.map((reservation) => {
      const { sku, locationId, quantity, shipmentId, orderId, orderLineId, unitQuantity } = reservation;
      const restocked = books.move(occasion, {
        kind: 'restock',
        sku,
        locationId,
        onHandDelta: quantity,
        reservedDelta: 0,
        reason: null,
        reference: shipmentId === null ? { kind: 'order', id: orderId } : { kind: 'shipment', id: shipmentId },
      });
      const taken = { lineId: orderLineId, sku, locationId, quantity, ...(unitQuantity !== null && { unitQuantity }) };
      return together([{ ...noChange, movements: [restocked] }, reserve(books, occasion, [taken], orderId, expiresAt)]);
    }),
  );
