import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { UserId } from '../tenancy/index.js';
import { MAX_SAVED_FILTERS, OrderFilterId, type SavedOrderFilter } from './saved-filter.js';
import type { SavedFilterStores } from './saved-filters.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<SavedFilterStores>; readonly ids: IdSource };

export type OrderFilterNotFound = { readonly code: 'order_filter.not_found' };
/** The member has another filter of that name. */
export type OrderFilterExists = { readonly code: 'order_filter.exists' };
export type TooManyOrderFilters = { readonly code: 'order_filter.too_many'; readonly limit: number };

export type NewOrderFilter = Pick<SavedOrderFilter, 'name' | 'filter'>;
type SaveRefused = OrderFilterExists | TooManyOrderFilters;
type ChangeRefused = OrderFilterExists | OrderFilterNotFound;

/** Saves a filter under a name that the member doesn't use yet. */
export const saveOrderFilter =
  ({ unitOfWork, ids }: Deps) =>
  (caller: Caller, memberId: UserId, asked: NewOrderFilter): Promise<Result<SavedOrderFilter, SaveRefused | RunRefusal>> =>
    unitOfWork.run<SavedOrderFilter, SaveRefused>(
      caller.organizationId,
      async ({ organization, orderFilters, now }) => {
        await organization.lock();
        const name = asked.name.trim();
        if (await orderFilters.named(memberId, name)) return err({ code: 'order_filter.exists' });
        if ((await orderFilters.count(memberId)) >= MAX_SAVED_FILTERS)
          return err({ code: 'order_filter.too_many', limit: MAX_SAVED_FILTERS });
        const saved = { id: OrderFilterId(ids.next()), memberId, name, filter: asked.filter, createdAt: now };
        await orderFilters.save(saved);
        return ok(saved);
      },
      caller.once,
    );

export type OrderFilterChange = Partial<NewOrderFilter> & { readonly id: OrderFilterId };

/** Gives a filter another name, or has it look for something else instead of what it looked for. */
export const changeOrderFilter =
  ({ unitOfWork }: Deps) =>
  (
    caller: Caller,
    memberId: UserId,
    { id, name, filter }: OrderFilterChange,
  ): Promise<Result<SavedOrderFilter, ChangeRefused | RunRefusal>> =>
    unitOfWork.run<SavedOrderFilter, ChangeRefused>(caller.organizationId, async ({ organization, orderFilters }) => {
      await organization.lock();
      const found = await orderFilters.find(memberId, id);
      if (!found) return err({ code: 'order_filter.not_found' });
      const changed = { ...found, name: name?.trim() ?? found.name, filter: filter ?? found.filter };
      const namesake = await orderFilters.named(memberId, changed.name);
      if (namesake && namesake.id !== id) return err({ code: 'order_filter.exists' });
      await orderFilters.save(changed);
      return ok(changed);
    });

/** Removes a filter for good: a change of it that is under way comes before, or finds nothing. */
export const removeOrderFilter =
  ({ unitOfWork }: Deps) =>
  (caller: Caller, memberId: UserId, id: OrderFilterId): Promise<Result<undefined, OrderFilterNotFound | RunRefusal>> =>
    unitOfWork.run<undefined, OrderFilterNotFound>(caller.organizationId, async ({ organization, orderFilters }) => {
      await organization.lock();
      return (await orderFilters.remove(memberId, id)) ? ok(undefined) : err({ code: 'order_filter.not_found' });
    });
