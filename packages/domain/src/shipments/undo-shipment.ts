import { type Occasion, openBooks, type Reservation, takeBack } from '../inventory/index.js';
import { err, ok, type Result } from '../kernel/index.js';
import { advance, allows, type LockedOrder, type Order, promisedUntil, returnable, statusOfLines } from '../orders/index.js';
import { unitsOf } from './purchase.js';
import { evolveShipment, type Shipment, type ShipmentInvalidTransition, type ShipmentOnReturn } from './shipment.js';
import type { ShipmentStores } from './stores.port.js';

/** A shipment and its order, both locked, and what was consumed when its label was bought: nothing of a draft. */
export type Undoing = {
  readonly locked: LockedOrder;
  readonly shipment: Shipment;
  readonly consumed: readonly Reservation[];
};

/** What is locked of a shipment that may be cancelled. Refuses where the order has gone too far for its units to be put back, or they are on returns. */
export const undoing = async (
  { stock }: ShipmentStores,
  locked: LockedOrder,
  shipment: Shipment,
): Promise<Result<Undoing, ShipmentInvalidTransition | ShipmentOnReturn>> => {
  const consumed = await stock.consumedBy(shipment.orderId, shipment.id);
  if (consumed.length > 0 && hasArrived(locked.order))
    return err({ code: 'shipment.invalid_transition', status: shipment.status });
  return isOnReturn(locked.order, consumed, []) ? err({ code: 'shipment.goods_on_return' }) : ok({ locked, shipment, consumed });
};

/**
 * The same of a shipment whose cancelling begins. Units on other labels of the order that their carrier is asked to take back count as back
 * already: it may have taken them, and then they have to be put back here too, whatever is cancelled meanwhile.
 */
export const beginUndoing = async (
  stores: ShipmentStores,
  locked: LockedOrder,
  shipment: Shipment,
): Promise<Result<Undoing, ShipmentInvalidTransition | ShipmentOnReturn>> => {
  const mine = await undoing(stores, locked, shipment);
  if (!mine.ok) return mine;
  const askedBack = await askedBackBeside(stores, shipment);
  return isOnReturn(locked.order, mine.value.consumed, askedBack) ? err({ code: 'shipment.goods_on_return' }) : mine;
};

/** What other labels of its order were bought for that their carrier is asked to take back. */
const askedBackBeside = async (
  { shipments, stock }: ShipmentStores,
  { id, orderId }: Shipment,
): Promise<readonly Reservation[]> => {
  const asked: Reservation[] = [];
  for (const other of await shipments.ofOrders([orderId]))
    if (other.id !== id && other.status === 'labelled' && other.voidAskedAt !== null)
      asked.push(...(await stock.consumedBy(orderId, other.id)));
  return asked;
};

/** Returns need some of the units, once others are back. */
const isOnReturn = ({ lines }: Order, consumed: readonly Reservation[], back: readonly Reservation[]): boolean =>
  lines.some((line) => {
    const units = unitsOf(consumed, line.id);
    return units > 0 && units > returnable(line) - unitsOf(back, line.id);
  });

const hasArrived = ({ status }: Order): boolean => status === 'delivered' || status === 'returned';

/** Ends a shipment that never left: its units are reserved for the same lines at the same location again, in the same transaction. */
export const undo = async (
  stores: ShipmentStores,
  occasion: Occasion,
  { locked, shipment, consumed }: Undoing,
  warnings: readonly string[],
): Promise<Shipment> => {
  const { order, shelves } = locked;
  const books = openBooks(shelves.map(({ level }) => level));
  await stores.stock.apply(takeBack(books, occasion, consumed, promisedUntil(order, occasion.at)));
  const text = shipment.trackingNumber ?? shipment.reference;
  await stores.orders.save(advance(occasion, order, withoutShipped(order, consumed), { what: 'shipmentCancelled', text }));
  const cancelled = evolveShipment(shipment, {
    status: 'cancelled',
    voidAskedAt: null,
    lookUpAt: null,
    warnings: [...shipment.warnings, ...warnings],
  });
  await stores.shipments.save(cancelled);
  return cancelled;
};

const withoutShipped = (order: Order, consumed: readonly Reservation[]): Pick<Order, 'lines' | 'status'> => {
  if (consumed.length === 0) return order;
  const lines = order.lines.map((line) => {
    const units = unitsOf(consumed, line.id);
    return { ...line, reserved: line.reserved + units, shipped: line.shipped - units };
  });
  return { lines, status: statusAfter(order, lines) };
};

/** Only an order that was shipped, in part or whole, moves. It was ready before its label was bought, and is again. */
const statusAfter = ({ status }: Order, lines: Order['lines']): Order['status'] => {
  if (status !== 'shipped' && status !== 'partiallyShipped') return status;
  const said = statusOfLines(lines);
  return allows(said, 'ship') ? said : 'readyToShip';
};
