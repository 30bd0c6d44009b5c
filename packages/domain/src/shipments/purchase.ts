import {
  isPinned,
  leave,
  lineUnits,
  noChange,
  type Occasion,
  openBooks,
  type Parts,
  type Reservation,
  together,
} from '../inventory/index.js';
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
  type OrderNotFound,
  statusOfLines,
  unitsOfPromises,
} from '../orders/index.js';
import type { BuyRefused, Carrier, ReferenceUnknown } from './carrier.port.js';
import type { Label } from './label.js';
import { noteSecondLabel } from './second-label.js';
import {
  type CarrierAnswer,
  evolveShipment,
  isUnderWay,
  type Shipment,
  type ShipmentNotFound,
  type ShipmentStatus,
} from './shipment.js';
import type { ShipmentStores } from './stores.port.js';

export type Purchased = Result<Label, BuyRefused | ReferenceUnknown>;
type Stores = ShipmentStores & { readonly now: Date };

/** Nothing of the order is reserved there that isn't being shipped already. */
export type NothingToShip = { readonly code: 'shipment.nothing_to_ship' };
/** The return whose goods it would bring back awaits nothing any more. */
export type ReturnOver = { readonly code: 'shipment.return_over' };
export type BeginRefused = OrderNotFound | ShipmentNotFound | InvalidTransition | NothingToShip | ReturnOver | StoreConflict;

/**
 * Takes the units for a purchase, and tells the order of it: from here on nobody else can ship, release or edit them.
 * What comes back is nobody's stock yet, and keeps the order from nothing; there is one label for it while its return awaits anything, and a
 * purchase beside another one is refused.
 */
export const pin = async (
  { stock, orders, shipments, returns }: Stores,
  occasion: Occasion,
  { locked, shipment }: { readonly locked: LockedOrder; readonly shipment: Shipment },
): Promise<Result<Shipment, InvalidTransition | NothingToShip | ReturnOver>> => {
  const { order } = locked;
  const purchases = order.purchases + purchasesIn(shipment);
  const asked = advance(occasion, order, { purchases }, { what: 'labelAsked', text: shipment.carrier });
  if (shipment.returnId !== null) {
    if (!(await returns.isAwaited(shipment.returnId))) return err({ code: 'shipment.return_over' });
    const isBought = (await shipments.ofOrders([order.id])).some((other) => bringsBack(other, shipment.returnId));
    if (isBought) return err({ code: 'shipment.nothing_to_ship' });
    await orders.save(asked);
    return ok(shipment);
  }
  const allowed = checkAction(order, 'ship');
  if (!allowed.ok) return allowed;
  const { change, parts: mine } = stillThere(occasion, { locked, shipment });
  if (mine.length === 0) return err({ code: 'shipment.nothing_to_ship' });
  await stock.apply(together([change, { ...noChange, pins: mine.map(({ id }) => ({ id, shipmentId: shipment.id })) }]));
  await orders.save(asked);
  return ok({
    ...shipment,
    lines: shipment.lines
      .map((line) => ({ ...line, quantity: unitsOf(mine, line.orderLineId) }))
      .filter(({ quantity }) => quantity > 0),
  });
};

/** How many purchases of its order a shipment is: one that brings goods back takes nothing that the order still promises. */
const purchasesIn = ({ returnId }: Shipment): number => (returnId === null ? 1 : 0);

const bringsNothing: readonly ShipmentStatus[] = ['draft', 'cancelled', 'delivered', 'returned'];

/** Whether a label of the return has been bought, or may have been, whose parcel is still to arrive. */
export const bringsBack = ({ returnId, status }: Shipment, id: string | null): boolean =>
  returnId !== null && returnId === id && !bringsNothing.includes(status);

/** Of each of a shipment's lines as much as it is for, or what of that is still there to be shipped. */
const stillThere = (occasion: Occasion, { locked, shipment }: Pending): Parts => {
  const there = shippable(locked, shipment.locationId);
  const found = shipment.lines.map(({ orderLineId, quantity }) => {
    const mine = there.filter((one) => one.orderLineId === orderLineId);
    return unitsOfPromises(occasion, mine, Math.min(quantity, lineUnits(mine)));
  });
  return { change: together(found.map(({ change }) => change)), parts: found.flatMap(({ parts }) => parts) };
};

/** Open reservations of the order at a location that no other purchase has taken. */
export const shippable = (locked: LockedOrder, locationId: string): readonly Reservation[] =>
  locked.open.filter((reservation) => reservation.locationId === locationId && !isPinned(reservation));

/** How many units of a line they make; of a kit, kits. */
export const unitsOf = (reservations: readonly Reservation[], orderLineId: string): number =>
  lineUnits(reservations.filter((one) => one.orderLineId === orderLineId));

export type SettleDeps = { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly ids: IdSource };
export type SettleRefused = OrderNotFound | ShipmentNotFound | RunRefusal;

/** A purchase that was asked for: the shipment as it was then, whom, and what was answered, in the names of whoever asked. */
export type Attempt = { readonly shipment: Shipment; readonly carrier: Carrier; readonly purchased: Purchased };

