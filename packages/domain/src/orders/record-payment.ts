import { type AllocationPolicy, noChange } from '../inventory/index.js';
import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { lockOrder, type OrderNotFound } from './locked-order.js';
import type { Order, OrderId, PaymentStatus } from './order.js';
import { paymentTransitions, secures } from './payment.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

/** `reference` is what the payment is known by where it was made. */
export type Payment = { readonly status: PaymentStatus; readonly reference: string | null };

export type PaymentImpossible = {
  readonly code: 'payment.invalid_transition';
  readonly from: PaymentStatus;
  readonly to: PaymentStatus;
};
export type RecordPaymentRefused = OrderNotFound | PaymentImpossible | RunRefusal;

/**
 * Writes down what became of an order's payment.
 * Once the money is there, what is still reserved stays so, even what lapsed already; what had expired waits for stock again, in the
 * order's old place, and is served at once where there is any. The same payment recorded twice changes nothing.
 */
export const recordPayment =
  ({
    unitOfWork,
    ids,
    policy,
  }: {
    readonly unitOfWork: UnitOfWork<OrderStores>;
    readonly ids: IdSource;
    readonly policy: AllocationPolicy;
  }) =>
  (caller: Caller, id: OrderId, { status, reference }: Payment): Promise<Result<Order, RecordPaymentRefused>> =>
    unitOfWork.run<Order, RecordPaymentRefused>(
      caller.organizationId,
      async (stores) => {
        const locked = await lockOrder(stores, id);
        if (!locked.ok) return locked;
        const { order, open, shelves } = locked.value;
        if (status === order.paymentStatus && status !== 'partiallyRefunded') return ok(order);
        if (!paymentTransitions[order.paymentStatus].includes(status))
          return err({ code: 'payment.invalid_transition', from: order.paymentStatus, to: status });
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const terms = secures(status) ? { paymentWindowMinutes: null, paymentExpired: false } : {};
        const text = reference === null ? status : `${status} ${reference}`;
        const change = advance(occasion, order, { ...terms, paymentStatus: status }, { what: 'paymentRecorded', text });
        await stores.orders.save(change);
        if (!secures(status)) return ok(change.order);
        await stores.stock.apply({
          ...noChange,
          keeps: open.filter(({ expiresAt }) => expiresAt).map((one) => ({ id: one.id })),
        });
        await settleStock(stores, occasion, { before: shelves, now: shelves }, policy);
        return ok((await stores.orders.find(id)) ?? change.order);
      },
      caller.once,
    );
