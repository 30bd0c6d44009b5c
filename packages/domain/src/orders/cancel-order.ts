import { type AllocationPolicy, leave, openBooks } from '../inventory/index.js';
import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { checkAction, checkNoPurchase, lockOrder, type OrderNotFound, type PurchaseInProgress } from './locked-order.js';
import type { Order, OrderId } from './order.js';
import type { OrderLine } from './order-line.js';
import { shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { InvalidTransition } from './status.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

export const cancelReasons = ['customerRequest', 'outOfStock', 'fraudSuspected', 'paymentFailed', 'duplicate', 'other'] as const;
export type CancelReason = (typeof cancelReasons)[number];

export type CancelRefused = OrderNotFound | InvalidTransition | PurchaseInProgress | RunRefusal;
export type CancelOrder = (caller: Caller, id: OrderId, reason: CancelReason) => Promise<Result<Order, CancelRefused>>;

/** Cancels an order of which nothing was shipped. Its stock is free again, and orders that wait for it are served. */
export const cancelOrder =
  ({
    unitOfWork,
    ids,
    policy,
  }: {
    readonly unitOfWork: UnitOfWork<OrderStores>;
    readonly ids: IdSource;
    readonly policy: AllocationPolicy;
  }): CancelOrder =>
  (caller, id, reason) =>
    unitOfWork.run<Order, CancelRefused>(
      caller.organizationId,
      async (stores) => {
        const locked = await lockOrder(stores, id);
        if (!locked.ok) return locked;
        const { order, shelves, open } = locked.value;
        const allowed = checkCancel(order);
        if (!allowed.ok) return allowed;
        const settled = checkNoPurchase(order);
        if (!settled.ok) return settled;
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const books = openBooks(shelves.map(({ level }) => level));
        await stores.stock.apply(leave(books, occasion, open, 'released', reason));
        const change = advance(
          occasion,
          order,
          { status: 'cancelled', hold: null, lines: order.lines.map(givenUp) },
          { what: 'cancelled', text: reason },
        );
        await stores.orders.save(change);
        await settleStock(stores, occasion, { before: shelves, now: shelvesAfter(shelves, books) }, policy);
        return ok(change.order);
      },
      caller.once,
    );

/** A shop's order, or one that was made ready again, may have been shipped in part whatever its status: it isn't cancelled as a whole. */
const checkCancel = (order: Order): Result<Order, InvalidTransition> =>
  order.lines.some(({ shipped }) => shipped > 0)
    ? err({ code: 'order.invalid_transition', status: order.status, action: 'cancel' })
    : checkAction(order, 'cancel');

const givenUp = (line: OrderLine): OrderLine => ({
  ...line,
  cancelled: line.cancelled + line.pending + line.reserved + line.backordered,
  pending: 0,
  reserved: 0,
  backordered: 0,
});
