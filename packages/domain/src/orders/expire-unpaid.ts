import { type AllocationPolicy, isLapsed, leave, lineUnits, openBooks, type Reservation, type Sku } from '../inventory/index.js';
import { type IdSource, type OrganizationId, ok, system, type UnitOfWork } from '../kernel/index.js';
import { lockToServe } from './lock-to-serve.js';
import type { Order } from './order.js';
import { statusAfterLoss } from './order-status-after-loss.js';
import { lockBeforeServing, shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };

/** How many orders are looked at in one transaction. */
const ORDERS_AT_ONCE = 100;

/** Expires what lapsed, of the SKUs if they are named: up to a hundred orders, whose number it answers. */
export type ExpireUnpaid = (organizationId: OrganizationId, skus?: readonly Sku[]) => Promise<number>;

/**
 * Takes back what was promised to orders whose payment was waited for in vain: their lines wait, and get nothing until they are paid.
 * Whether a reservation lapsed is decided by the database's clock once its level is locked, so that a payment that was recorded
 * before keeps it. Orders that wait for the units are served at once.
 */
export const expireUnpaid =
  ({ unitOfWork, ids, policy }: Deps): ExpireUnpaid =>
  async (organizationId, skus) => {
    const expired = await unitOfWork.run(organizationId, async (stores) => {
      const due = await stores.orders.lapsed(ORDERS_AT_ONCE, skus);
      if (due.length === 0) return ok(0);
      const shelves = await lockToServe(stores, stockOf(await stores.stock.openOf(...due)));
      const locked = new Set(shelves.map(({ level }) => level.sku));
      const lapsed = (await stores.stock.openOf(...due)).filter((one) => isLapsed(one, stores.now) && locked.has(one.sku));
      const occasion = { actor: system('expiry'), at: stores.now, ids };
      const books = openBooks(shelves.map(({ level }) => level));
      await stores.stock.apply(leave(books, occasion, lapsed, 'expired', 'paymentExpired'));
      const now = shelvesAfter(shelves, books);
      const losing = due.filter((id) => lapsed.some(({ orderId }) => orderId === id));
      const changes = (await lockBeforeServing(stores, losing, now)).map((order) => {
        const lost = lapsed.filter(({ orderId }) => orderId === order.id);
        return advance(occasion, order, without(order, lost), { what: 'paymentExpired', text: null });
      });
      await stores.orders.save(...changes);
      await settleStock(stores, occasion, { before: shelves, now }, policy);
      return ok(changes.length);
    });
    return expired.ok ? expired.value : 0;
  };

const stockOf = (reservations: readonly Reservation[]): readonly Sku[] => [...new Set(reservations.map(({ sku }) => sku))];

const without = (order: Order, lost: readonly Reservation[]): Partial<Order> => {
  const lines = order.lines.map((line) => {
    const units = lineUnits(lost.filter(({ orderLineId }) => orderLineId === line.id));
    return { ...line, reserved: line.reserved - units, backordered: line.backordered + units };
  });
  return { lines, status: statusAfterLoss(order, lines), paymentExpired: true };
};
