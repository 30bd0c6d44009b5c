import { type Caller, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { advance, type PaymentAmountInvalid, type PaymentImpossible, type Refund, refunding } from '../orders/index.js';
import { type LockReturnRefused, lockReturn } from './locked-return.js';
import { evolveReturn, type Return, type ReturnId } from './return.js';
import type { ReturnStores } from './stores.port.js';
import { eventOf } from './tell-return.js';

type Deps = { readonly unitOfWork: UnitOfWork<ReturnStores>; readonly ids: IdSource };

export type RefundReturnRefused = LockReturnRefused | PaymentImpossible | PaymentAmountInvalid | RunRefusal;
export type RefundReturn = (caller: Caller, id: ReturnId, refund: Refund) => Promise<Result<Return, RefundReturnRefused>>;

/** Writes down what was given back for a return, on it and as a refund of the order's payment: over all of them never more than was paid. */
export const refundReturn =
  ({ unitOfWork, ids }: Deps): RefundReturn =>
  (caller, id, refund) =>
    unitOfWork.run<Return, RefundReturnRefused>(
      caller.organizationId,
      async ({ orders, returns, outbox, now }) => {
        const locked = await lockReturn({ orders, returns }, id, 'refund');
        if (!locked.ok) return locked;
        const { order, one: before } = locked.value;
        const refunded = refunding(order, { ...refund, reference: refund.reference ?? before.number });
        if (!refunded.ok) return refunded;
        const after = evolveReturn(before, { refundedMinor: before.refundedMinor + refund.amountMinor });
        const occasion = { actor: caller.actor, at: now, ids };
        await returns.save(after);
        await orders.save(advance(occasion, order, refunded.value.change, refunded.value.told));
        await outbox.announce([eventOf(occasion, after, 'refunded')]);
        return ok(after);
      },
      caller.once,
    );
