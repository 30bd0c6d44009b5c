import type { Occasion } from '../inventory/index.js';
import type { DomainEvent } from '../kernel/index.js';
import { advance, isAllBack, type Order, type OrderChange, type OrderStatus } from '../orders/index.js';
import type { Shipment, ShipmentStatus } from './shipment.js';

/** A shipment before and after its carrier said where it is. */
export type ShipmentMove = { readonly before: Shipment; readonly after: Shipment };

/** What is told of each status that a scan may lead to. */
export const shipmentEventTypes = {
  pickedUp: 'shipment.picked_up',
  inTransit: 'shipment.in_transit',
  outForDelivery: 'shipment.out_for_delivery',
  exception: 'shipment.exception',
  delivered: 'shipment.delivered',
  returned: 'shipment.returned',
} as const satisfies Readonly<Partial<Record<ShipmentStatus, string>>>;

const isTold = (status: ShipmentStatus): status is keyof typeof shipmentEventTypes => status in shipmentEventTypes;

/** One for each shipment that has moved: `{ shipmentId, orderId, carrier, trackingNumber, from, status }`. */
export const eventsOfMoves = ({ at }: Occasion, moves: readonly ShipmentMove[]): readonly DomainEvent[] =>
  moves.flatMap(({ before, after }) => {
    if (before.status === after.status || !isTold(after.status)) return [];
    const { id: shipmentId, orderId, carrier, trackingNumber, status } = after;
    const data = { shipmentId, orderId, carrier, trackingNumber, from: before.status, status };
    return [{ type: shipmentEventTypes[status], aggregateId: shipmentId, aggregateVersion: after.version, at, data }];
  });

const notSent: readonly ShipmentStatus[] = ['draft', 'cancelled'];

const cameBack = ({ status, parcelStandings }: Shipment): boolean =>
  status === 'returned' && parcelStandings.every((parcel) => parcel.status === 'returned');

/**
 * What an order becomes by its shipments, once nothing of it waits to be shipped: delivered when every one is, returned when every parcel
 * of every one came back, or its goods did by returns. Otherwise it stays what it is.
 */
export const statusOfShipments = (order: Order, shipments: readonly Shipment[]): OrderStatus => {
  const sent = shipments.filter(({ status, returnId }) => returnId === null && !notSent.includes(status));
  const isSent = order.status === 'shipped' || order.status === 'delivered';
  if (isSent && isAllBack(order.lines)) return 'returned';
  if (!isSent || sent.length === 0) return order.status;
  if (sent.every(cameBack)) return 'returned';
  return sent.every(({ status }) => status === 'delivered') ? 'delivered' : order.status;
};

/** An order after some of its shipments have moved, told in its timeline; null when nothing is to be told. */
export const orderAfterMoves = (
  occasion: Occasion,
  order: Order,
  { moves, shipments }: { readonly moves: readonly ShipmentMove[]; readonly shipments: readonly Shipment[] },
): OrderChange | null => {
  const mine = moves.filter(({ before, after }) => after.orderId === order.id && before.status !== after.status);
  const status = statusOfShipments(order, shipments);
  if (mine.length === 0 && status === order.status) return null;
  const text = mine.map(({ after }) => `${after.trackingNumber}: ${after.status}`).join(', ') || null;
  const arrived = status === 'delivered' || status === 'returned' ? status : 'parcelMoved';
  return advance(occasion, order, { status }, { what: status === order.status ? 'parcelMoved' : arrived, text });
};
