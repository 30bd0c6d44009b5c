import type { Order } from './order.js';
import type { OrderLine } from './order-line.js';
import { statusAsItStands, statusWithLess } from './order-status-after-loss.js';
import { begunAgainByShop, type OrderStatus, orderTransitions, statusOfLines } from './status.js';

export type Standing = Pick<Order, 'status' | 'hold'>;

/** What an order is when its shop's news changed its units. Goods that nobody knows hold it, and let it go when they are gone. */
export const statusAfterNews = (order: Order, lines: readonly OrderLine[], grew: boolean): Standing => {
  const says = statusOfLines(lines);
  if (says === 'cancelled') return { status: says, hold: null };
  if (says === 'shipped') return { status: isPastShipping(order.status) ? order.status : says, hold: null };
  const unmapped = lines.some(({ sku, pending }) => sku === null && pending > 0);
  if (order.status === 'onHold' && (unmapped || order.hold !== 'unmappedSku')) return { status: order.status, hold: order.hold };
  if (unmapped) return { status: 'onHold', hold: 'unmappedSku' };
  if (order.status === 'onHold') return { status: says, hold: null };
  return { status: grew ? statusAsItStands(order, lines) : statusWithLess(order, lines), hold: null };
};

const isPastShipping = (status: OrderStatus): boolean => status === 'delivered' || status === 'returned';

/**
 * The statuses on the shortest way from one to another, the last one included; undefined where the machine has no way.
 * A shop may have done at once what takes several moves here, and may begin again what it had ended; no way leads through such an end.
 */
export const wayTo = (from: OrderStatus, to: OrderStatus): readonly OrderStatus[] | undefined => {
  const ways: OrderStatus[][] = [[from]];
  const seen = new Set<OrderStatus>([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way.slice(1);
    for (const next of way.length === 1 ? beginnings(from) : orderTransitions[last])
      if (!seen.has(next)) {
        seen.add(next);
        ways.push([...way, next]);
      }
  }
  return undefined;
};

const beginnings = (from: OrderStatus): readonly OrderStatus[] => {
  const again = begunAgainByShop[from];
  return again === undefined ? orderTransitions[from] : [...orderTransitions[from], again];
};
