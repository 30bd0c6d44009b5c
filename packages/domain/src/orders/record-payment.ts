import { type AllocationPolicy, noChange } from '../inventory/index.js';
import {
  type Caller,
  decimalText,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import type { Decided } from './changing.js';
import { lockOrder, type OrderNotFound } from './locked-order.js';
import type { Amounts, Order, OrderId, PaymentStatus } from './order.js';
import { paymentTransitions, promisesWhile } from './payment.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';
import { advance, type Told } from './timeline.js';

/**
 * `amountMinor`, in minor units of the order's currency: with `paid` all that was paid so far (left out, the order's total), with
 * `partiallyRefunded` what is given back now, with `refunded` the rest. `reference` is what the payment is known by where it was made.
 */
export type Payment = {
  readonly status: PaymentStatus;
  readonly amountMinor?: number | undefined;
  readonly reference: string | null;
};

export type PaymentImpossible = {
  readonly code: 'payment.invalid_transition';
  readonly from: PaymentStatus;
  readonly to: PaymentStatus;
};
/** An amount is missing, or isn't what the payment leaves. */
export type PaymentAmountInvalid = { readonly code: 'payment.amount_invalid'; readonly message: string };
export type RecordPaymentRefused = OrderNotFound | PaymentImpossible | PaymentAmountInvalid | RunRefusal;

/**
 * Writes down what became of an order's payment.
 * Once the money is there, what is still reserved stays so, even what lapsed already; what had expired waits for stock again, in the
 * order's old place, and is served at once where there is any. The same payment recorded twice changes nothing, save a partial refund.
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
  (caller: Caller, id: OrderId, payment: Payment): Promise<Result<Order, RecordPaymentRefused>> =>
    unitOfWork.run<Order, RecordPaymentRefused>(
      caller.organizationId,
      async (stores) => {
        const locked = await lockOrder(stores, id);
        if (!locked.ok) return locked;
        const { order, open, shelves } = locked.value;
        const { status } = payment;
        const amounts = amountsAfter(order, payment);
        if (!amounts.ok) return amounts;
        if (!amounts.value) return ok(order);
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const lasts = promisesWhile[status] === 'last';
        const terms = lasts ? { paymentWindowMinutes: null, paymentExpired: false } : {};
        const told: Told = { what: 'paymentRecorded', text: inWords(order, payment) };
        const change = advance(occasion, order, { ...terms, ...amounts.value, paymentStatus: status }, told);
        await stores.orders.save(change);
        if (!lasts) return ok(change.order);
        await stores.stock.apply({
          ...noChange,
          keeps: open.filter(({ expiresAt }) => expiresAt).map((one) => ({ id: one.id })),
        });
        await settleStock(stores, occasion, { before: shelves, now: shelves }, policy);
        return ok((await stores.orders.find(id)) ?? change.order);
      },
      caller.once,
    );

/** Money that is given back of an order's payment, in minor units of its currency. */
export type Refund = { readonly amountMinor: number; readonly reference: string | null };

/** What becomes of an order when so much of its payment is given back: all that is left of it, or a part. Never more than was paid. */
export const refunding = (
  order: Order,
  { amountMinor, reference }: Refund,
): Result<Decided, PaymentImpossible | PaymentAmountInvalid> => {
  const { paidMinor, refundedMinor, paymentStatus: from } = order;
  const left = paidMinor - refundedMinor;
  if (!paymentTransitions[from].includes('partiallyRefunded'))
    return err({ code: 'payment.invalid_transition', from, to: 'partiallyRefunded' });
  if (amountMinor < 1 || amountMinor > left)
    return err({
      code: 'payment.amount_invalid',
      message: `must be at least 1 and at most ${left}, what is left of the payment`,
    });
  const status = amountMinor === left ? 'refunded' : 'partiallyRefunded';
  return ok({
    change: { refundedMinor: refundedMinor + amountMinor, paymentStatus: status },
    told: { what: 'paymentRecorded', text: inWords(order, { status, amountMinor, reference }) },
  });
};

/** What is paid and given back afterwards; undefined when this was recorded before. */
const amountsAfter = (
  order: Order,
  { status, amountMinor }: Payment,
): Result<Amounts | undefined, PaymentImpossible | PaymentAmountInvalid> => {
  const { paidMinor, refundedMinor, paymentStatus: from } = order;
  const wrong = (message: string) => err({ code: 'payment.amount_invalid', message } as const);
  const isAgain = status === from && status !== 'partiallyRefunded';
  const paysOther = isAgain && status === 'paid' && amountMinor !== undefined && amountMinor !== paidMinor;
  if (isAgain && !paysOther) return ok(undefined);
  if (!isAgain && !paymentTransitions[from].includes(status))
    return err({ code: 'payment.invalid_transition', from, to: status });
  const left = paidMinor - refundedMinor;
  switch (status) {
    case 'paid':
      return ok({ paidMinor: amountMinor ?? Math.max(0, order.totals.totalMinor), refundedMinor });
    case 'partiallyRefunded':
      return amountMinor === undefined || amountMinor < 1 || amountMinor >= left
        ? wrong(`must be at least 1 and less than ${left}, what is left of the payment`)
        : ok({ paidMinor, refundedMinor: refundedMinor + amountMinor });
    case 'refunded':
      return amountMinor !== undefined && amountMinor !== left
        ? wrong(`must be ${left}, what is left of the payment, or left out`)
        : ok({ paidMinor, refundedMinor: paidMinor });
    default:
      return ok({ paidMinor, refundedMinor });
  }
};

const inWords = ({ currency }: Order, { status, amountMinor, reference }: Payment): string =>
  [status, amountMinor !== undefined && `${decimalText(amountMinor, currency)} ${currency}`, reference].filter(Boolean).join(' ');
