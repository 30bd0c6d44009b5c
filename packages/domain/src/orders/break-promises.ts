import {
  type AdjustmentReason,
  adjust,
  type Books,
  type Breakable,
  type LevelPlace,
  lineUnits,
  type Occasion,
  type Reservation,
  type Shelf,
} from '../inventory/index.js';
import { err, ok, type Result, type StoreConflict } from '../kernel/index.js';
import { OrderId } from './order.js';
import type { OrderLine } from './order-line.js';
import { statusAfterLoss } from './order-status-after-loss.js';
import { lockBeforeServing } from './serve-waiting.js';
import type { OrderStores } from './stores.port.js';
import { advance } from './timeline.js';

type Adjusting = {
  readonly books: Books;
  readonly adjustment: LevelPlace & { readonly delta: number; readonly reason: AdjustmentReason };
};

/**
 * Books an adjustment of a locked level, and answers the promises that broke: `tellBroken` has to hear of them.
 * A kit that was promised since its partners were looked up is a conflict.
 */
export const bookAdjustment = async (
  { stock }: Pick<OrderStores, 'stock'>,
  occasion: Occasion,
  { books, adjustment }: Adjusting,
): Promise<Result<readonly Reservation[], StoreConflict>> => {
  const breakable = await breakableBy({ stock }, adjustment);
  const locked = new Set(books.levels().map(({ sku }) => sku));
  if (!breakable.kitParts.every(({ sku }) => locked.has(sku))) return err({ code: 'store.conflict' });
  const { change, broken } = adjust(books, occasion, adjustment, breakable);
  await stock.apply(change);
  return ok(broken);
};

/** What may break, and the other parts of the kits among it. */
const breakableBy = async (
  { stock }: Pick<OrderStores, 'stock'>,
  { sku, locationId, delta }: Adjusting['adjustment'],
): Promise<Breakable> => {
  const here = delta < 0 ? await stock.breakableAt(sku, locationId) : [];
  const kits = here.filter(({ unitQuantity }) => unitQuantity !== null);
  const lines = new Set(kits.map(({ orderLineId }) => orderLineId));
  const open = kits.length > 0 ? await stock.openOf(...new Set(kits.map(({ orderId }) => orderId))) : [];
  return { here, kitParts: open.filter((part) => part.locationId === locationId && lines.has(part.orderLineId)) };
};

/** What broke, adjustment by adjustment: of a kit that lost one part by the first and another by the second, two units are short. */
export type Losses = { readonly losses: readonly (readonly Reservation[])[]; readonly shelves: readonly Shelf[] };

/** The lines of broken reservations wait again; an order that was reserved or ready is short now. The shelves are as they are now. */
export const tellBroken = async (stores: OrderStores, occasion: Occasion, { losses, shelves }: Losses): Promise<void> => {
  const broken = losses.flat();
  const ids = [...new Set(broken.map(({ orderId }) => OrderId(orderId)))];
  const changes = (await lockBeforeServing(stores, ids, shelves)).map((order) => {
    const lines = order.lines.map((line) => losses.reduce(withBroken, line));
    const text = broken.flatMap(({ orderId, sku, quantity }) => (orderId === order.id ? `${quantity} × ${sku}` : [])).join(', ');
    return advance(occasion, order, { lines, status: statusAfterLoss(order, lines) }, { what: 'stockMissing', text });
  });
  await stores.orders.save(...changes);
};

const withBroken = (line: OrderLine, broken: readonly Reservation[]): OrderLine => {
  const units = lineUnits(broken.filter(({ orderLineId }) => orderLineId === line.id));
  return { ...line, reserved: line.reserved - units, backordered: line.backordered + units };
};
