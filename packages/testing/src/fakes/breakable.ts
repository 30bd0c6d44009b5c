import type { Order, OrderId, Reservation } from '@rappit/domain';
import { byCodePoint } from './code-points.js';

const isPaid = (order: Order | undefined): boolean =>
  order?.paymentStatus === 'paid' || order?.paymentStatus === 'partiallyRefunded';

/** The order in which promises break: unpaid before paid, newest first; those that are being shipped, or are ready to be, last. */
export const breakableFirst = (open: readonly Reservation[], orders: ReadonlyMap<OrderId, Order>): readonly Reservation[] => {
  const orderOf = (one: Reservation): Order | undefined => orders.get(one.orderId as OrderId);
  const rank = (one: Reservation): readonly number[] => [
    Number(one.shipmentId !== null),
    Number(orderOf(one)?.status === 'readyToShip'),
    Number(isPaid(orderOf(one))),
  ];
  return [...open].sort((a, b) => {
    const [ranksA, ranksB] = [rank(a), rank(b)];
    const differing = ranksA.findIndex((value, index) => value !== ranksB[index]);
    return differing === -1 ? byCodePoint(b.id, a.id) : (ranksA[differing] ?? 0) - (ranksB[differing] ?? 0);
  });
};
