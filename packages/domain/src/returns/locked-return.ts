import { err, ok, type Result } from '../kernel/index.js';
import type { Order, OrderNotFound } from '../orders/index.js';
import {
  checkReturnAction,
  type Return,
  type ReturnAction,
  type ReturnId,
  type ReturnInvalidTransition,
  type ReturnNotFound,
} from './return.js';
import type { ReturnStores } from './stores.port.js';

export type LockReturnRefused = ReturnNotFound | ReturnInvalidTransition | OrderNotFound;
export type LockedReturn = { readonly order: Order; readonly one: Return };

/** A return that allows the action, and its order: both locked, the order first, as everywhere. For what moves no stock. */
export const lockReturn = async (
  { orders, returns }: Pick<ReturnStores, 'orders' | 'returns'>,
  id: ReturnId,
  action: ReturnAction,
): Promise<Result<LockedReturn, LockReturnRefused>> => {
  const seen = await returns.find(id);
  if (!seen) return err({ code: 'return.not_found' });
  const [order] = await orders.lock([seen.orderId]);
  if (!order) return err({ code: 'order.not_found' });
  const one = await lockAllowed({ returns }, id, action);
  return one.ok ? ok({ order, one: one.value }) : one;
};

/** A return that allows the action, locked after its order. */
export const lockAllowed = async (
  { returns }: Pick<ReturnStores, 'returns'>,
  id: ReturnId,
  action: ReturnAction,
): Promise<Result<Return, ReturnNotFound | ReturnInvalidTransition>> => {
  const one = await returns.lock(id);
  return one ? checkReturnAction(one, action) : err({ code: 'return.not_found' });
};
