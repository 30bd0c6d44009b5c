import {
  type Address,
  type Caller,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { checkAction, type OrderNotFound } from './locked-order.js';
import type { Order, OrderId } from './order.js';
import type { InvalidTransition, OrderAction } from './status.js';
import type { OrderStores } from './stores.port.js';
import { advance, type Told } from './timeline.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource };

/** Nothing of the order is promised, so there is nothing to get ready. */
export type NothingReserved = { readonly code: 'order.nothing_reserved' };
export type ChangeRefused = OrderNotFound | InvalidTransition | NothingReserved | RunRefusal;
type Changed = Promise<Result<Order, ChangeRefused>>;

type Decided = { readonly change: Partial<Order>; readonly told: Told };

/** Changes that move no stock: the order alone is locked. Undefined leaves it as it is. */
const changing = (
  { unitOfWork, ids }: Deps,
  caller: Caller,
  id: OrderId,
  decide: (order: Order) => Result<Decided | undefined, ChangeRefused>,
): Changed =>
  unitOfWork.run<Order, ChangeRefused>(
    caller.organizationId,
    async ({ orders, now }) => {
      const [order] = await orders.lock([id]);
      if (!order) return err({ code: 'order.not_found' });
      const decided = decide(order);
      if (!decided.ok) return decided;
      if (!decided.value) return ok(order);
      const change = advance({ actor: caller.actor, at: now, ids }, order, decided.value.change, decided.value.told);
      await orders.save(change);
      return ok(change.order);
    },
    caller.once,
  );

const allowed = (
  order: Order,
  action: OrderAction,
  change: Partial<Order>,
  told: Told,
): Result<{ change: Partial<Order>; told: Told }, InvalidTransition> => {
  const checked = checkAction(order, action);
  return checked.ok ? ok({ change, told }) : checked;
};

/** Says that what is reserved may be packed and shipped. */
export const markReady =
  (deps: Deps) =>
  (caller: Caller, id: OrderId): Changed =>
    changing(deps, caller, id, (order) => {
      const decided = allowed(order, 'ready', { status: 'readyToShip' }, { what: 'markedReady', text: null });
      return decided.ok && order.lines.every(({ reserved }) => reserved === 0)
        ? err({ code: 'order.nothing_reserved' })
        : decided;
    });

/** Writes a note into the timeline. Any order takes one, whatever its status. */
export const addNote =
  (deps: Deps) =>
  (caller: Caller, id: OrderId, text: string): Changed =>
    changing(deps, caller, id, () => ok({ change: {}, told: { what: 'noted', text } }));

export type Addresses = { readonly shippingAddress?: Address | undefined; readonly billingAddress?: Address | undefined };

/** Replaces the addresses that are named, until the last unit is shipped. */
export const changeAddresses =
  (deps: Deps) =>
  (caller: Caller, id: OrderId, { shippingAddress, billingAddress }: Addresses): Changed =>
    changing(deps, caller, id, (order) => {
      if (!shippingAddress && !billingAddress) return ok(undefined);
      return allowed(
        order,
        'changeAddress',
        { ...(shippingAddress && { shippingAddress }), ...(billingAddress && { billingAddress }) },
        { what: 'addressChanged', text: [shippingAddress && 'shipping', billingAddress && 'billing'].filter(Boolean).join(', ') },
      );
    });
