import type { Brand } from '../kernel/index.js';
import type { UserId } from '../tenancy/index.js';
import type { OrderFilter } from './stores.port.js';

export type OrderFilterId = Brand<string, 'OrderFilterId'>;
export const OrderFilterId = (text: string): OrderFilterId => text as OrderFilterId;

/** What a member looks for again and again, under a name of their own. Nobody else sees it. */
export type SavedOrderFilter = {
  readonly id: OrderFilterId;
  readonly memberId: UserId;
  /** Unique among the member's own. */
  readonly name: string;
  readonly filter: OrderFilter;
  readonly createdAt: Date;
};

export const MAX_SAVED_FILTERS = 50;
