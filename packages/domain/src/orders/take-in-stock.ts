import {
  type AllocationPolicy,
  type Books,
  type LevelStanding,
  type LocationId,
  type Occasion,
  openBooks,
  type Reference,
  receive,
  restock,
  type Sku,
  type StockChange,
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
import { shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };
type Arrival = { readonly sku: Sku; readonly locationId: LocationId; readonly quantity: number };

export type Receipt = Arrival & { readonly reference: Reference | null };
/** `returnId` is what the return is known by, here or elsewhere. */
export type ReturnedGoods = Arrival & { readonly returnId: string };
export type ReceiveRefused = PlaceUnknown | QuantityInvalid | RunRefusal;
type TakenIn = Promise<Result<LevelStanding, ReceiveRefused>>;

/** Takes goods in. Orders that wait for them are served first, in the same transaction. */
export const receiveStock =
  (deps: Deps) =>
  (caller: Caller, receipt: Receipt): TakenIn =>
    takeIn(deps, caller, receipt, (books, occasion) => receive(books, occasion, receipt));

/** Takes goods back that may be sold again. To orders that wait they are as good as new ones. */
export const restockReturned =
  (deps: Deps) =>
  (caller: Caller, goods: ReturnedGoods): TakenIn =>
    takeIn(deps, caller, goods, (books, occasion) => restock(books, occasion, goods));

const takeIn = (
  { unitOfWork, ids, policy }: Deps,
  caller: Caller,
  arrival: Arrival,
  book: (books: Books, occasion: Occasion) => StockChange,
): TakenIn =>
  unitOfWork.run<LevelStanding, ReceiveRefused>(
    caller.organizationId,
    async (stores) => {
      if (!isQuantity(arrival.quantity)) return err({ code: 'quantity.invalid', path: 'quantity' });
      const shelves = await lockPlaces(stores, arrival.sku, [arrival.locationId]);
      if (!shelves.ok) return shelves;
      const occasion = { actor: caller.actor, at: stores.now, ids };
      const books = openBooks(shelves.value.map(({ level }) => level));
      await stores.stock.apply(book(books, occasion));
      await settleStock(stores, occasion, { before: shelves.value, now: shelvesAfter(shelves.value, books) }, policy);
      return ok(await levelNow(stores, arrival));
    },
    caller.once,
  );
