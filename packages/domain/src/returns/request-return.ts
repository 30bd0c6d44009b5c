import {
  type Caller,
  err,
  type IdSource,
  isQuantity,
  ok,
  type QuantityInvalid,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import {
  checkAction,
  type InvalidTransition,
  type LinesUnmapped,
  type LineUnknown,
  type Order,
  type OrderId,
  type OrderInvalid,
  type OrderLine,
  type OrderLineId,
  type OrderNotFound,
  returnable,
} from '../orders/index.js';
import type { Shipment } from '../shipments/index.js';
import { type Return, ReturnId, type ReturnLine, type ReturnReason } from './return.js';
import type { ReturnQuantityExceeded } from './return-line.js';
import type { ReturnStores } from './stores.port.js';
import { eventOf, orderAfter } from './tell-return.js';

type Deps = { readonly unitOfWork: UnitOfWork<ReturnStores>; readonly ids: IdSource };

/** `quantity` counts as the order line does: of a kit, kits. */
export type RequestedLine = { readonly lineId: OrderLineId; readonly quantity: number; readonly reason: ReturnReason };
export type ReturnRequest = { readonly lines: readonly RequestedLine[]; readonly note: string | null };

export type RequestReturnRefused =
  | OrderNotFound
  | InvalidTransition
  | LineUnknown
  | LinesUnmapped
  | OrderInvalid
  | QuantityInvalid
  | ReturnQuantityExceeded
  | RunRefusal;
export type RequestReturn = (
  caller: Caller,
  orderId: OrderId,
  request: ReturnRequest,
) => Promise<Result<Return, RequestReturnRefused>>;

/**
 * Asks for shipped goods of an order to be taken back.
 * - Over all returns of an order that were neither rejected nor cancelled never more than was shipped: they are counted on its lines,
 *   while it is locked.
 * - What a label was bought for that its carrier is being asked to take back never left, and can't come back.
 */
export const requestReturn =
  ({ unitOfWork, ids }: Deps): RequestReturn =>
  (caller, orderId, request) =>
    unitOfWork.run<Return, RequestReturnRefused>(
      caller.organizationId,
      async ({ orders, shipments, returns, outbox, now }) => {
        const [order] = await orders.lock([orderId]);
        if (!order) return err({ code: 'order.not_found' });
        const allowed = checkShipped(order);
        if (!allowed.ok) return allowed;
        const lines = linesOf(order, await shipments.ofOrders([orderId]), request.lines);
        if (!lines.ok) return lines;
        const earlier = await returns.countOfOrder(orderId);
        const requested: Return = {
          id: ReturnId(ids.next()),
          orderId,
          number: `${order.number}-R${earlier + 1}`,
          status: 'requested',
          lines: lines.value,
          note: request.note,
          refundedMinor: 0,
          requestedAt: now,
          version: 1,
        };
        const occasion = { actor: caller.actor, at: now, ids };
        const told = { what: 'returnRequested', text: inWords(requested) } as const;
        await returns.save(requested);
        for (const change of orderAfter(occasion, order, { move: { before: null, after: requested }, told }))
          await orders.save(change);
        await outbox.announce([eventOf(occasion, requested, 'requested')]);
        return ok(requested);
      },
      caller.once,
    );

/** An order of which nothing left is refused as one whose status doesn't allow it, whatever its status. */
const checkShipped = (order: Order): Result<Order, InvalidTransition> =>
  order.lines.some(({ shipped }) => shipped > 0)
    ? checkAction(order, 'requestReturn')
    : err({ code: 'order.invalid_transition', status: order.status, action: 'requestReturn' });

type LinesRefused = LineUnknown | LinesUnmapped | OrderInvalid | QuantityInvalid | ReturnQuantityExceeded;

const linesOf = (
  order: Order,
  shipments: readonly Shipment[],
  asked: readonly RequestedLine[],
): Result<readonly ReturnLine[], LinesRefused> => {
  const lines: ReturnLine[] = [];
  const invalid = (path: string, message: string) => err({ code: 'order.invalid', faults: [{ path, message }] } as const);
  if (asked.length === 0) return invalid('lines', 'must name something');
  for (const [index, { lineId, quantity, reason }] of asked.entries()) {
    const path = `lines[${index}]`;
    const line = order.lines.find(({ id }) => id === lineId);
    if (!line) return err({ code: 'order.line_not_found' });
    if (line.sku === null) return err({ code: 'order.lines_unmapped' });
    if (lines.some(({ orderLineId }) => orderLineId === line.id)) return invalid(`${path}.lineId`, 'names a line a second time');
    if (!isQuantity(quantity)) return err({ code: 'quantity.invalid', path: `${path}.quantity` });
    const available = Math.max(0, returnable(line) - askedBack(shipments, line));
    if (quantity > available) return err({ code: 'return.quantity_exceeded', path: `${path}.quantity`, available });
    const parts = (line.components ?? [{ sku: line.sku, quantity: 1 }]).map((part) => ({ ...part, sellable: 0, damaged: 0 }));
    lines.push({ orderLineId: line.id, sku: line.sku, quantity, cancelled: 0, reason, parts });
  }
  return ok(lines);
};

/** Units of a line on labels that their carrier is asked to take back. A parcel that was seen since has left, whatever becomes of its label. */
const askedBack = (shipments: readonly Shipment[], { id }: OrderLine): number =>
  shipments
    .filter(({ status, returnId, voidAskedAt }) => status === 'labelled' && returnId === null && voidAskedAt !== null)
    .flatMap(({ lines }) => lines)
    .reduce((units, line) => (line.orderLineId === id ? units + line.quantity : units), 0);

const inWords = ({ number, lines }: Return): string =>
  `${number}: ${lines.map(({ quantity, sku, reason }) => `${quantity} × ${sku} (${reason})`).join(', ')}`;
