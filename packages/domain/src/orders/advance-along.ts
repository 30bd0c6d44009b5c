import type { Occasion } from '../inventory/index.js';
import { err, ok, type Result } from '../kernel/index.js';
import { wayTo } from './news-status.js';
import type { Order } from './order.js';
import type { InvalidTransition, OrderAction } from './status.js';
import { advance, type OrderChange, type Told } from './timeline.js';

/**
 * An order's changes on its way to another status: what the machine has no single move for is written move by move, in the same moment, and
 * whatever else changes is told with the last. What is only passed through nobody did, and nobody is to act on: it has no event, and its
 * entry says no more than that the order was changed.
 */
export const advanceAlong = (
  occasion: Occasion,
  order: Order,
  { change, told, action }: { readonly change: Partial<Order>; readonly told: Told; readonly action: OrderAction },
): Result<readonly OrderChange[], InvalidTransition> => {
  const way = wayTo(order.status, change.status ?? order.status);
  if (!way) return err({ code: 'order.invalid_transition', status: order.status, action });
  const changes: OrderChange[] = [];
  let latest = order;
  for (const passed of way.slice(0, -1)) {
    const passing = advance(occasion, latest, { status: passed, hold: null }, { what: 'edited', text: null });
    changes.push({ ...passing, events: [] });
    latest = passing.order;
  }
  return ok([...changes, advance(occasion, latest, change, told)]);
};
