import {
  type AdjustmentReason,
  type AdjustmentRefused,
  type AllocationPolicy,
  adjust,
  type ItemNotFound,
  type LocationId,
  type LocationNotFound,
  type Occasion,
  openBooks,
  type Reference,
  type Reservation,
  receive,
  type Sku,
  type StockLevel,
} from '../inventory/index.js';
import {
  type Caller,
  err,
  type IdSource,
  isQuantity,
  ok,
  type QuantityInvalid,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { levelNow, lockPlaces } from './move-stock.js';
import { type Order, OrderId } from './order.js';
import type { OrderLine } from './order-line.js';
import { serveWaiting, shelvesAfter } from './serve-waiting.js';
import { statusOfLines } from './status.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };
type Place = { readonly sku: Sku; readonly locationId: LocationId };
type PlaceUnknown = ItemNotFound | LocationNotFound;

export type Receipt = Place & { readonly quantity: number; readonly reference: Reference | null };
export type ReceiveRefused = PlaceUnknown | QuantityInvalid | RunRefusal;

/** Takes goods in. Orders that wait for them are served first, in the same transaction. */
export const receiveStock =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, receipt: Receipt): Promise<Result<StockLevel, ReceiveRefused>> =>
    unitOfWork.run<StockLevel, ReceiveRefused>(
      caller.organizationId,
      async (stores) => {
        if (!isQuantity(receipt.quantity)) return err({ code: 'quantity.invalid', path: 'quantity' });
        const shelves = await lockPlaces(stores, receipt.sku, [receipt.locationId]);
        if (!shelves.ok) return shelves;
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const books = openBooks(shelves.value.map(({ level }) => level));
        await stores.stock.apply(receive(books, occasion, receipt));
        await serveWaiting(stores, occasion, shelvesAfter(shelves.value, books), policy);
        return ok(await levelNow(stores, receipt));
      },
      caller.once,
    );

export type Adjustment = Place & { readonly delta: number; readonly reason: AdjustmentReason };
export type AdjustRefused = PlaceUnknown | QuantityInvalid | AdjustmentRefused | RunRefusal;
export type AdjustedStock = { readonly level: StockLevel; readonly broken: readonly Reservation[] };

/**
 * Books what somebody counted, found or lost: a fact, whatever was promised.
 * Promises that can't be kept break, unpaid and newest first; their lines are tried at other locations, else they wait.
 */
export const adjustStock =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, adjustment: Adjustment): Promise<Result<AdjustedStock, AdjustRefused>> =>
    unitOfWork.run<AdjustedStock, AdjustRefused>(
      caller.organizationId,
      async (stores) => {
        if (!isQuantity(Math.abs(adjustment.delta))) return err({ code: 'quantity.invalid', path: 'delta' });
        const shelves = await lockPlaces(stores, adjustment.sku, [adjustment.locationId]);
        if (!shelves.ok) return shelves;
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const books = openBooks(shelves.value.map(({ level }) => level));
        const { onHand } = books.level(adjustment);
        if (onHand + adjustment.delta < 0) return err({ code: 'adjustment.below_zero', onHand });
        const breakable = adjustment.delta < 0 ? await stores.stock.breakableAt(adjustment.sku, adjustment.locationId) : [];
        const { change, broken } = adjust(books, occasion, adjustment, breakable);
        await stores.stock.apply(change);
        await tellBroken(stores, occasion, broken);
        await serveWaiting(stores, occasion, shelvesAfter(shelves.value, books), policy);
        return ok({ level: await levelNow(stores, adjustment), broken });
      },
      caller.once,
    );

/** The lines of broken reservations wait again; an order that was reserved or ready is short now. */
const tellBroken = async ({ orders }: OrderStores, occasion: Occasion, broken: readonly Reservation[]): Promise<void> => {
  const ids = [...new Set(broken.map(({ orderId }) => orderId))].sort().map(OrderId);
  if (ids.length === 0) return;
  const changes = (await orders.lock(ids)).map((order) => {
    const lines = order.lines.map((line) => withBroken(line, broken));
    const text = broken.flatMap(({ orderId, sku, quantity }) => (orderId === order.id ? `${quantity} × ${sku}` : [])).join(', ');
    return advance(occasion, order, { lines, status: statusAfterBreak(order, lines) }, { what: 'stockMissing', text });
  });
  await orders.save(...changes);
};

const withBroken = (line: OrderLine, broken: readonly Reservation[]): OrderLine => {
  const units = broken.reduce((sum, one) => (one.orderLineId === line.id ? sum + one.quantity : sum), 0);
  return { ...line, reserved: line.reserved - units, backordered: line.backordered + units };
};

const statusAfterBreak = (order: Order, lines: readonly OrderLine[]): Order['status'] =>
  order.status === 'reserved' || order.status === 'readyToShip' ? statusOfLines(lines) : order.status;
