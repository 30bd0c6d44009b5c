import {
  type AllocationPolicy,
  type ItemNotFound,
  type LocationId,
  type LocationNotFound,
  openBooks,
  type Shelf,
  type Sku,
  type StockLevel,
  type TransferRefused,
  transfer,
} from '../inventory/index.js';
import {
  bug,
  type Caller,
  err,
  type IdSource,
  isCount,
  isQuantity,
  ok,
  type QuantityInvalid,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { serveWaiting, shelvesAfter } from './serve-waiting.js';
import type { OrderStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };
type Place = { readonly sku: Sku; readonly locationId: LocationId };
type PlaceUnknown = ItemNotFound | LocationNotFound;

export type StockTransfer = { readonly sku: Sku; readonly from: LocationId; readonly to: LocationId; readonly quantity: number };
export type SameLocation = { readonly code: 'transfer.same_location' };
export type MoveRefused = PlaceUnknown | QuantityInvalid | SameLocation | TransferRefused | RunRefusal;
export type TransferredStock = { readonly from: StockLevel; readonly to: StockLevel };

/** Moves goods between locations. Orders that wait for them at the new one are served first, in the same transaction. */
export const transferStock =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, { sku, from, to, quantity }: StockTransfer): Promise<Result<TransferredStock, MoveRefused>> =>
    unitOfWork.run<TransferredStock, MoveRefused>(
      caller.organizationId,
      async (stores) => {
        if (!isQuantity(quantity)) return err({ code: 'quantity.invalid', path: 'quantity' });
        if (from === to) return err({ code: 'transfer.same_location' });
        const shelves = await lockPlaces(stores, sku, [from, to]);
        if (!shelves.ok) return shelves;
        const occasion = { actor: caller.actor, at: stores.now, ids };
        const books = openBooks(shelves.value.map(({ level }) => level));
        const change = transfer(books, occasion, { sku, from, to, quantity });
        if (!change.ok) return change;
        await stores.stock.apply(change.value);
        await serveWaiting(stores, occasion, shelvesAfter(shelves.value, books), policy);
        return ok({
          from: await levelNow(stores, { sku, locationId: from }),
          to: await levelNow(stores, { sku, locationId: to }),
        });
      },
      caller.once,
    );

export type KeepBackRefused = PlaceUnknown | QuantityInvalid | RunRefusal;

/** Says how many units of a level are never promised by themselves. What a lower number frees goes to orders that wait. */
export const setSafetyStock =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, place: Place, safetyStock: number): Promise<Result<StockLevel, KeepBackRefused>> =>
    unitOfWork.run<StockLevel, KeepBackRefused>(
      caller.organizationId,
      async (stores) => {
        if (!isCount(safetyStock)) return err({ code: 'quantity.invalid', path: 'safetyStock' });
        const shelves = await lockPlaces(stores, place.sku, [place.locationId]);
        if (!shelves.ok) return shelves;
        await stores.stock.keepBack(place, safetyStock);
        const now = shelves.value.map(
          ({ level, location }): Shelf =>
            level.locationId === place.locationId ? { level: { ...level, safetyStock }, location } : { level, location },
        );
        await serveWaiting(stores, { actor: caller.actor, at: stores.now, ids }, now, policy);
        return ok(await levelNow(stores, place));
      },
      caller.once,
    );

/** All shelves of the SKU, with levels at these locations. The item and the locations exist. */
export const lockPlaces = async (
  { items, locations, stock }: OrderStores,
  sku: Sku,
  at: readonly LocationId[],
): Promise<Result<readonly Shelf[], PlaceUnknown>> => {
  if (!(await items.lock(sku))) return err({ code: 'item.not_found' });
  for (const locationId of at) if (!(await locations.find(locationId))) return err({ code: 'location.not_found' });
  for (const locationId of at) await stock.open(sku, locationId);
  return ok(await stock.lock([sku]));
};

/** The level after everything, waiting orders included. */
export const levelNow = async ({ stock }: OrderStores, place: Place): Promise<StockLevel> => {
  const { data } = await stock.levels({ limit: 1 }, place);
  return data[0] ?? bug('the level was locked');
};
