import type { Result } from '../kernel/index.js';
import type { CancelReason, DraftLine, OrderDraft, Totals } from '../orders/index.js';
import type { ChannelKind } from './channel.js';
import type { ShopPlace } from './shop-place.js';

/** A line as a shop tells it, by its own id of the line. */
export type ExternalLine = DraftLine & { readonly external: NonNullable<DraftLine['external']> };

/** An order as a shop tells it, in our words. Its source's channel is filled in by whoever imports it. */
export type ExternalOrder = Omit<OrderDraft, 'source' | 'onShortage' | 'lines' | 'totals' | 'refundedMinor'> & {
  readonly externalId: string;
  readonly externalNumber: string | null;
  /** When the shop last changed it, by the shop's clock. */
  readonly updatedAt: Date;
  readonly lines: readonly ExternalLine[];
  readonly totals: Totals;
  /** What was given back so far; null when the shop doesn't say. */
  readonly refundedMinor: number | null;
  /** Why it was cancelled, if it was. */
  readonly cancelReason: CancelReason | null;
  /** The shop's statuses in its own words, by what they are of. Those that nobody knows are kept too. */
  readonly statuses: Readonly<Record<string, string>>;
};

/** Whose data a shop wants to be told of, or to have erased. */
export type PersonConcerned = {
  readonly externalId: string | null;
  readonly email: string | null;
  readonly externalOrderIds: readonly string[];
};

/**
 * What a delivery tells. What we have no use for is kept and left alone.
 * - `doubtful`: something changed on an order that the delivery doesn't show whole; it is read again by its id.
 * - `stock`: a place shows so much now, by whomever; null when the shop counts it no more.
 * - `disconnected`: the owner has taken our access away.
 */
export type ChannelMessage =
  | { readonly kind: 'order'; readonly order: ExternalOrder }
  | { readonly kind: 'doubtful'; readonly externalId: string }
  | { readonly kind: 'stock'; readonly place: ShopPlace; readonly available: number | null }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'exportPerson'; readonly person: PersonConcerned }
  | { readonly kind: 'erasePerson'; readonly person: PersonConcerned }
  | { readonly kind: 'eraseShop' }
  | { readonly kind: 'unused'; readonly topic: string };

/** The body isn't what its topic promises. `path` leads to the first thing that isn't. */
export type DeliveryUnreadable = { readonly code: 'delivery.unreadable'; readonly path: string };

/**
 * Reads what one kind of shop sends.
 * - `verifies` is true only when the signature was made over exactly these bytes with this secret; it takes the same time either way.
 * - `read` never throws, whatever the body is. Ids come out exact, to the last digit.
 */
export type ShopReader = {
  readonly verifies: (body: Uint8Array, signature: string, secret: string) => boolean;
  readonly read: (topic: string, body: string) => Result<ChannelMessage, DeliveryUnreadable>;
};

/** A kind that nobody reads here is one whose signatures nobody can verify. */
export type ShopReaders = Readonly<Partial<Record<ChannelKind, ShopReader>>>;
