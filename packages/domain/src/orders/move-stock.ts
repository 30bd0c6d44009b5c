import {
  type AllocationPolicy,
  type ItemIsKit,
  type ItemNotFound,
  type LevelStanding,
  type LocationId,
  type LocationNotFound,
  openBooks,
  type Shelf,
  type Sku,
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
import { expireUnpaid } from './expire-unpaid.js';
import { lockToServe } from './lock-to-serve.js';
import { shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };
type Place = { readonly sku: Sku; readonly locationId: LocationId };
export type PlaceUnknown = ItemNotFound | ItemIsKit | LocationNotFound;

export type StockTransfer = { readonly sku: Sku; readonly from: LocationId; readonly to: LocationId; readonly quantity: number };
export type SameLocation = { readonly code: 'transfer.same_location' };
export type MoveRefused = PlaceUnknown | QuantityInvalid | SameLocation | TransferRefused | RunRefusal;
export type TransferredStock = { readonly from: LevelStanding; readonly to: LevelStanding };

/** Moves goods between locations; what lapsed may go, and is expired first. Orders that wait for them at the new one are served first, in the same transaction. */
export const transferStock =
  ({ unitOfWork, ids, policy }: Deps) =>
  async (caller: Caller, { sku, from, to, quantity }: StockTransfer): Promise<Result<TransferredStock, MoveRefused>> => {
    await expireUnpaid({ unitOfWork, ids, policy })(caller.organizationId, [sku]);
    return unitOfWork.run<TransferredStock, MoveRefused>(
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
        await settleStock(stores, occasion, { before: shelves.value, now: shelvesAfter(shelves.value, books) }, policy);
        return ok({
          from: await levelNow(stores, { sku, locationId: from }),
          to: await levelNow(stores, { sku, locationId: to }),
        });
      },
      caller.once,
    );
  };

export type KeepBackRefused = PlaceUnknown | QuantityInvalid | RunRefusal;

/** Says how many units of a level are never promised by themselves. What a lower number frees goes to orders that wait. */
export const setSafetyStock =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, place: Place, safetyStock: number): Promise<Result<LevelStanding, KeepBackRefused>> =>
    unitOfWork.run<LevelStanding, KeepBackRefused>(
      caller.organizationId,
      async (stores) => {
        if (!isCount(safetyStock)) return err({ code: 'quantity.invalid', path: 'safetyStock' });
        const shelves = await lockPlaces(stores, place.sku, [place.locationId]);
        if (!shelves.ok) return shelves;
        await stores.stock.keepBack(place, safetyStock);
        const now = shelves.value.map(
          ({ level, location }): Shelf =>
            level.sku === place.sku && level.locationId === place.locationId
              ? { level: { ...level, safetyStock }, location }
              : { level, location },
        );
        await settleStock(stores, { actor: caller.actor, at: stores.now, ids }, { before: shelves.value, now }, policy);
        return ok(await levelNow(stores, place));
      },
      caller.once,
    );

/** All shelves of the SKU and of its kit partners, with levels of it at these locations. The item and the locations exist. */
export const lockPlaces = async (
  { items, locations, stock }: OrderStores,
  sku: Sku,
  at: readonly LocationId[],
): Promise<Result<readonly Shelf[], PlaceUnknown>> => {
  const item = await items.lock(sku);
  if (!item) return err({ code: 'item.not_found' });
  if (item.components) return err({ code: 'item.is_kit' });
  for (const locationId of at) if (!(await locations.find(locationId))) return err({ code: 'location.not_found' });
  for (const locationId of at) await stock.open(sku, locationId);
  return ok(await lockToServe({ stock }, [sku]));
};

/** The level after everything, waiting orders included. */
export const levelNow = async ({ stock }: OrderStores, place: Place): Promise<LevelStanding> => {
  const { data } = await stock.levels({ limit: 1 }, place);
  return data[0] ?? bug('the level was locked');
};
