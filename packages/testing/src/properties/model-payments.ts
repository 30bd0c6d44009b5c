import {
  isLapsed,
  leave,
  noChange,
  type Order,
  openBooks,
  paymentTransitions,
  type Reservation,
  reserve,
  type Sku,
  type StockChange,
  stockSkusOf,
  together,
} from '@rappit/domain';
import { type Model, moved, named, occasionOf, shelvesOf, withOrder } from './model.js';
import { losing, type Outcome, serving, withPartners } from './model-stock.js';
import type { Command } from './story.js';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

const openOnes = ({ stock }: Model): readonly Reservation[] =>
  [...stock.reservations.values()].filter(({ status }) => status === 'open');

const skusOf = (reservations: readonly Reservation[]): readonly Sku[] => [...new Set(reservations.map(({ sku }) => sku))];

/** What lapsed of these SKUs, or of all, is taken back, with all that lapsed of the same orders; whoever waits is served. */
export const expiring = (model: Model, skus: readonly Sku[] = model.skus): Model => {
  const lapsed = openOnes(model).filter((one) => isLapsed(one, model.now));
  const due = new Set(lapsed.filter(({ sku }) => skus.includes(sku)).map(({ orderId }) => orderId));
  if (due.size === 0) return model;
  const lost = lapsed.filter(({ orderId }) => due.has(orderId));
  const touched = withPartners(model, skusOf(openOnes(model).filter(({ orderId }) => due.has(orderId))));
  const books = openBooks(shelvesOf(model, touched).map(({ level }) => level));
  const freed = moved(model, leave(books, occasionOf(model), lost, 'expired', null));
  return serving(losing(freed, lost, { paymentExpired: true }), touched);
};

export const sweeping = (model: Model): Outcome => {
  const due = new Set(
    openOnes(model)
      .filter((one) => isLapsed(one, model.now))
      .map(({ orderId }) => orderId),
  );
  return { model: expiring(model), said: `ok ${due.size}` };
};

/** A change after which what is promised until some time was promised until a moment ago. The same for a model and for a store. */
export const lapsedNow = (
  open: readonly Reservation[],
  { books, occasion }: { readonly books: Parameters<typeof leave>[0]; readonly occasion: Parameters<typeof leave>[1] },
): StockChange => {
  const past = new Date(occasion.at.getTime() - 1);
  const unpaid = open.filter(({ expiresAt, shipmentId }) => expiresAt !== null && shipmentId === null);
  return together(
    unpaid.flatMap((one) => {
      const { orderLineId: lineId, sku, locationId, quantity, unitQuantity } = one;
      const take = { lineId, sku, locationId, quantity, ...(unitQuantity !== null && { unitQuantity }) };
      return [leave(books, occasion, [one], 'released', null), reserve(books, occasion, [take], one.orderId, past)];
    }),
  );
};

export const lapsing = (model: Model): Outcome => {
  const books = openBooks(shelvesOf(model, model.skus).map(({ level }) => level));
  return { model: moved(model, lapsedNow(openOnes(model), { books, occasion: occasionOf(model) })), said: 'ok' };
};

/** Once the money is there promises last, and the order waits like any other. */
export const paying = (model: Model, { order: place, status }: Of<'pay'>): Outcome => {
  const order = named(model.orders, place);
  if (!order) return { model, said: 'skipped' };
  if (status === order.paymentStatus) return { model, said: `ok ${order.status}` };
  if (!paymentTransitions[order.paymentStatus].includes(status)) return { model, said: 'payment.invalid_transition' };
  if (status === 'failed') return { model: withOrder(model, { ...order, paymentStatus: status }), said: `ok ${order.status}` };
  const amounts = {
    ...(status === 'paid' && { paidMinor: order.totals.totalMinor }),
    ...(status === 'refunded' && { refundedMinor: order.paidMinor }),
  };
  const secured: Order = { ...order, ...amounts, paymentStatus: status, paymentWindowMinutes: null, paymentExpired: false };
  const keeps = openOnes(model).filter(({ orderId, expiresAt }) => orderId === order.id && expiresAt !== null);
  const kept = moved(withOrder(model, secured), { ...noChange, keeps: keeps.map(({ id }) => ({ id })) });
  const after = serving(kept, stockSkusOf(order.lines));
  return { model: after, said: `ok ${after.orders.find(({ id }) => id === order.id)?.status}` };
};
