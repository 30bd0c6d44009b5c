import type { AllocationPolicy } from '../inventory/index.js';
import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { changing } from './changing.js';
import { checkAction, checkNoPurchase, lockOrder, type OrderNotFound, type PurchaseInProgress } from './locked-order.js';
import type { HoldReason, Order, OrderId } from './order.js';
import { settleStock } from './settle-stock.js';
import { type InvalidTransition, statusOfLines } from './status.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource };

/** Why an order is held, and in words what whoever resumes it should know. */
export type Hold = { readonly reason: HoldReason; readonly note: string | null };
export type HoldRefused = OrderNotFound | InvalidTransition | PurchaseInProgress | RunRefusal;
export type HoldOrder = (caller: Caller, id: OrderId, hold: Hold) => Promise<Result<Order, HoldRefused>>;

/**
 * Stops an order: it is neither made ready nor shipped until it is resumed.
 * It keeps what is reserved for it. What it waits for it isn't given meanwhile, unless it only waits for a SKU to be mapped.
 * Refused while a label is being bought, since the parcel may be as good as gone.
 */
export const holdOrder =
  (deps: Deps): HoldOrder =>
  (caller, id, { reason, note }) =>
    changing<PurchaseInProgress>(deps, caller, {
      id,
      action: 'hold',
      decide: (order) => {
        const settled = checkNoPurchase(order);
        if (!settled.ok) return settled;
        const text = note === null ? reason : `${reason}: ${note}`;
        return ok({ change: { status: 'onHold', hold: reason }, told: { what: 'held', text } });
      },
    });

/** The order has lines of goods that nobody has mapped to a SKU. */
export type LinesUnmapped = { readonly code: 'order.lines_unmapped' };
export type ResumeRefused = OrderNotFound | InvalidTransition | LinesUnmapped | RunRefusal;

/**
 * Lets a held order go on, as what its lines say: one that was ready has to be made ready again.
 * What it waits for it is given in the same transaction, in its old place among those that wait.
 */
export const resumeOrder =
  ({ unitOfWork, ids, policy }: Deps & { readonly policy: AllocationPolicy }) =>
  (caller: Caller, id: OrderId): Promise<Result<Order, ResumeRefused>> =>
    unitOfWork.run<Order, ResumeRefused>(
      caller.organizationId,
      async (stores) => {
        const locked = await lockOrder(stores, id);
        if (!locked.ok) return locked;
        const { order, shelves } = locked.value;
        const allowed = checkAction(order, 'resume');
        if (!allowed.ok) return allowed;
        if (order.lines.some(({ sku, pending }) => sku === null && pending > 0)) return err({ code: 'order.lines_unmapped' });
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const resumed = { status: statusOfLines(order.lines), hold: null };
        const change = advance(occasion, order, resumed, { what: 'resumed', text: order.hold });
        await stores.orders.save(change);
        await settleStock(stores, occasion, { before: shelves, now: shelves }, policy);
        return ok((await stores.orders.find(id)) ?? change.order);
      },
      caller.once,
    );
