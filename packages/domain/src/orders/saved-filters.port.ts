import type { Page, PageRequest } from '../kernel/index.js';
import type { TenancyStores, UserId } from '../tenancy/index.js';
import type { OrderFilterId, SavedOrderFilter } from './saved-filter.js';

/**
 * Filters that members saved, each seen by its own member only.
 * - `save` adds a filter or replaces it.
 * - They go with the membership.
 */
export type SavedFilterStore = {
  readonly find: (memberId: UserId, id: OrderFilterId) => Promise<SavedOrderFilter | undefined>;
  readonly named: (memberId: UserId, name: string) => Promise<SavedOrderFilter | undefined>;
  readonly count: (memberId: UserId) => Promise<number>;
  /** Newest first. */
  readonly list: (memberId: UserId, page: PageRequest) => Promise<Page<SavedOrderFilter>>;
  readonly save: (filter: SavedOrderFilter) => Promise<void>;
  /** Whether there was one. */
  readonly remove: (memberId: UserId, id: OrderFilterId) => Promise<boolean>;
};

export type SavedFilterStores = Pick<TenancyStores, 'organization'> & { readonly orderFilters: SavedFilterStore };
