import type { Order } from './order.js';
import type { OrderLine } from './order-line.js';
import { statusOfLines } from './status.js';

/** An order that was to be shipped whole is short now; one that is held, or shipped in part, stays so. */
export const statusAfterLoss = (order: Order, lines: readonly OrderLine[]): Order['status'] =>
  order.status === 'reserved' || order.status === 'readyToShip' ? statusOfLines(lines) : order.status;

/** What an order is when lines lost units that nobody wants any more, or got others: a hold stays, and what is being shipped may go on. */
export const statusWithLess = (order: Order, lines: readonly OrderLine[]): Order['status'] => {
  const says = statusOfLines(lines);
  if (says === 'shipped' || says === 'cancelled') return says;
  if (order.status === 'readyToShip' && lines.some(({ reserved }) => reserved > 0)) return order.status;
  return statusAsItStands(order, lines);
};

/** What the lines say, of an order that was not made ready again since: one that is held stays so. */
export const statusAsItStands = (order: Order, lines: readonly OrderLine[]): Order['status'] => {
  const says = statusOfLines(lines);
  if (order.status === 'onHold') return order.status;
  if (says === 'new' && order.status !== 'new') return 'backordered';
  return says === 'reserved' && order.purchases > 0 ? 'readyToShip' : says;
};
