import type { Occasion } from '../inventory/index.js';
import type { Order, OrderId } from './order.js';
import type { OrderLine } from './order-line.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

/** Of the held orders, those that wait for a SKU to be mapped are served with what they have; one whose payment expired isn't. */
export const mayBeServed = ({ hold, paymentExpired }: Pick<Order, 'hold' | 'paymentExpired'>): boolean =>
  !paymentExpired && (hold === null || hold === 'unmappedSku');

/**
 * Lets units that nobody has tried to promise yet, though we know the goods, wait for stock like those that were tried in vain.
 * One order in a unit of work of its own: its stock isn't locked, so whoever held several could wait in a circle with somebody.
 */
export const queueUntried = async ({ orders }: OrderStores, occasion: Occasion, id: OrderId): Promise<void> => {
  const [order] = (await orders.lock([id])).filter(mayBeServed);
  if (!order?.lines.some(isUntried)) return;
  const lines = order.lines.map((line) =>
    isUntried(line) ? { ...line, pending: 0, backordered: line.backordered + line.pending } : line,
  );
  const status = order.status === 'new' ? 'backordered' : order.status;
  await orders.save(advance(occasion, order, { lines, status }, { what: 'queued', text: null }));
};

const isUntried = ({ sku, pending }: OrderLine): boolean => sku !== null && pending > 0;
