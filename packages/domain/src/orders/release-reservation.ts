import {
  type AllocationPolicy,
  leave,
  lineUnits,
  openBooks,
  otherKitParts,
  type Reservation,
  type ReservationId,
  type Sku,
  stockedAs,
  together,
} from '../inventory/index.js';
import { bug, type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { lockOrder, type OrderNotFound, type PurchaseInProgress } from './locked-order.js';
import { type Order, OrderId } from './order.js';
import type { OrderLine } from './order-line.js';
import { shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };

export type ReservationNotFound = { readonly code: 'reservation.not_found' };
/** It has left `open` before, in this way. */
export type ReservationNotOpen = { readonly code: 'reservation.not_open'; readonly status: Reservation['status'] };
export type ReleaseRefused = ReservationNotFound | ReservationNotOpen | PurchaseInProgress | OrderNotFound | RunRefusal;

/**
 * Takes back what an order was promised, because a person wants so; of a kit, all parts of it.
 * Orders that wait get it at once. This one gets nothing of it now: its units are pending, with whatever else it waits for of these
 * goods, until the backlog is served again and they wait like any other (`queueUntried`).
 */
export const releaseReservation =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, id: ReservationId): Promise<Result<Reservation, ReleaseRefused>> =>
    unitOfWork.run<Reservation, ReleaseRefused>(
      caller.organizationId,
      async (stores) => {
        const seen = await stores.stock.reservation(id);
        if (!seen) return err({ code: 'reservation.not_found' });
        const locked = await lockOrder(stores, OrderId(seen.orderId));
        if (!locked.ok) return locked;
        const { order, shelves, open } = locked.value;
        const one = open.find((reservation) => reservation.id === id);
        if (!one) return err({ code: 'reservation.not_open', status: (await reservationNow(stores, id)).status });
        if (one.shipmentId !== null) return err({ code: 'order.purchase_in_progress' });
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const books = openBooks(shelves.map(({ level }) => level));
        const others = otherKitParts(occasion, [one], open);
        const parts = [one, ...others.parts];
        await stores.stock.apply(together([others.change, leave(books, occasion, parts, 'released', 'manual')]));
        const text = parts.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(', ');
        await stores.orders.save(advance(occasion, order, without(order, parts), { what: 'stockReleased', text }));
        await settleStock(stores, occasion, { before: shelves, now: shelvesAfter(shelves, books) }, policy);
        return ok(await reservationNow(stores, id));
      },
      caller.once,
    );

const reservationNow = async ({ stock }: OrderStores, id: ReservationId): Promise<Reservation> =>
  (await stock.reservation(id)) ?? bug('a reservation is never deleted');

const without = (order: Order, parts: readonly Reservation[]): Pick<Order, 'lines' | 'status'> => {
  const skus = new Set<Sku>(parts.map(({ sku }) => sku));
  const lines = order.lines.map((line): OrderLine => {
    const units = lineUnits(parts.filter(({ orderLineId }) => orderLineId === line.id));
    const waits = line.sku !== null && stockedAs({ ...line, sku: line.sku }).some((sku) => skus.has(sku));
    const put = units + (waits ? line.backordered : 0);
    return {
      ...line,
      reserved: line.reserved - units,
      pending: line.pending + put,
      backordered: line.backordered - (put - units),
    };
  });
  return { lines, status: order.status === 'reserved' || order.status === 'readyToShip' ? 'backordered' : order.status };
};
