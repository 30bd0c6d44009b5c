import type { Order } from './order.js';
import type { OrderLine } from './order-line.js';
import { statusOfLines } from './status.js';

/** An order that was to be shipped whole is short now; one that is held, or shipped in part, stays so. */
export const statusAfterLoss = (order: Order, lines: readonly OrderLine[]): Order['status'] =>
  order.status === 'reserved' || order.status === 'readyToShip' ? statusOfLines(lines) : order.status;
