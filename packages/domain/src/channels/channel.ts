import type { LocationId, Sku } from '../inventory/index.js';
import type { Brand, OrganizationId, SealedFor } from '../kernel/index.js';

export type ChannelId = Brand<string, 'ChannelId'>;
export const ChannelId = (text: string): ChannelId => text as ChannelId;

/** The channel that a delivery came from. What comes from elsewhere than a channel has a source with a colon in it, and none. */
export const channelOfSource = (sourceId: string): ChannelId | undefined =>
  sourceId.includes(':') ? undefined : ChannelId(sourceId);

export const channelKinds = ['shopify', 'woocommerce'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/**
 * `reconnectNeeded`: the shop doesn't know us any more, and only its owner can help. What it tells is still taken in; nothing is asked of it.
 * `disconnected`: nothing is taken in either.
 */
export const channelStatuses = ['connected', 'reconnectNeeded', 'disconnected'] as const;
export type ChannelStatus = (typeof channelStatuses)[number];

/**
 * How a shop lets us in: by its owner's consent, by keys that the owner made there, or not at all. With `webhookSecret` it only tells us of
 * its orders, and nothing can be asked of it.
 */
export const channelAccesses = ['oauth', 'keys', 'webhookSecret'] as const;
export type ChannelAccess = (typeof channelAccesses)[number];

/** What one location of a shop shows: the stock of these locations of ours together, or of all of them when `locationIds` is null. */
export type MappedLocation = {
  /** Null where the shop has but one, without an id. */
  readonly externalLocationId: string | null;
  readonly locationIds: readonly LocationId[] | null;
};

/** One shop of an organization. Its secrets are kept apart, sealed, and are part of no answer. */
export type Channel = {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  readonly name: string;
  /** Lower case, such as `demo.myshopify.com`. Unique in the organization, not in the installation. */
  readonly shopDomain: string;
  readonly status: ChannelStatus;
  readonly access: ChannelAccess;
  /** So many units fewer than there are are shown at each of its locations. */
  readonly buffer: number;
  /** Where stock is shown; nowhere while it is empty. */
  readonly locations: readonly MappedLocation[];
  readonly createdAt: Date;
};

/** What can be asked of a shop is asked of one that is connected, and of no other. */
export const canBeAsked = ({ status, access }: Pick<Channel, 'status' | 'access'>): boolean =>
  status === 'connected' && access !== 'webhookSecret';

/** The purpose that a channel's secrets are sealed for. It is part of each seal, and so never changes. */
export const CHANNEL_SECRET = 'channel.secret';

/** What a channel's secrets are sealed for. */
export const secretOf = (organizationId: OrganizationId, channelId: ChannelId): SealedFor => ({
  organizationId,
  purpose: CHANNEL_SECRET,
  ownerId: channelId,
});

/** The purpose that what a shop's owner let us have is sealed for. It is part of each seal, and so never changes. */
export const CHANNEL_CREDENTIALS = 'channel.credentials';

export const channelCredentialsOf = (organizationId: OrganizationId, channelId: ChannelId): SealedFor => ({
  organizationId,
  purpose: CHANNEL_CREDENTIALS,
  ownerId: channelId,
});

export type ShopDomainInvalid = { readonly code: 'channel.shop_domain_invalid' };

/** What a shop calls a variant, beside the SKU that we know it by. One SKU may be listed many times. */
export type Listing = { readonly channelId: ChannelId; readonly externalVariantId: string; readonly sku: Sku };

/** A line of a channel's order whose goods we don't know. The order waits, on hold, until somebody maps it. */
export type UnmappedItem = {
  readonly orderLineId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly channelId: string;
  readonly name: string;
  readonly externalVariantId: string | null;
  readonly externalSku: string | null;
  readonly units: number;
};
