import type { Page, PageRequest } from '../kernel/index.js';
import type { OrderId } from '../orders/index.js';
import type { AwaitedReturns, ShipmentStores } from '../shipments/index.js';
import type { Return, ReturnId, ReturnStatus } from './return.js';

export type ReturnFilter = { readonly orderId?: OrderId | undefined; readonly status?: ReturnStatus | undefined };

/**
 * Returns of one organization.
 * - A return is locked after its order, and changed only while its order is.
 * - `save` is conditional on the version before, and throws when somebody else has changed the return meanwhile.
 */
export type ReturnStore = AwaitedReturns & {
  readonly find: (id: ReturnId) => Promise<Return | undefined>;
  readonly lock: (id: ReturnId) => Promise<Return | undefined>;
  readonly save: (one: Return) => Promise<void>;
  /** How many there are of the order, whatever became of them. */
  readonly countOfOrder: (id: OrderId) => Promise<number>;
  /** Newest first. */
  readonly list: (page: PageRequest, filter: ReturnFilter) => Promise<Page<Return>>;
};

export type ReturnStores = ShipmentStores & { readonly returns: ReturnStore };
