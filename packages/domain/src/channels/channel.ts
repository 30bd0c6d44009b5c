import type { Sku } from '../inventory/index.js';
import type { Brand, OrganizationId, SealedFor } from '../kernel/index.js';

export type ChannelId = Brand<string, 'ChannelId'>;
export const ChannelId = (text: string): ChannelId => text as ChannelId;

/** The channel that a delivery came from. What comes from elsewhere than a channel has a source with a colon in it, and none. */
export const channelOfSource = (sourceId: string): ChannelId | undefined =>
  sourceId.includes(':') ? undefined : ChannelId(sourceId);

export const channelKinds = ['shopify', 'woocommerce'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** One shop of an organization. Its secrets are kept apart, sealed, and are part of no answer. */
export type Channel = {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  readonly name: string;
  /** Lower case, such as `demo.myshopify.com`. Unique in the organization, not in the installation. */
  readonly shopDomain: string;
  readonly status: 'connected' | 'disconnected';
  readonly createdAt: Date;
};

/** The purpose that a channel's secrets are sealed for. It is part of each seal, and so never changes. */
export const CHANNEL_SECRET = 'channel.secret';

/** What a channel's secrets are sealed for. */
export const secretOf = (organizationId: OrganizationId, channelId: ChannelId): SealedFor => ({
  organizationId,
  purpose: CHANNEL_SECRET,
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
