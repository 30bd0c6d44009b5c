import {
  type Caller,
  err,
  type IdSource,
  ok,
  type Refusal,
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
type Refused = OrderNotFound | InvalidTransition | RunRefusal;

/** What becomes of an order, and what its timeline tells of it. */
export type Decided = { readonly change: Partial<Order>; readonly told: Told };

/** Changes that move no stock: the order alone is locked. Undefined leaves it as it is. */
export const changing = <Further extends Refusal = never>(
  { unitOfWork, ids }: Deps,
  caller: Caller,
  { id, action, decide }: Change<Further>,
): Promise<Result<Order, Refused | Further>> =>
  unitOfWork.run<Order, Refused | Further>(
    caller.organizationId,
    async ({ orders, now }) => {
      const [order] = await orders.lock([id]);
      if (!order) return err({ code: 'order.not_found' });
      const allowed = checkAction(order, action);
      if (!allowed.ok) return allowed;
      const decided = decide(order);
      if (!decided.ok) return decided;
      if (!decided.value) return ok(order);
      const change = advance({ actor: caller.actor, at: now, ids }, order, decided.value.change, decided.value.told);
      await orders.save(change);
      return ok(change.order);
    },
    caller.once,
  );

type Change<Further extends Refusal> = {
  readonly id: OrderId;
  readonly action: OrderAction;
  readonly decide: (order: Order) => Result<Decided | undefined, Further>;
};
