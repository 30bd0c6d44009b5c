import { err, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { OrderDraft, OrderId, PlaceOrders, PlaceRefused } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { ExternalOrder } from './external-order.js';
import type { ChannelNotFound } from './keep-channels.js';
import type { ChannelStores } from './stores.port.js';

/** What became of an external order: placed now, or here before. */
export type Imported = { readonly orderId: OrderId; readonly outcome: 'placed' | 'known' };
export type ImportRefused = ChannelNotFound | Exclude<PlaceRefused, { code: 'order.already_placed' }>;
export type ImportOrder = (
  organizationId: OrganizationId,
  channelId: ChannelId,
  order: ExternalOrder,
) => Promise<Result<Imported, ImportRefused>>;

/**
 * Takes in one order of a shop, once, however often it is told.
 * - The shop has sold it already, so it is never refused for want of stock: what is missing is backordered.
 * - A line is the SKU that its variant is listed as, else the SKU that it names; one that is neither holds the order, and the others are promised.
 */
export const importOrder =
  ({
    unitOfWork,
    placeOrders,
  }: {
    readonly unitOfWork: UnitOfWork<ChannelStores>;
    readonly placeOrders: PlaceOrders;
  }): ImportOrder =>
  async (organizationId, channelId, order) => {
    const variants = [...new Set(order.lines.flatMap(({ external }) => external?.variantId ?? []))];
    const known = await unitOfWork.read(organizationId, async ({ channels }) => {
      const channel = await channels.find(channelId);
      return channel && { channel, listings: await channels.listingsOf(channelId, variants) };
    });
    if (!known) return err({ code: 'channel.not_found' });
    const skus = new Map<string | null, string>(known.listings.map(({ externalVariantId, sku }) => [externalVariantId, sku]));
    const draft = draftOf(channelId, order, skus);
    const [placed] = await placeOrders(organizationId, [
      { actor: { kind: 'channel', id: channelId, name: known.channel.name }, draft },
    ]);
    if (placed?.ok) return ok({ orderId: placed.value.id, outcome: 'placed' });
    if (!placed) return err({ code: 'store.conflict' });
    if (placed.error.code === 'order.already_placed') return ok({ orderId: placed.error.orderId, outcome: 'known' });
    return err(placed.error);
  };

const draftOf = (channelId: ChannelId, order: ExternalOrder, skus: ReadonlyMap<string | null, string>): OrderDraft => {
  const { externalId, externalNumber, updatedAt, ...rest } = order;
  return {
    ...rest,
    source: { kind: 'channel', channelId, externalId, externalNumber, updatedAt },
    lines: order.lines.map((line) => ({ ...line, sku: skus.get(line.external?.variantId ?? null) ?? line.sku })),
    onShortage: 'backorder',
  };
};
