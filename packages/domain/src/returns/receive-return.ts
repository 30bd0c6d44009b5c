import {
  type AllocationPolicy,
  type Books,
  type ItemIsKit,
  type ItemNotFound,
  type LocationId,
  type LocationNotFound,
  type Occasion,
  openBooks,
  restock,
  type Sku,
  type StockChange,
  together,
  writeOffReturned,
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
import { lockOrder, settleStock, shelvesAfter } from '../orders/index.js';
import { type LockReturnRefused, lockAllowed } from './locked-return.js';
import { evolveReturn, type Return, type ReturnId } from './return.js';
import {
  type Arrived,
  type Goods,
  isComplete,
  type ReturnLineUnknown,
  type ReturnQuantityExceeded,
  taking,
} from './return-line.js';
import type { ReturnStores } from './stores.port.js';
import { eventOf, orderAfter } from './tell-return.js';

type Deps = { readonly unitOfWork: UnitOfWork<ReturnStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };

/** What arrived, and where. */
export type ReturnReceipt = { readonly locationId: LocationId; readonly lines: readonly Arrived[] };

export type ReceiveReturnRefused =
  | LockReturnRefused
  | ReturnLineUnknown
  | ReturnQuantityExceeded
  | ItemNotFound
  | ItemIsKit
  | LocationNotFound
  | QuantityInvalid
  | RunRefusal;
export type ReceiveReturn = (
  caller: Caller,
  id: ReturnId,
  receipt: ReturnReceipt,
) => Promise<Result<Return, ReceiveReturnRefused>>;

/**
 * Takes goods of a return in, all of them or a part.
 * - What is sellable is on hand again at once, and orders that wait for it are served first, in the same transaction.
 * - What is damaged is written off: the ledger shows that it came back, and that it went.
 * - The order is returned when all that was shipped of it came back, by whichever of its returns.
 */
export const receiveReturn =
  ({ unitOfWork, ids, policy }: Deps): ReceiveReturn =>
  (caller, id, receipt) =>
    unitOfWork.run<Return, ReceiveReturnRefused>(
      caller.organizationId,
      async (stores) => {
        const wrong = receipt.lines.findIndex(({ quantity }) => !isQuantity(quantity));
        if (wrong >= 0) return err({ code: 'quantity.invalid', path: `lines[${wrong}].quantity` });
        const seen = await stores.returns.find(id);
        if (!seen) return err({ code: 'return.not_found' });
        const opened = await openPlaces(stores, seen, receipt);
        if (!opened.ok) return opened;
        const locked = await lockOrder(stores, seen.orderId);
        if (!locked.ok) return locked;
        const allowed = await lockAllowed(stores, id, 'receive');
        if (!allowed.ok) return allowed;
        const before = allowed.value;
        const taken = taking(before.lines, receipt.lines);
        if (!taken.ok) return taken;
        const { lines, goods } = taken.value;
        const status = isComplete(lines) ? 'received' : 'partlyReceived';
        const after = evolveReturn(before, { lines, status });
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const { order, shelves } = locked.value;
        const books = openBooks(shelves.map(({ level }) => level));
        await stores.stock.apply(bookIn(books, occasion, { goods, one: after, locationId: receipt.locationId }));
        await stores.returns.save(after);
        const told = { what: 'returnReceived', text: inWords(after, goods) } as const;
        for (const change of orderAfter(occasion, order, { move: { before, after }, told })) await stores.orders.save(change);
        await stores.outbox.announce([eventOf(occasion, after, status)]);
        await settleStock(stores, occasion, { before: shelves, now: shelvesAfter(shelves, books) }, policy);
        return ok(after);
      },
      caller.once,
    );

/** Levels for what arrives, whose items and location are there. What became a kit since it was shipped can't be on hand any more. */
const openPlaces = async (
  { items, locations, stock }: ReturnStores,
  one: Return,
  { locationId, lines }: ReturnReceipt,
): Promise<Result<null, ItemNotFound | ItemIsKit | LocationNotFound>> => {
  const named = one.lines.filter(({ orderLineId }) => lines.some(({ lineId }) => lineId === orderLineId));
  const skus = [...new Set(named.flatMap(({ parts }) => parts.map(({ sku }) => sku)))].sort();
  const found = await items.lockMany(skus);
  if (found.length < skus.length) return err({ code: 'item.not_found' });
  if (found.some(({ components }) => components !== null)) return err({ code: 'item.is_kit' });
  if (!(await locations.find(locationId))) return err({ code: 'location.not_found' });
  await stock.openMany(skus.map((sku) => ({ sku, locationId })));
  return ok(null);
};

type BookedIn = { readonly goods: readonly Goods[]; readonly one: Return; readonly locationId: LocationId };

const bookIn = (books: Books, occasion: Occasion, { goods, one, locationId }: BookedIn): StockChange =>
  together(
    goods.map(({ sku, quantity, condition }) => {
      const arrival = { sku, locationId, quantity, returnId: one.id };
      return condition === 'sellable' ? restock(books, occasion, arrival) : writeOffReturned(books, occasion, arrival);
    }),
  );

const inWords = ({ number }: Return, goods: readonly Goods[]): string => {
  const units = new Map<string, number>();
  const key = (sku: Sku, condition: string): string => `${sku} (${condition})`;
  for (const { sku, condition, quantity } of goods)
    units.set(key(sku, condition), (units.get(key(sku, condition)) ?? 0) + quantity);
  return `${number}: ${[...units].map(([what, quantity]) => `${quantity} × ${what}`).join(', ')}`;
};
