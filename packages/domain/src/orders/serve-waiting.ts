import {
  type AllocationPolicy,
  allocate,
  available,
  type Books,
  type Demand,
  lineUnits,
  type Occasion,
  openBooks,
  reserve,
  type Shelf,
  type Sku,
  type StockChange,
  stockedAs,
  type Take,
  together,
} from '../inventory/index.js';
import type { Order, OrderId } from './order.js';
import type { OrderLine } from './order-line.js';
import { promisedUntil } from './payment.js';
import { statusOfLines } from './status.js';
import type { OrderStores } from './stores.port.js';
import { advance, type OrderChange } from './timeline.js';

/**
 * How many waiting orders are served in the transaction that brought the stock. The rest are the backlog's, which the next sweep serves: they
 * lose nothing by the minute, since whatever else takes stock meanwhile leaves them what they wait for.
 */
const SERVED_AT_ONCE = 100;

/** How many orders got something, and the shelves as that left them. */
export type Served = { readonly orders: number; readonly shelves: readonly Shelf[] };

/**
 * Gives what has become available to backordered lines, oldest order first, partly if need be.
 * The shelves are those that were locked, with their levels as they are now. A kit is served when the shelves of all its parts are among them.
 */
export const serveWaiting = async (
  stores: OrderStores,
  occasion: Occasion,
  shelves: readonly Shelf[],
  policy: AllocationPolicy,
): Promise<Served> => {
  const skus = availableSkus(shelves);
  if (skus.size === 0) return { orders: 0, shelves };
  const waiting = await stores.orders.waitingFor([...skus], SERVED_AT_ONCE);
  const requests = waiting.map((order) => ({ demands: waitingDemands(order, skus), onShortage: 'backorder' as const }));
  const books = openBooks(shelves.map(({ level }) => level));
  const changes: OrderChange[] = [];
  const promises: StockChange[] = [];
  for (const [index, { takes, explanation }] of allocate(shelves, requests, policy).entries()) {
    const order = waiting[index];
    if (!order || takes.length === 0) continue;
    promises.push(reserve(books, occasion, takes, order.id, promisedUntil(order, occasion.at)));
    changes.push(advance(occasion, order, fill(order, takes), { what: 'backorderFilled', text: null, explanation }));
  }
  await stores.stock.apply(together(promises));
  await stores.orders.save(...changes);
  return { orders: changes.length, shelves: shelvesAfter(shelves, books) };
};

const availableSkus = (shelves: readonly Shelf[]): ReadonlySet<Sku> =>
  new Set(
    shelves
      .filter(({ level, location }) => location.active && available(level) > 0)
      .map(({ level }) => level.sku)
      .sort(),
  );

/**
 * Locks orders that lost something and, in one go with them, those that will be served from the shelves as they are now: whoever locked
 * the one and then the other would wait in a circle with somebody who does the same about other SKUs. Answers the orders that were named.
 */
export const lockBeforeServing = async (
  { orders }: Pick<OrderStores, 'orders'>,
  ids: readonly OrderId[],
  shelves: readonly Shelf[],
): Promise<readonly Order[]> => {
  if (ids.length === 0) return [];
  const skus = availableSkus(shelves);
  const waiting = skus.size > 0 ? await orders.waitingIds([...skus], SERVED_AT_ONCE) : [];
  const locked = await orders.lock([...new Set([...ids, ...waiting])].sort());
  return locked.filter(({ id }) => ids.includes(id));
};

const waitingDemands = (order: Order, skus: ReadonlySet<Sku>): Demand[] =>
  order.lines.flatMap(({ id, sku, components, backordered }) =>
    sku && backordered > 0 && stockedAs({ sku, components }).every((part) => skus.has(part))
      ? [{ lineId: id, sku, quantity: backordered, components }]
      : [],
  );

const fill = (order: Order, takes: readonly Take[]): Pick<Order, 'lines' | 'status'> => {
  const lines = order.lines.map((line): OrderLine => {
    const units = lineUnits(takes.filter(({ lineId }) => lineId === line.id));
    return { ...line, backordered: line.backordered - units, reserved: line.reserved + units };
  });
  return { lines, status: statusAfterFilling(order, lines) };
};

/** Only an order that waited as a whole moves by being filled; a held or partly shipped one keeps its status. One that is being shipped is ready, and one with units that weren't tried yet stays short. */
const statusAfterFilling = (order: Order, lines: readonly OrderLine[]): Order['status'] => {
  if (order.status !== 'backordered') return order.status;
  const status = statusOfLines(lines);
  if (status === 'new') return order.status;
  return status === 'reserved' && order.purchases > 0 ? 'readyToShip' : status;
};

/** The shelves as a decision left them. */
export const shelvesAfter = (shelves: readonly Shelf[], books: Books): readonly Shelf[] =>
  shelves.map(({ level, location }) => ({ level: books.level(level), location }));
