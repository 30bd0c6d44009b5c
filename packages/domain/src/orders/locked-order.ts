import type { Reservation, Shelf, Sku } from '../inventory/index.js';
import { err, ok, type Result, type StoreConflict } from '../kernel/index.js';
import { lockToServe } from './lock-to-serve.js';
import type { Order, OrderId } from './order.js';
import { stockSkusOf } from './order-line.js';
import { allows, type InvalidTransition, type OrderAction } from './status.js';
import type { OrderStores } from './stores.port.js';

export type OrderNotFound = { readonly code: 'order.not_found' };
export type PurchaseInProgress = { readonly code: 'order.purchase_in_progress' };

/** An order that nobody else can change meanwhile, with its stock. */
export type LockedOrder = { readonly order: Order; readonly shelves: readonly Shelf[]; readonly open: readonly Reservation[] };

/** Locks an order's levels, those of their kit partners and of further SKUs, then the order; in this order everywhere, so that nobody waits in a circle. */
export const lockOrder = async (
  { orders, stock }: OrderStores,
  id: OrderId,
  further: readonly Sku[] = [],
): Promise<Result<LockedOrder, OrderNotFound | StoreConflict>> => {
  const seen = await orders.find(id);
  if (!seen) return err({ code: 'order.not_found' });
  const skus = stockSkusOf(seen.lines);
  const shelves = await lockToServe({ stock }, [...skus, ...further]);
  const [order] = await orders.lock([id]);
  if (!order) return err({ code: 'order.not_found' });
  if (stockSkusOf(order.lines).join('\n') !== skus.join('\n')) return err({ code: 'store.conflict' });
  return ok({ order, shelves, open: await stock.openOf(id) });
};

/** Refuses what the order's status doesn't allow. */
export const checkAction = (order: Order, action: OrderAction): Result<Order, InvalidTransition> =>
  allows(order.status, action) ? ok(order) : err({ code: 'order.invalid_transition', status: order.status, action });

/** Refuses to take back what a label is being bought for. */
export const checkNoPurchase = (order: Order): Result<Order, PurchaseInProgress> =>
  order.purchases > 0 ? err({ code: 'order.purchase_in_progress' }) : ok(order);
