import type { AllocationExplanation, InventoryStores, Sku } from '../inventory/index.js';
import type { Page, PageRequest } from '../kernel/index.js';
import type { BooksSummary } from './books-summary.js';
import type { ChannelSource } from './news.js';
import type { Order, OrderId, OrderSummary } from './order.js';
import type { OrderLine } from './order-line.js';
import type { OrderStatus } from './status.js';
import type { OrderChange, TimelineEntry } from './timeline.js';

/**
 * Which orders are listed. `from` and `to` are of when they were placed, the one included and the other not.
 * - `text` is a number, a shop's id or number, a SKU or a tag as it is written, or the beginning of what `customer` is.
 * - `customer` is the beginning of a customer's name, last name or e-mail, in any case.
 * - `sku` and `tag` are one of the order's as it is written, `externalId` is a shop's own id of it.
 */
export type OrderFilter = {
  readonly status?: OrderStatus | undefined;
  readonly channelId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly text?: string | undefined;
  readonly sku?: string | undefined;
  readonly tag?: string | undefined;
  readonly customer?: string | undefined;
  readonly externalId?: string | undefined;
  readonly oldestFirst?: boolean | undefined;
};

/**
 * Whether orders are listed by when they were placed, and those of one moment by id: where dates are asked for. Otherwise by id alone,
 * which is by when they arrived here.
 */
export const isByPlacing = ({ from, to }: OrderFilter): boolean => from !== undefined || to !== undefined;

/** No further are orders of one status counted. */
export const COUNTED_UP_TO = 10_000;

/** How many orders are in each status; `COUNTED_UP_TO` of those of which there are so many or more. */
export type OrderCounts = Readonly<Record<OrderStatus, number>>;

/**
 * A line beside its open reservations of one SKU: its own, or one of its components. `promised` is what the line says is reserved, in
 * units of that SKU; a reservation of a SKU that the line doesn't take stands beside a promise of 0.
 */
export type LineBooks = Pick<OrderLine, 'id' | 'ordered' | 'pending' | 'reserved' | 'backordered' | 'shipped' | 'cancelled'> & {
  readonly orderId: OrderId;
  readonly sku: Sku | null;
  readonly promised: number;
  readonly openReserved: number;
};

/** What a line says of its returns, beside what those of its returns say that were neither rejected nor cancelled. */
export type ReturnBooks = Pick<OrderLine, 'id' | 'returning' | 'returned'> & {
  readonly orderId: OrderId;
  readonly awaited: number;
  readonly cameBack: number;
};

/**
 * Orders of one organization.
 * - Levels are locked before orders, and several orders in the order of their ids, so that nobody waits in a circle.
 * - `save` writes all changes at once, each conditional on the version before, and throws when somebody else has changed the order meanwhile.
 */
export type OrderStore = {
  readonly find: (id: OrderId) => Promise<Order | undefined>;
  /** Those that exist, in the order of their ids. */
  readonly findMany: (ids: readonly OrderId[]) => Promise<readonly Order[]>;
  /** The order that a channel's order became. */
  readonly ofSource: (source: Pick<ChannelSource, 'channelId' | 'externalId'>) => Promise<OrderId | undefined>;
  /** Found and locked until the unit of work ends. Those that don't exist are left out. */
  readonly lock: (ids: readonly OrderId[]) => Promise<readonly Order[]>;
  /**
   * Locked: orders with backordered lines of the SKUs that may be served, oldest first. Of the held ones, those held for an unmapped
   * SKU; none whose payment was waited for in vain. A kit counts when some location has all parts of one, and all are among the SKUs.
   */
  readonly waitingFor: (skus: readonly Sku[], limit: number) => Promise<readonly Order[]>;
  /** The ids of those that `waitingFor` would answer now, locked by nobody. */
  readonly waitingIds: (skus: readonly Sku[], limit: number) => Promise<readonly OrderId[]>;
  /** SKUs that such an order waits for, or a kit of it, and that are available somewhere: up to `limit`, those behind `after`, by code point. */
  readonly servable: (limit: number, after: string) => Promise<readonly Sku[]>;
  /** Orders that may be served, with pending units of lines that have a SKU: the oldest first, locked by nobody. */
  readonly untried: (limit: number) => Promise<readonly OrderId[]>;
  /** Orders with open reservations that lapsed, of the SKUs if they are named: the oldest first. */
  readonly lapsed: (limit: number, skus?: readonly Sku[]) => Promise<readonly OrderId[]>;
  readonly save: (...changes: readonly OrderChange[]) => Promise<void>;
  /**
   * Newest first, unless the filter says otherwise; by which moment, `isByPlacing` says. The cursor is the id of the page's last order. Where
   * orders are listed by when they were placed, nothing comes after one that isn't there.
   */
  readonly list: (page: PageRequest, filter: OrderFilter) => Promise<Page<OrderSummary>>;
  readonly counts: () => Promise<OrderCounts>;
  /** Oldest first. */
  readonly timeline: (id: OrderId, page: PageRequest) => Promise<Page<TimelineEntry>>;
  /** What was looked at when stock was given to the order, oldest first. */
  readonly allocations: (id: OrderId) => Promise<readonly (AllocationExplanation & { readonly at: Date })[]>;
  /** Replaces what was kept of the last reconciliation. */
  readonly keepSummary: (summary: BooksSummary) => Promise<void>;
  /** Up to `limit` lines, those whose books differ first. */
  readonly lineBooks: (limit: number) => Promise<readonly LineBooks[]>;
  /** Up to `limit` lines whose returns say something else than they do. */
  readonly returnBooks: (limit: number) => Promise<readonly ReturnBooks[]>;
};

export type OrderStores = InventoryStores & { readonly orders: OrderStore };
