import { isPinned, leave, noChange, openBooks, type Reservation } from '../inventory/index.js';
import {
  type Caller,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type StoreConflict,
  type UnitOfWork,
} from '../kernel/index.js';
import {
  advance,
  checkAction,
  type InvalidTransition,
  type LockedOrder,
  lockOrder,
  type Order,
  type OrderId,
  type OrderNotFound,
  statusOfLines,
} from '../orders/index.js';
import type { BuyRefused, Carrier, Label, ReferenceUnknown } from './carrier.port.js';
import { evolveShipment, type Shipment, type ShipmentId, type ShipmentNotFound } from './shipment.js';
import type { ShipmentStores } from './stores.port.js';

export type Purchased = Result<Label, BuyRefused | ReferenceUnknown>;
type Stores = ShipmentStores & { readonly now: Date };

/** Nothing of the order is reserved there that isn't being shipped already. */
export type NothingToShip = { readonly code: 'shipment.nothing_to_ship' };
export type BeginRefused = OrderNotFound | ShipmentNotFound | InvalidTransition | NothingToShip | StoreConflict;

/** Takes the units for a purchase: from here on nobody else can ship, release or edit them. */
export const pin = async (
  { stock }: Stores,
  locked: LockedOrder,
  shipment: Shipment,
): Promise<Result<Shipment, InvalidTransition | NothingToShip>> => {
  const allowed = checkAction(locked.order, 'ship');
  if (!allowed.ok) return allowed;
  const lineIds = new Set<string>(shipment.lines.map(({ orderLineId }) => orderLineId));
  const mine = shippable(locked, shipment.locationId).filter(({ orderLineId }) => lineIds.has(orderLineId));
  if (mine.length === 0) return err({ code: 'shipment.nothing_to_ship' });
  await stock.apply({ ...noChange, pins: mine.map(({ id }) => ({ id, shipmentId: shipment.id })) });
  return ok({
    ...shipment,
    lines: shipment.lines
      .map((line) => ({ ...line, quantity: unitsOf(mine, line.orderLineId) }))
      .filter(({ quantity }) => quantity > 0),
  });
};

/** Open reservations of the order at a location that no other purchase has taken. */
export const shippable = (locked: LockedOrder, locationId: string): readonly Reservation[] =>
  locked.open.filter((reservation) => reservation.locationId === locationId && !isPinned(reservation));

export const unitsOf = (reservations: readonly Reservation[], orderLineId: string): number =>
  reservations.reduce((sum, one) => (one.orderLineId === orderLineId ? sum + one.quantity : sum), 0);

type SettleDeps = { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly ids: IdSource };
export type SettleRefused = OrderNotFound | ShipmentNotFound | RunRefusal;

/**
 * Writes down what became of a purchase, once: a shipment that was settled meanwhile is answered as it is.
 * Bought: the reservations are consumed and the lines shipped in the same transaction. Not bought: they are handed back.
 */
export const settle =
  ({ unitOfWork, ids }: SettleDeps) =>
  (
    caller: Caller,
    orderId: OrderId,
    id: ShipmentId,
    carrier: Carrier,
    purchased: Purchased,
  ): Promise<Result<Shipment, SettleRefused>> =>
    unitOfWork.run<Shipment, SettleRefused>(caller.organizationId, async (stores) => {
      const locked = await lockOrder(stores, orderId);
      if (!locked.ok) return locked;
      const shipment = await stores.shipments.lock(id);
      if (!shipment) return err({ code: 'shipment.not_found' });
      if (shipment.status !== 'purchasing' && shipment.status !== 'unknown') return ok(shipment);
      const settled = purchased.ok
        ? await bought(stores, ids, locked.value, shipment, carrier, purchased.value)
        : await notBought(stores, locked.value, shipment, purchased.error);
      await stores.shipments.save(settled);
      return ok(settled);
    });

const bought = async (
  stores: Stores,
  ids: IdSource,
  locked: LockedOrder,
  shipment: Shipment,
  carrier: Carrier,
  label: Label,
): Promise<Shipment> => {
  const mine = locked.open.filter(({ shipmentId }) => shipmentId === shipment.id);
  const occasion = { actor: { kind: 'carrier', id: carrier.code, name: carrier.code } as const, at: stores.now, ids };
  await stores.stock.apply(leave(openBooks(locked.shelves.map(({ level }) => level)), occasion, mine, 'consumed', null));
  const order = withShipped(locked.order, mine);
  await stores.orders.save(advance(occasion, locked.order, order, { what: 'labelBought', text: label.trackingNumber }));
  await stores.shipments.addDocuments(shipment.id, label.documents);
  return evolveShipment(shipment, {
    status: 'labelled',
    trackingNumber: label.trackingNumber,
    service: label.service ?? shipment.service,
    cost: label.cost,
    refusal: null,
    short: shipment.lines.some(({ orderLineId, quantity }) => unitsOf(mine, orderLineId) < quantity),
  });
};

const withShipped = (order: Order, mine: readonly Reservation[]): Pick<Order, 'lines' | 'status'> => {
  const lines = order.lines.map((line) => {
    const units = unitsOf(mine, line.id);
    return { ...line, reserved: line.reserved - units, shipped: line.shipped + units };
  });
  return { lines, status: mine.length === 0 ? order.status : statusOfLines(lines) };
};

const notBought = async (
  { stock }: Stores,
  { open }: LockedOrder,
  shipment: Shipment,
  refused: BuyRefused | ReferenceUnknown,
): Promise<Shipment> => {
  if (refused.code === 'carrier.unknown_outcome')
    return shipment.status === 'unknown' ? shipment : evolveShipment(shipment, { status: 'unknown', refusal: answerOf(refused) });
  const pins = open.filter(({ shipmentId }) => shipmentId === shipment.id).map(({ id }) => ({ id, shipmentId: null }));
  await stock.apply({ ...noChange, pins });
  return evolveShipment(shipment, { status: 'draft', refusal: answerOf(refused) });
};

const answerOf = (refused: BuyRefused | ReferenceUnknown): Shipment['refusal'] => ({
  code: refused.code,
  message: 'message' in refused ? refused.message : 'the carrier has no such purchase',
  path: 'path' in refused ? refused.path : null,
});
