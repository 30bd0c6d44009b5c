import type { Channel, ChannelStore, Listing, NameableLine, UnmappedItem } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type ChannelRow = {
  id: Channel['id'];
  kind: Channel['kind'];
  name: string;
  shop_domain: string;
  status: Channel['status'];
  access: Channel['access'];
  buffer: number;
  locations: Channel['locations'];
  created_at: Date;
};
type ListingRow = { channel_id: Listing['channelId']; external_variant_id: string; sku: Listing['sku'] };

const toChannel = ({ id, kind, name, shop_domain, status, access, buffer, locations, created_at }: ChannelRow): Channel => ({
  id,
  kind,
  name,
  shopDomain: shop_domain,
  status,
  access,
  buffer,
  locations,
  createdAt: created_at,
});
const toListing = ({ channel_id, external_variant_id, sku }: ListingRow): Listing => ({
  channelId: channel_id,
  externalVariantId: external_variant_id,
  sku,
});

/** Lines of channels' orders that wait for somebody to say what they are. */
const UNMAPPED_COLUMNS = `
  SELECT l.id AS "orderLineId", l.order_id AS "orderId", o.number AS "orderNumber", o.channel_id AS "channelId", l.name,
    l.external->>'variantId' AS "externalVariantId", l.external->>'sku' AS "externalSku", l.pending AS units
  FROM order_lines l JOIN orders o ON o.organization_id = l.organization_id AND o.id = l.order_id
  WHERE l.organization_id = ? AND l.sku IS NULL AND l.pending > 0 AND o.channel_id IS NOT NULL`;
const UNMAPPED = `${UNMAPPED_COLUMNS} AND l.id > ? ORDER BY l.id LIMIT ?`;
const UNMAPPED_ITEM = `${UNMAPPED_COLUMNS} AND l.id = ?`;
const NAMEABLE = `
  SELECT l.order_id AS "orderId", l.id AS "orderLineId", coalesce(g.sku, i.sku) AS sku
  FROM order_lines l JOIN orders o ON o.organization_id = l.organization_id AND o.id = l.order_id
  LEFT JOIN listings g ON g.organization_id = l.organization_id AND g.channel_id = o.channel_id AND g.external_variant_id = l.external->>'variantId'
  LEFT JOIN items i ON i.organization_id = l.organization_id AND i.sku = l.external->>'sku' AND i.deleted_at IS NULL
  WHERE l.organization_id = ? AND l.sku IS NULL AND l.pending > 0 AND o.channel_id IS NOT NULL AND coalesce(g.sku, i.sku) IS NOT NULL
  ORDER BY l.id LIMIT ?`;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export const channelStore = (scope: Scope): ChannelStore => {
  const { trx, organizationId } = scope;
  const secretRows = (id: Channel['id'], sealedSecrets: readonly string[]) =>
    sealedSecrets.map((sealed, position) => ({ organization_id: organizationId, channel_id: id, position, sealed }));
  const ours = (table: string) => trx(table).where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours('channels').where({ id }).first<ChannelRow | undefined>();
      return row && toChannel(row);
    },
    secretsOf: async (id) =>
      (await ours('channel_secrets').where({ channel_id: id }).orderBy('position').select<{ sealed: string }[]>('sealed')).map(
        ({ sealed }) => sealed,
      ),
    lock: async (id) => {
      const row = await ours('channels').where({ id }).forUpdate().first<ChannelRow | undefined>();
      return row && toChannel(row);
    },
    ofShop: async (kind, shopDomain) => {
      const row = await ours('channels').where({ kind, shop_domain: shopDomain }).first<ChannelRow | undefined>();
      return row && toChannel(row);
    },
    save: async ({ id, name, status, access, buffer, locations }) => {
      await ours('channels')
        .where({ id })
        .update({ name, status, access, buffer, locations: JSON.stringify(locations) });
    },
    askable: async () =>
      (
        await ours('channels')
          .where({ status: 'connected' })
          .whereNot({ access: 'webhookSecret' })
          .orderBy('id')
          .select<ChannelRow[]>('*')
      ).map(toChannel),
    saveSecrets: async (id, sealedSecrets) => {
      await ours('channel_secrets').where({ channel_id: id }).delete();
      if (sealedSecrets.length > 0) await trx('channel_secrets').insert(secretRows(id, sealedSecrets));
    },
    add: async ({ id, kind, name, shopDomain, status, access, buffer, locations, createdAt }, sealedSecrets) => {
      const facts = { kind, name, shop_domain: shopDomain, status, access, buffer, locations: JSON.stringify(locations) };
      const row = { organization_id: organizationId, id, ...facts, created_at: createdAt };
      const added = await trx('channels')
        .insert(row)
        .onConflict(['organization_id', 'kind', 'shop_domain'])
        .ignore()
        .returning('id');
      if (added.length === 0) return false;
      if (sealedSecrets.length > 0) await trx('channel_secrets').insert(secretRows(id, sealedSecrets));
      return true;
    },
    list: async ({ limit, cursor }) => {
      const query = ours('channels')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<ChannelRow[]>('*')).map(toChannel), limit, ({ id }) => id);
    },
    listings: async ({ limit, cursor }, channelId) => {
      const query = ours('listings')
        .orderBy(['channel_id', 'external_variant_id'])
        .limit(limit + 1);
      if (channelId !== undefined) void query.where({ channel_id: channelId });
      if (cursor !== undefined)
        void query.whereRaw('(channel_id::text, external_variant_id) > (?, ?)', [
          cursor.split('\n')[0] ?? '',
          cursor.split('\n')[1] ?? '',
        ]);
      return pageOf(
        (await query.select<ListingRow[]>('*')).map(toListing),
        limit,
        (one) => `${one.channelId}\n${one.externalVariantId}`,
      );
    },
    listingsOf: async (channelId, variantIds) =>
      (
        await ours('listings')
          .where({ channel_id: channelId })
          .whereRaw('external_variant_id = ANY(?)', [[...variantIds]])
          .select<ListingRow[]>('*')
      ).map(toListing),
    saveListing: async ({ channelId, externalVariantId, sku }) => {
      const row = { organization_id: organizationId, channel_id: channelId, external_variant_id: externalVariantId, sku };
      await trx('listings').insert(row).onConflict(['organization_id', 'channel_id', 'external_variant_id']).merge(['sku']);
    },
    dropListings: async (channelId) => {
      await ours('listings').where({ channel_id: channelId }).delete();
    },
    unmappedItem: async (lineId) => (await rowsOf<UnmappedItem>(scope, UNMAPPED_ITEM, [organizationId, lineId]))[0],
    nameable: (limit) => rowsOf<NameableLine>(scope, NAMEABLE, [organizationId, limit]),
    unmapped: async ({ limit, cursor }) =>
      pageOf(
        await rowsOf<UnmappedItem>(scope, UNMAPPED, [organizationId, cursor ?? BEFORE_ALL, limit + 1]),
        limit,
        ({ orderLineId }) => orderLineId,
      ),
  };
};
