import {
  type AdjustmentReason,
  type AdjustmentRefused,
  type AllocationPolicy,
  adjust,
  type Breakable,
  type LevelStanding,
  type LocationId,
  lineUnits,
  type Occasion,
  openBooks,
  type Reservation,
  type Shelf,
  type Sku,
} from '../inventory/index.js';
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
import { levelNow, lockPlaces, type PlaceUnknown } from './move-stock.js';
import { OrderId } from './order.js';
import type { OrderLine } from './order-line.js';
import { statusAfterLoss } from './order-status-after-loss.js';
import { lockBeforeServing, shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };
type Place = { readonly sku: Sku; readonly locationId: LocationId };

export type Adjustment = Place & { readonly delta: number; readonly reason: AdjustmentReason };
export type AdjustRefused = PlaceUnknown | QuantityInvalid | AdjustmentRefused | RunRefusal;
export type AdjustedStock = { readonly level: LevelStanding; readonly broken: readonly Reservation[] };

/**
 * Books what somebody counted, found or lost: a fact, whatever was promised.
 * Promises that can't be kept break, unpaid and newest first; their lines are tried at other locations, else they wait.
 */
export const adjustStock =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, adjustment: Adjustment): Promise<Result<AdjustedStock, AdjustRefused>> =>
    unitOfWork.run<AdjustedStock, AdjustRefused>(
      caller.organizationId,
      async (stores) => {
        if (!isQuantity(Math.abs(adjustment.delta))) return err({ code: 'quantity.invalid', path: 'delta' });
        const shelves = await lockPlaces(stores, adjustment.sku, [adjustment.locationId]);
        if (!shelves.ok) return shelves;
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const books = openBooks(shelves.value.map(({ level }) => level));
        const { onHand } = books.level(adjustment);
        if (onHand + adjustment.delta < 0) return err({ code: 'adjustment.below_zero', onHand });
        const breakable = await breakableBy(stores, adjustment);
        const locked = new Set(shelves.value.map(({ level }) => level.sku));
        if (!breakable.kitParts.every(({ sku }) => locked.has(sku))) return err({ code: 'store.conflict' });
        const { change, broken } = adjust(books, occasion, adjustment, breakable);
        await stores.stock.apply(change);
        const now = shelvesAfter(shelves.value, books);
        await tellBroken(stores, occasion, { broken, shelves: now });
        await settleStock(stores, occasion, { before: shelves.value, now }, policy);
        return ok({ level: await levelNow(stores, adjustment), broken });
      },
      caller.once,
    );

/** What may break, and the other parts of the kits among it. A kit that was promised since its partners were looked up is a conflict. */
const breakableBy = async ({ stock }: OrderStores, { sku, locationId, delta }: Adjustment): Promise<Breakable> => {
  const here = delta < 0 ? await stock.breakableAt(sku, locationId) : [];
  const kits = here.filter(({ unitQuantity }) => unitQuantity !== null);
  const lines = new Set(kits.map(({ orderLineId }) => orderLineId));
  const open = kits.length > 0 ? await stock.openOf(...new Set(kits.map(({ orderId }) => orderId))) : [];
  return { here, kitParts: open.filter((part) => part.locationId === locationId && lines.has(part.orderLineId)) };
};

/** The lines of broken reservations wait again; an order that was reserved or ready is short now. */
const tellBroken = async (
  stores: OrderStores,
  occasion: Occasion,
  { broken, shelves }: { readonly broken: readonly Reservation[]; readonly shelves: readonly Shelf[] },
): Promise<void> => {
  const ids = [...new Set(broken.map(({ orderId }) => OrderId(orderId)))];
  const changes = (await lockBeforeServing(stores, ids, shelves)).map((order) => {
    const lines = order.lines.map((line) => withBroken(line, broken));
    const text = broken.flatMap(({ orderId, sku, quantity }) => (orderId === order.id ? `${quantity} × ${sku}` : [])).join(', ');
    return advance(occasion, order, { lines, status: statusAfterLoss(order, lines) }, { what: 'stockMissing', text });
  });
  await stores.orders.save(...changes);
};

const withBroken = (line: OrderLine, broken: readonly Reservation[]): OrderLine => {
  const units = lineUnits(broken.filter(({ orderLineId }) => orderLineId === line.id));
  return { ...line, reserved: line.reserved - units, backordered: line.backordered + units };
};
