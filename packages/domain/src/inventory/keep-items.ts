import {
  type Caller,
  err,
  isCount,
  ok,
  type QuantityInvalid,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import type { Item } from './item.js';
import { checkComponents, type ItemIsKit, type KitFixed, type KitInvalid } from './keep-kits.js';
import type { Sku } from './sku.js';
import type { InventoryStores, ItemUses } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<InventoryStores> };

export type ItemFacts = Omit<Item, 'sku' | 'createdAt'>;
export type ItemNotFound = { readonly code: 'item.not_found' };
export type ItemExists = { readonly code: 'item.exists' };
export type ItemInUse = { readonly code: 'item.in_use'; readonly onHand: number; readonly reserved: number } & ItemUses;

/** Refuses facts that no item may have; a kit has no threshold, since its components have. The others are the caller's own business. */
const checkFacts = ({ lowStockThreshold, components }: ItemFacts): Result<undefined, QuantityInvalid | ItemIsKit> => {
  if (lowStockThreshold === null) return ok(undefined);
  if (!isCount(lowStockThreshold)) return err({ code: 'quantity.invalid', path: 'lowStockThreshold' });
  return components ? err({ code: 'item.is_kit' }) : ok(undefined);
};

export type AddItemRefused = ItemExists | ItemIsKit | KitInvalid | QuantityInvalid | RunRefusal;
export type ChangeItemRefused = ItemNotFound | ItemIsKit | KitFixed | KitInvalid | QuantityInvalid | RunRefusal;

/** Adds an item, or revives a deleted one under the same SKU with the new facts. */
export const addItem =
  ({ unitOfWork }: Deps) =>
  (caller: Caller, sku: Sku, facts: ItemFacts): Promise<Result<Item, AddItemRefused>> =>
    unitOfWork.run<Item, AddItemRefused>(
      caller.organizationId,
      async (stores) => {
        const checked = checkFacts(facts);
        if (!checked.ok) return checked;
        const parts = await checkComponents(stores, sku, facts.components);
        if (!parts.ok) return parts;
        const item = { ...facts, sku, createdAt: stores.now };
        return (await stores.items.add(item)) ? ok(item) : err({ code: 'item.exists' });
      },
      caller.once,
    );

/**
 * Changes the facts that are named, and leaves the others. Orders that were placed keep the components that their kits had then; a kit
 * stays a kit, and an item with stock of its own stays one.
 */
export const changeItem =
  ({ unitOfWork }: Deps) =>
  (caller: Caller, sku: Sku, facts: Partial<ItemFacts>): Promise<Result<Item, ChangeItemRefused>> =>
    unitOfWork.run<Item, ChangeItemRefused>(
      caller.organizationId,
      async (stores) => {
        const parts = await checkComponents(stores, sku, facts.components ?? null);
        if (!parts.ok) return parts;
        const found = await stores.items.lock(sku);
        if (!found) return err({ code: 'item.not_found' });
        if (facts.components !== undefined && (facts.components === null) !== (found.components === null))
          return err({ code: 'item.kit_fixed' });
        const item = { ...found, ...facts };
        const checked = checkFacts(item);
        if (!checked.ok) return checked;
        await stores.items.change(item);
        return ok(item);
      },
      caller.once,
    );

/** Deletes an item of which nothing is on hand, promised or waited for, that no shop lists and that is part of no kit. What refers to it stays readable. */
export const removeItem =
  ({ unitOfWork }: Deps) =>
  (caller: Caller, sku: Sku): Promise<Result<undefined, ItemNotFound | ItemInUse | RunRefusal>> =>
    unitOfWork.run<undefined, ItemNotFound | ItemInUse>(
      caller.organizationId,
      async ({ items, stock, now }) => {
        const shelves = await stock.lock([sku]);
        if (!(await items.lockToRemove(sku))) return err({ code: 'item.not_found' });
        const onHand = shelves.reduce((sum, { level }) => sum + level.onHand, 0);
        const reserved = shelves.reduce((sum, { level }) => sum + level.reserved, 0);
        const uses = await items.uses(sku);
        if (onHand + reserved + uses.listings + uses.waiting + uses.kits > 0)
          return err({ code: 'item.in_use', onHand, reserved, ...uses });
        await items.remove(sku, now);
        return ok(undefined);
      },
      caller.once,
    );
