import {
  type AdjustmentReason,
  type AdjustmentRefused,
  type AllocationPolicy,
  type LevelStanding,
  type LocationId,
  openBooks,
  type Reservation,
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
import { bookAdjustment, tellBroken } from './break-promises.js';
import { levelNow, lockPlaces, type PlaceUnknown } from './move-stock.js';
import { shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';

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
        const broken = await bookAdjustment(stores, occasion, { books, adjustment });
        if (!broken.ok) return broken;
        const now = shelvesAfter(shelves.value, books);
        await tellBroken(stores, occasion, { losses: [broken.value], shelves: now });
        await settleStock(stores, occasion, { before: shelves.value, now }, policy);
        return ok({ level: await levelNow(stores, adjustment), broken: broken.value });
      },
      caller.once,
    );
