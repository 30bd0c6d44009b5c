import { type ChannelId, type ChannelStockStore, type Item, placeKey, type ShopVariant, type ShownStock } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

export const memoryChannelStock = ({ state, change, now }: Workbench): ChannelStockStore => {
  const variantsOf = (channelId: ChannelId): readonly ShopVariant[] =>
    [...state().channelVariants]
      .filter(([key]) => key.startsWith(`${channelId}\n`))
      .map(([, variant]) => variant)
      .sort((a, b) => byCodePoint(a.externalVariantId, b.externalVariantId));
  const listingOf = (channelId: ChannelId, { externalVariantId }: ShopVariant) =>
    state().listings.get(`${channelId}\n${externalVariantId}`);
  const items = (): readonly Item[] =>
    [...state().items.values()].flatMap(({ item, removedAt }) => (removedAt === null ? [item] : []));
  const places = (channelId: ChannelId): readonly ShownStock[] =>
    [...state().channelStock.values()]
      .filter((row) => row.channelId === channelId)
      .sort((a, b) => byCodePoint(placeKey(a), placeKey(b)));
  const save = (rows: readonly ShownStock[]): void => {
    for (const row of rows) change({ channelStock: having(state().channelStock, `${row.channelId}\n${placeKey(row)}`, row) });
  };
  return {
    saveVariants: async (channelId, variants) => {
      for (const variant of variants)
        change({ channelVariants: having(state().channelVariants, `${channelId}\n${variant.externalVariantId}`, variant) });
    },
    counted: async (channelId, limit, after = '') =>
      variantsOf(channelId)
        .flatMap((variant) => {
          const { externalVariantId, externalItemId } = variant;
          const listing = listingOf(channelId, variant);
          return listing && externalItemId !== null && byCodePoint(externalVariantId, after) > 0
            ? [{ externalVariantId, externalItemId, sku: listing.sku }]
            : [];
        })
        .slice(0, limit),
    unlisted: async (channelId, limit) =>
      variantsOf(channelId)
        .flatMap((variant) => {
          const item = listingOf(channelId, variant) ? undefined : items().find(({ sku }) => sku === variant.sku);
          return item ? [{ channelId, externalVariantId: variant.externalVariantId, sku: item.sku }] : [];
        })
        .slice(0, limit),
    proposals: async (channelId, page) =>
      pageOf(
        variantsOf(channelId).flatMap((variant) =>
          listingOf(channelId, variant) || variant.barcode === null
            ? []
            : items()
                .filter(({ barcode, sku }) => barcode === variant.barcode && sku !== variant.sku)
                .map(({ sku }) => ({
                  externalVariantId: variant.externalVariantId,
                  name: variant.name,
                  barcode: variant.barcode,
                  externalSku: variant.sku,
                  sku,
                })),
        ),
        page,
        { placeOf: ({ externalVariantId, sku }) => `${externalVariantId}\n${sku}` },
      ),
    lock: async (channelId, itemIds) => places(channelId).filter(({ externalItemId }) => itemIds.includes(externalItemId)),
    save: async (rows) => save(rows),
    claim: async (channelId, limit, leaseSeconds) => {
      const due = places(channelId)
        .filter(({ status, dueAt }) => status === 'due' && dueAt <= now)
        .sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime())
        .slice(0, limit)
        .map((row) => ({ ...row, dueAt: new Date(now.getTime() + leaseSeconds * 1_000) }));
      save(due);
      return due;
    },
    list: async (channelId, page, status) =>
      pageOf(
        places(channelId).filter((row) => status === undefined || row.status === status),
        page,
        { placeOf: placeKey },
      ),
  };
};
