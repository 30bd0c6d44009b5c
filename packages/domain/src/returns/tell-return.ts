import type { Occasion } from '../inventory/index.js';
import type { DomainEvent } from '../kernel/index.js';
import { advance, isAllBack, type Order, type OrderChange, type TimelineKind } from '../orders/index.js';
import type { Return } from './return.js';
import { orderLinesAfter } from './return-line.js';

/** What may happen to a return, and what the event of each is called. */
export const returnEventTypes = {
  requested: 'return.requested',
  authorised: 'return.authorised',
  rejected: 'return.rejected',
  cancelled: 'return.cancelled',
  partlyReceived: 'return.partly_received',
  received: 'return.received',
  refunded: 'return.refunded',
} as const;
export type ReturnEvent = keyof typeof returnEventTypes;

/** `{ returnId, orderId, number, status }`. */
export const eventOf = (
  { at }: Pick<Occasion, 'at'>,
  { id, orderId, number, status, version }: Return,
  what: ReturnEvent,
): DomainEvent => ({
  type: returnEventTypes[what],
  aggregateId: id,
  aggregateVersion: version,
  at,
  data: { returnId: id, orderId, number, status },
});

export type ReturnMove = { readonly before: Return | null; readonly after: Return };
type Told = { readonly what: TimelineKind; readonly text: string };

/** The order after one of its returns moved: what its lines say of returns, and that it is returned once all that was shipped came back. */
export const orderAfter = (
  occasion: Occasion,
  order: Order,
  { move: { before, after }, told }: { readonly move: ReturnMove; readonly told: Told },
): readonly OrderChange[] => {
  const lines = orderLinesAfter(order.lines, awaitedLines(before), awaitedLines(after));
  const change = advance(occasion, order, { lines }, told);
  const comesBack = (order.status === 'shipped' || order.status === 'delivered') && isAllBack(lines);
  return comesBack
    ? [change, advance(occasion, change.order, { status: 'returned' }, { what: 'returned', text: after.number })]
    : [change];
};

/** What was rejected or cancelled awaits nothing. */
const awaitedLines = (one: Return | null): Return['lines'] =>
  one === null || one.status === 'rejected' || one.status === 'cancelled' ? [] : one.lines;