/**
 * Writes down what became of a purchase, once: a shipment that has its label keeps it, and a second one is noted on it.
 * - Bought: the reservations are consumed and the lines shipped in the same transaction. A label in hand is kept, whatever was
 *   thought of its purchase meanwhile.
 * - Not bought: they are handed back, unless a later attempt is under way.
 */
export const settle =
  ({ unitOfWork, ids }: SettleDeps) =>
  (caller: Caller, { shipment: asked, carrier, purchased }: Attempt): Promise<Result<Shipment, SettleRefused>> =>
    unitOfWork.run<Shipment, SettleRefused>(caller.organizationId, async (stores) => {
      const locked = await lockOrder(stores, asked.orderId);
      if (!locked.ok) return locked;
      const shipment = await stores.shipments.lock(asked.id);
      if (!shipment) return err({ code: 'shipment.not_found' });
      const occasion = { actor: { kind: 'carrier', id: carrier.code, name: carrier.code } as const, at: stores.now, ids };
      const pending = { locked: locked.value, shipment };
      if (purchased.ok && shipment.trackingNumber !== null)
        return ok(await noteSecondLabel(stores, occasion, { ...pending, label: purchased.value }));
      if (!purchased.ok && !isSameAttempt(asked, shipment)) return ok(shipment);
      const settled = purchased.ok
        ? await bought(stores, occasion, { ...pending, label: purchased.value })
        : await notBought(stores, occasion, { ...pending, refused: purchased.error });
      await stores.shipments.save(settled);
      return ok(settled);
    });

const isSameAttempt = (asked: Shipment, now: Shipment): boolean => isUnderWay(now) && asked.attempt === now.attempt;

type Pending = { readonly locked: LockedOrder; readonly shipment: Shipment };

const bought = async (stores: Stores, occasion: Occasion, pending: Pending & { readonly label: Label }): Promise<Shipment> => {
  const { locked, shipment, label } = pending;
  const { change, parts: mine } = takenBy(occasion, pending);
  const books = openBooks(locked.shelves.map(({ level }) => level));
  const pins = mine.filter(({ shipmentId }) => shipmentId === null).map(({ id }) => ({ id, shipmentId: shipment.id }));
  const gone = mine.map((one) => ({ ...one, shipmentId: shipment.id }));
  await stores.stock.apply(together([change, { ...noChange, pins }, leave(books, occasion, gone, 'consumed', null)]));
  const purchases = locked.order.purchases - (isUnderWay(shipment) ? purchasesIn(shipment) : 0);
  const shipped = { ...withShipped(locked.order, mine), purchases };
  await stores.orders.save(advance(occasion, locked.order, shipped, { what: 'labelBought', text: label.trackingNumber }));
  await stores.shipments.addDocuments(shipment.id, label.documents);
  return evolveShipment(isUnderWay(shipment) ? shipment : { ...shipment, status: 'purchasing' }, {
    status: 'labelled',
    trackingNumber: label.trackingNumber,
    parcelNumbers: label.parcelNumbers,
    warnings: label.warnings,
    service: label.service ?? shipment.service,
    cost: label.cost,
    refusal: null,
    short:
      shipment.returnId === null && shipment.lines.some(({ orderLineId, quantity }) => unitsOf(mine, orderLineId) < quantity),
  });
};

/** What the label was bought for; of a purchase that was given up for lost, what of it is still there. */
const takenBy = (occasion: Occasion, pending: Pending): Parts => {
  const { locked, shipment } = pending;
  if (isUnderWay(shipment))
    return { change: noChange, parts: locked.open.filter(({ shipmentId }) => shipmentId === shipment.id) };
  const mayShip = shipment.returnId === null && checkAction(locked.order, 'ship').ok;
  return mayShip ? stillThere(occasion, pending) : { change: noChange, parts: [] };
};

const withShipped = (order: Order, mine: readonly Reservation[]): Pick<Order, 'lines' | 'status'> => {
  const lines = order.lines.map((line) => {
    const units = unitsOf(mine, line.id);
    return { ...line, reserved: line.reserved - units, shipped: line.shipped + units };
  });
  return { lines, status: mine.length === 0 ? order.status : statusOfLines(lines) };
};

/** Handed back, unless it may have happened: then the units wait for whoever looks it up. */
const notBought = async (
  { stock, orders }: Stores,
  occasion: Occasion,
  { locked, shipment, refused }: Pending & { readonly refused: BuyRefused | ReferenceUnknown },
): Promise<Shipment> => {
  const refusal = answerOf(refused);
  if (refused.code === 'carrier.unknown_outcome')
    return shipment.status === 'unknown' ? shipment : evolveShipment(shipment, { status: 'unknown', refusal });
  const { open, order } = locked;
  const pins = open.filter(({ shipmentId }) => shipmentId === shipment.id).map(({ id }) => ({ id, shipmentId: null }));
  await stock.apply({ ...noChange, pins });
  const purchases = order.purchases - purchasesIn(shipment);
  await orders.save(advance(occasion, order, { purchases }, { what: 'labelRefused', text: refusal.message }));
  return evolveShipment(shipment, { status: 'draft', refusal });
};

const answerOf = (refused: BuyRefused | ReferenceUnknown): CarrierAnswer => ({
  code: refused.code,
  message: 'message' in refused ? refused.message : 'the carrier has no such purchase',
  path: 'path' in refused ? refused.path : null,
});
