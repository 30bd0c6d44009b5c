import type { Sku } from '../inventory/index.js';
import type { Page, PageRequest } from '../kernel/index.js';
import type { ChannelId, Listing } from './channel.js';
import type { ShopVariant } from './sales-channel.port.js';
import type { ShownStock } from './shown-stock.js';

/** A variant that is listed, and what its stock is counted by. */
export type CountedListing = Pick<Listing, 'externalVariantId' | 'sku'> & { readonly externalItemId: string };

/** A variant that nobody has listed, and an item of ours with the same barcode. It is for people to say whether they are the same. */
export type ListingProposal = Pick<ShopVariant, 'externalVariantId' | 'name' | 'barcode'> & {
  readonly externalSku: string | null;
  readonly sku: Sku;
};

/**
 * What shops of one organization sell, and what they show of its stock.
 * - `saveVariants` adds what is new and changes what is known. `counted` are listed ones whose stock the shop counts, by variant, behind `after`.
 * - `unlisted` are variants that aren't listed whose SKU is an item's to the letter; `proposals` those that only have an item's barcode.
 * - `claim` leases due places to one caller, those first that wait longest.
 */
export type ChannelStockStore = {
  readonly saveVariants: (channelId: ChannelId, variants: readonly ShopVariant[]) => Promise<void>;
  readonly counted: (channelId: ChannelId, limit: number, after?: string) => Promise<readonly CountedListing[]>;
  readonly unlisted: (channelId: ChannelId, limit: number) => Promise<readonly Listing[]>;
  readonly proposals: (channelId: ChannelId, page: PageRequest) => Promise<Page<ListingProposal>>;
  /** All places of the shop's items, locked until the unit of work ends. */
  readonly lock: (channelId: ChannelId, externalItemIds: readonly string[]) => Promise<readonly ShownStock[]>;
  readonly save: (rows: readonly ShownStock[]) => Promise<void>;
  readonly claim: (channelId: ChannelId, limit: number, leaseSeconds: number) => Promise<readonly ShownStock[]>;
  /** By item, then location; those of one status, where it is named. */
  readonly list: (channelId: ChannelId, page: PageRequest, status?: ShownStock['status']) => Promise<Page<ShownStock>>;
};

/** Where a place stands in the list. */
export const placeKey = ({
  externalItemId,
  externalLocationId,
}: Pick<ShownStock, 'externalItemId' | 'externalLocationId'>): string => `${externalItemId}\n${externalLocationId ?? ''}`;
