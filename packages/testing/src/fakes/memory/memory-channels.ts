import {
  type ChannelStore,
  canBeAsked,
  type Listing,
  type NameableLine,
  type Order,
  OrderId,
  OrderLineId,
  type Sku,
  type UnmappedItem,
} from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import { having, type OrganizationState } from './organization-state.js';
import type { Workbench } from './workbench.js';

const listingKey = ({ channelId, externalVariantId }: Listing): string => `${channelId}\n${externalVariantId}`;

export const memoryChannels = ({ state, change }: Workbench): ChannelStore => ({
  find: async (id) => state().channels.get(id)?.channel,
  secretsOf: async (id) => state().channels.get(id)?.sealedSecrets ?? [],
  lock: async (id) => state().channels.get(id)?.channel,
  ofShop: async (kind, shopDomain) =>
    [...state().channels.values()].find(({ channel }) => channel.kind === kind && channel.shopDomain === shopDomain)?.channel,
  save: async (channel) => {
    const row = state().channels.get(channel.id);
    if (!row) return;
    const { kind, shopDomain, createdAt } = row.channel;
    change({ channels: having(state().channels, channel.id, { ...row, channel: { ...channel, kind, shopDomain, createdAt } }) });
  },
  askable: async () =>
    [...state().channels.values()]
      .map(({ channel }) => channel)
      .filter(canBeAsked)
      .sort((a, b) => byCodePoint(a.id, b.id)),
  saveSecrets: async (id, sealedSecrets) => {
    const row = state().channels.get(id);
    if (row) change({ channels: having(state().channels, id, { ...row, sealedSecrets }) });
  },
  add: async (channel, sealedSecrets) => {
    const all = [...state().channels.values()].map((row) => row.channel);
    if (all.some(({ kind, shopDomain }) => kind === channel.kind && shopDomain === channel.shopDomain)) return false;
    change({ channels: having(state().channels, channel.id, { channel, sealedSecrets }) });
    return true;
  },
  list: async (page) =>
    pageOf(
      [...state().channels.values()].map(({ channel }) => channel),
      page,
      { placeOf: ({ id }) => id, newestFirst: true },
    ),
  listings: async (page, channelId) =>
    pageOf(
      [...state().listings.values()].filter((listing) => channelId === undefined || listing.channelId === channelId),
      page,
      { placeOf: listingKey },
    ),
  listingsOf: async (channelId, externalVariantIds) =>
    [...new Set(externalVariantIds)].flatMap(
      (externalVariantId) => state().listings.get(`${channelId}\n${externalVariantId}`) ?? [],
    ),
  saveListing: async (listing) => change({ listings: having(state().listings, listingKey(listing), listing) }),
  dropListings: async (channelId) =>
    change({ listings: new Map([...state().listings].filter(([, listing]) => listing.channelId !== channelId)) }),
  unmapped: async (page) =>
    pageOf([...state().orders.values()].flatMap(unmappedOf), page, { placeOf: ({ orderLineId }) => orderLineId }),
  unmappedItem: async (lineId) =>
    [...state().orders.values()].flatMap(unmappedOf).find(({ orderLineId }) => orderLineId === lineId),
  nameable: async (limit) =>
    [...state().orders.values()]
      .flatMap(unmappedOf)
      .sort((a, b) => byCodePoint(a.orderLineId, b.orderLineId))
      .flatMap((item): NameableLine[] => {
        const sku = knownSku(state(), item);
        return sku ? [{ orderId: OrderId(item.orderId), orderLineId: OrderLineId(item.orderLineId), sku }] : [];
      })
      .slice(0, limit),
});

/** What the variant is listed as, else the item whose SKU the shop wrote. */
const knownSku = (
  { listings, items }: OrganizationState,
  { channelId, externalVariantId, externalSku }: UnmappedItem,
): Sku | undefined =>
  listings.get(`${channelId}\n${externalVariantId}`)?.sku ??
  [...items.values()].find(({ item, removedAt }) => item.sku === externalSku && removedAt === null)?.item.sku;

/** The lines of a channel's order that nobody has mapped yet. An order from the API has none. */
const unmappedOf = ({ id, number, source, lines }: Order): readonly UnmappedItem[] =>
  source.kind === 'api'
    ? []
    : lines
        .filter(({ sku, pending }) => sku === null && pending > 0)
        .map((line) => ({
          orderLineId: line.id,
          orderId: id,
          orderNumber: number,
          channelId: source.channelId,
          name: line.name,
          externalVariantId: line.external?.variantId ?? null,
          externalSku: line.external?.sku ?? null,
          units: line.pending,
        }));
