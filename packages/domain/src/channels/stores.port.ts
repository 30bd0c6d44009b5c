import type { InboxStore, OrganizationId, Page, PageRequest } from '../kernel/index.js';
import type { OrderStores } from '../orders/index.js';
import type { Channel, ChannelId, ChannelKind, Listing, UnmappedItem } from './channel.js';

/** Channels of one organization. Secrets go in and out sealed. */
export type ChannelStore = {
  readonly find: (id: ChannelId) => Promise<Channel | undefined>;
  /** Sealed secrets that deliveries of the channel may be signed with. Several while one replaces another. */
  readonly secretsOf: (id: ChannelId) => Promise<readonly string[]>;
  /** Answers false when the organization has a channel of this shop. */
  readonly add: (channel: Channel, sealedSecrets: readonly string[]) => Promise<boolean>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<Channel>>;
  readonly listings: (page: PageRequest, channelId?: ChannelId) => Promise<Page<Listing>>;
  /** Those of the variants that are listed. */
  readonly listingsOf: (channelId: ChannelId, externalVariantIds: readonly string[]) => Promise<readonly Listing[]>;
  /** Replaces what the variant was mapped to. */
  readonly saveListing: (listing: Listing) => Promise<void>;
  /** Oldest order first. */
  readonly unmapped: (page: PageRequest) => Promise<Page<UnmappedItem>>;
};

export type ChannelStores = OrderStores & { readonly channels: ChannelStore; readonly inbox: InboxStore };

/** The door for incoming webhooks: which channels, of whichever organizations, claim this shop. Whether they own it, the signature says. */
export type ChannelDoor = {
  readonly channelsOfShop: (
    kind: ChannelKind,
    shopDomain: string,
  ) => Promise<readonly { readonly organizationId: OrganizationId; readonly channelId: ChannelId }[]>;
};
