import { type AllocationPolicy, leave, type Occasion, openBooks, together } from '../inventory/index.js';
import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { OrderInvalid } from './draft.js';
import { checkAction, type LockedOrder, lockOrder, type OrderNotFound, type PurchaseInProgress } from './locked-order.js';
import type { Order, OrderId } from './order.js';
import type { OrderLine, OrderLineId } from './order-line.js';
import { statusWithLess } from './order-status-after-loss.js';
import { shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import { type InvalidTransition, orderTransitions } from './status.js';
import type { OrderStores } from './stores.port.js';
import { advance, type OrderChange, type Told } from './timeline.js';
import { freeUnits, openUnits, takeOff } from './units-off-line.js';

export const cancelReasons = ['customerRequest', 'outOfStock', 'fraudSuspected', 'paymentFailed', 'duplicate', 'other'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** Units of a line; null is all that haven't left. */
export type CancelledUnits = { readonly lineId: OrderLineId; readonly quantity: number | null };
export type LineCancellation = { readonly reason: CancelReason; readonly lines: readonly CancelledUnits[] };

/** The order has no line of that id. */
export type LineUnknown = { readonly code: 'order.line_not_found' };
/** More units of a line than may still be changed; `available` are those that may. */
export type QuantityExceeded = { readonly code: 'order.quantity_exceeded'; readonly path: string; readonly available: number };
export type CancelRefused = OrderNotFound | InvalidTransition | PurchaseInProgress | RunRefusal;
export type CancelLinesRefused = CancelRefused | LineUnknown | QuantityExceeded | OrderInvalid;

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };
export type CancelOrder = (caller: Caller, id: OrderId, reason: CancelReason) => Promise<Result<Order, CancelRefused>>;

/**
 * Cancels all of an order that hasn't left: an order of which something was shipped is shipped then, any other one cancelled.
 * Its stock is free again, and orders that wait for it are served in the same transaction.
 */
export const cancelOrder =
  (deps: Deps): CancelOrder =>
  (caller, id, reason) =>
    cancelling<CancelRefused>(deps, caller, {
      id,
      reason,
      unitsOf: ({ order }) =>
        order.purchases > 0
          ? err({ code: 'order.purchase_in_progress' })
          : ok(new Map(order.lines.map((line) => [line.id, openUnits(line)]))),
    });

/**
 * Cancels some lines of an order, or a part of what is left of them, as `cancelOrder` does with all of it.
 * Units for which a label is being bought stay. A line that is named without a quantity and has nothing left is no change.
 */
export const cancelLines =
  (deps: Deps) =>
  (caller: Caller, id: OrderId, { reason, lines }: LineCancellation): Promise<Result<Order, CancelLinesRefused>> =>
    cancelling<CancelLinesRefused>(deps, caller, { id, reason, unitsOf: (locked) => unitsNamed(locked, lines) });

type Units = ReadonlyMap<OrderLineId, number>;
type Cancelling<Refused> = {
  readonly id: OrderId;
  readonly reason: CancelReason;
  readonly unitsOf: (locked: LockedOrder) => Result<Units, Refused>;
};

const cancelling = <Refused extends CancelLinesRefused>(
  { unitOfWork, ids, policy }: Deps,
  caller: Caller,
  { id, reason, unitsOf }: Cancelling<Refused>,
): Promise<Result<Order, Refused | CancelRefused>> =>
  unitOfWork.run<Order, Refused | CancelRefused>(
    caller.organizationId,
    async (stores) => {
      const locked = await lockOrder(stores, id);
      if (!locked.ok) return locked;
      const { order, shelves, open } = locked.value;
      const allowed = checkAction(order, 'cancel');
      if (!allowed.ok) return allowed;
      const units = unitsOf(locked.value);
      if (!units.ok) return units;
      if ([...units.value.values()].every((none) => none === 0)) return ok(order);
      const occasion = { actor: caller.actor, at: stores.now, ids };
      const books = openBooks(shelves.map(({ level }) => level));
      const taken = order.lines.map((line) => takeOff(occasion, { line, open }, units.value.get(line.id) ?? 0));
      const parts = taken.flatMap((one) => one.parts);
      const splits = taken.map(({ change }) => change);
      await stores.stock.apply(together([...splits, leave(books, occasion, parts, 'released', reason)]));
      const lines = taken.map(({ line }) => ({ ...line, cancelled: line.cancelled + (units.value.get(line.id) ?? 0) }));
      for (const change of changesOf(occasion, { order, lines }, { reason, units: inWords(order, units.value) }))
        await stores.orders.save(change);
      await settleStock(stores, occasion, { before: shelves, now: shelvesAfter(shelves, books) }, policy);
      return ok((await stores.orders.find(id)) ?? order);
    },
    caller.once,
  );

const unitsNamed = (
  { order, open }: LockedOrder,
  named: readonly CancelledUnits[],
): Result<Units, LineUnknown | QuantityExceeded | PurchaseInProgress | OrderInvalid> => {
  const units = new Map<OrderLineId, number>();
  for (const [index, { lineId, quantity }] of named.entries()) {
    const line = order.lines.find(({ id }) => id === lineId);
    if (!line) return err({ code: 'order.line_not_found' });
    if (units.has(line.id))
      return err({ code: 'order.invalid', faults: [{ path: `lines[${index}].lineId`, message: 'names a line a second time' }] });
    const wanted = quantity ?? openUnits(line);
    if (wanted > openUnits(line))
      return err({ code: 'order.quantity_exceeded', path: `lines[${index}].quantity`, available: openUnits(line) });
    if (wanted > freeUnits(line, open)) return err({ code: 'order.purchase_in_progress' });
    units.set(line.id, wanted);
  }
  return ok(units);
};

type Less = { readonly order: Order; readonly lines: readonly OrderLine[] };

/** What is told of it. The machine has no move from a hold to shipped: such an order goes on first, in the same moment. */
const changesOf = (occasion: Occasion, { order, lines }: Less, { reason, units }: Reasoned): readonly OrderChange[] => {
  const status = statusWithLess(order, lines);
  const told: Told =
    status === 'cancelled' ? { what: 'cancelled', text: reason } : { what: 'linesCancelled', text: `${reason}: ${units}` };
  const change = { lines, status, hold: status === 'onHold' ? order.hold : null };
  if (status !== 'shipped' || orderTransitions[order.status].includes(status)) return [advance(occasion, order, change, told)];
  const goesOn = { status: 'partiallyShipped', hold: null } as const;
  const resumed = advance(occasion, order, goesOn, { what: 'resumed', text: order.hold });
  return [resumed, advance(occasion, resumed.order, change, told)];
};

type Reasoned = { readonly reason: CancelReason; readonly units: string };

const inWords = ({ lines }: Order, units: Units): string =>
  lines.flatMap(({ id, sku, name }) => (units.get(id) ? [`${units.get(id)} × ${sku ?? name}`] : [])).join(', ');
