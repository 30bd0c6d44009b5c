import type { Result } from '../kernel/index.js';
import type { ChannelKind } from './channel.js';
import type { ExternalOrder } from './external-order.js';
import type { ShopPlace } from './shop-place.js';

/** Certainly not done: asking again is safe, and best not before `retryAfterMs` where the shop said so. */
export type ShopUnavailable = {
  readonly code: 'shop.unavailable';
  readonly message: string;
  readonly retryAfterMs: number | null;
};
/** Our credentials aren't accepted any more. Nothing was done. */
export type ShopUnauthorized = { readonly code: 'shop.unauthorized'; readonly message: string };
/** The shop said no, and would say so again. */
export type ShopRefused = { readonly code: 'shop.refused'; readonly message: string };
/** It may have happened. */
export type ShopUnknownOutcome = { readonly code: 'shop.unknown_outcome'; readonly message: string };

export type ShopAskRefused = ShopUnavailable | ShopUnauthorized | ShopRefused;
export type ShopDoRefused = ShopAskRefused | ShopUnknownOutcome;

/** Orders that changed, a page at a time. One that can't be read keeps no other from being. */
export type ChangedOrders = {
  readonly orders: readonly ExternalOrder[];
  readonly unreadable: readonly { readonly externalId: string | null; readonly path: string }[];
  /** Where to go on, now or another day. */
  readonly cursor: string;
  readonly more: boolean;
  /** How many there are behind this page, as far as the shop says so. */
  readonly remaining: number | null;
};

/** Something that a shop sells. `externalItemId` is what its stock is counted by; null where the shop doesn't count it. */
export type ShopVariant = {
  readonly externalVariantId: string;
  readonly externalItemId: string | null;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly name: string;
};

/** What a shop sells, a page at a time. */
export type ShopCatalogue = { readonly variants: readonly ShopVariant[]; readonly cursor: string; readonly more: boolean };

/** A place where a shop keeps stock. */
export type ShopLocation = { readonly externalLocationId: string; readonly name: string };

/** What a place is to show. `expected` is what it showed last, as far as we know; null sets it whatever it shows. */
export type StockToShow = ShopPlace & { readonly available: number; readonly expected: number | null };

/** What became of one place. `stale`: it showed something else than expected, and still does. */
export type StockShown =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'stale'; readonly shows: number }
  | { readonly outcome: 'refused'; readonly message: string };

export type FulfilmentToTell = {
  readonly externalOrderId: string;
  readonly lines: readonly { readonly externalLineId: string; readonly quantity: number }[];
  readonly tracking: { readonly company: string; readonly number: string; readonly url: string | null };
  readonly notifyCustomer: boolean;
};

/** Webhooks as they were found: those that had to be made, or made anew, and those that were in order. */
export type WebhooksEnsured = { readonly made: readonly string[]; readonly kept: readonly string[] };

/**
 * One connected shop.
 * - No, not now, not you and perhaps are answers, not exceptions.
 * - `ordersSince` hands out every order that has changed since its cursor was handed out, the oldest change first; some may come again.
 *   Without a cursor it begins as far back as the shop lets it look.
 * - `showStock` answers for each place, in their order; one that is refused keeps no other from being set. Under the same key it has one effect.
 * - `tellFulfilment` tells of a tracking number once, however often it is asked to.
 * - `catalogue` hands out every variant that is sold from its first page to its last; one that changes meanwhile may come twice.
 * - `locations` are those that stock may be shown at; none where the shop has but one and gives it no id.
 * - `ensureWebhooks` leaves each topic with one webhook to the address, whatever it found. A shop that signs with a secret of ours is given
 *   `secret`; one that signs with its app's own has no use for it.
 * - `dropWebhooks` leaves none to the address.
 */
export type SalesChannel = {
  readonly kind: ChannelKind;
  /** What a shop can't do it isn't asked for: without `compareAndSet` nothing is ever stale. */
  readonly supports: {
    readonly compareAndSet: boolean;
    /** Orders that are older than so many days are kept from us; null where none are. */
    readonly lookBackDays: number | null;
  };
  readonly orderById: (externalId: string) => Promise<Result<ExternalOrder | null, ShopAskRefused>>;
  readonly ordersSince: (cursor: string | null) => Promise<Result<ChangedOrders, ShopAskRefused>>;
  readonly catalogue: (cursor: string | null) => Promise<Result<ShopCatalogue, ShopAskRefused>>;
  readonly locations: () => Promise<Result<readonly ShopLocation[], ShopAskRefused>>;
  readonly stockShown: (places: readonly ShopPlace[]) => Promise<Result<readonly (number | null)[], ShopAskRefused>>;
  readonly showStock: (key: string, places: readonly StockToShow[]) => Promise<Result<readonly StockShown[], ShopDoRefused>>;
  readonly tellFulfilment: (fulfilment: FulfilmentToTell) => Promise<Result<null, ShopDoRefused>>;
  readonly ensureWebhooks: (address: string, secret: string) => Promise<Result<WebhooksEnsured, ShopDoRefused>>;
  readonly dropWebhooks: (address: string) => Promise<Result<null, ShopDoRefused>>;
  /** Whether the shop answers to us. */
  readonly check: () => Promise<Result<null, ShopAskRefused>>;
};
