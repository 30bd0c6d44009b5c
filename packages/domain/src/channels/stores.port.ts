import type { Sku } from '../inventory/index.js';
import type { InboxStore, OrganizationId, Page, PageRequest } from '../kernel/index.js';
import type { OrderId, OrderLineId, OrderStores } from '../orders/index.js';
import type { Channel, ChannelId, ChannelKind, Listing, UnmappedItem } from './channel.js';
import type { ChannelAccessStore } from './channel-access.port.js';
import type { ChannelFulfilmentStore } from './channel-fulfilments.port.js';
import type { ChannelStockStore } from './channel-stock.port.js';
import type { ChannelSyncStore } from './channel-sync.port.js';
import type { PeopleStore } from './people.port.js';

/** A line, and which item it is of. */
export type NameableLine = { readonly orderId: OrderId; readonly orderLineId: OrderLineId; readonly sku: Sku };

/** Channels of one organization. Secrets go in and out sealed. */
export type ChannelStore = {
  readonly find: (id: ChannelId) => Promise<Channel | undefined>;
  /** Sealed secrets that deliveries of the channel may be signed with. Several while one replaces another. */
  readonly secretsOf: (id: ChannelId) => Promise<readonly string[]>;
  /** Found, and not changed by anybody else until the unit of work ends. */
  readonly lock: (id: ChannelId) => Promise<Channel | undefined>;
  readonly ofShop: (kind: ChannelKind, shopDomain: string) => Promise<Channel | undefined>;
  /** What may be changed of a channel that is locked: all but its kind, its shop and when it was made. */
  readonly save: (channel: Channel) => Promise<void>;
  /** Those that something can be asked of. */
  readonly askable: () => Promise<readonly Channel[]>;
  readonly saveSecrets: (id: ChannelId, sealedSecrets: readonly string[]) => Promise<void>;
  /** Answers false when the organization has a channel of this shop. */
  readonly add: (channel: Channel, sealedSecrets: readonly string[]) => Promise<boolean>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<Channel>>;
  readonly listings: (page: PageRequest, channelId?: ChannelId) => Promise<Page<Listing>>;
  /** Those of the variants that are listed. */
  readonly listingsOf: (channelId: ChannelId, externalVariantIds: readonly string[]) => Promise<readonly Listing[]>;
  /** Replaces what the variant was mapped to. */
  readonly saveListing: (listing: Listing) => Promise<void>;
  /** Forgets what the channel's variants were mapped to. */
  readonly dropListings: (channelId: ChannelId) => Promise<void>;
  /** Oldest order first. */
  readonly unmapped: (page: PageRequest) => Promise<Page<UnmappedItem>>;
  readonly unmappedItem: (orderLineId: OrderLineId) => Promise<UnmappedItem | undefined>;
  /**
   * Lines like those that `unmapped` lists, of which we know the goods by now: their variant is listed, or the SKU that the shop wrote is
   * an item's, to the letter. Oldest order first.
   */
  readonly nameable: (limit: number) => Promise<readonly NameableLine[]>;
};

export type ChannelStores = OrderStores & {
  readonly channels: ChannelStore;
  readonly people: PeopleStore;
  readonly channelAccess: ChannelAccessStore;
  readonly channelStock: ChannelStockStore;
  readonly channelSync: ChannelSyncStore;
  readonly channelFulfilments: ChannelFulfilmentStore;
  readonly inbox: InboxStore;
};

/** The door for incoming webhooks: which channels, of whichever organizations, claim this shop. Whether they own it, the signature says. */
export type ChannelDoor = {
  readonly channelsOfShop: (kind: ChannelKind, shopDomain: string) => Promise<readonly ClaimedChannel[]>;
  /** The one of that id. Whether it is who it says, the signature says. */
  readonly channelById: (kind: ChannelKind, id: ChannelId) => Promise<ClaimedChannel | undefined>;
};

export type ClaimedChannel = { readonly organizationId: OrganizationId; readonly channelId: ChannelId };
