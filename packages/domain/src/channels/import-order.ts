import { type Digest, err, type Meter, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { FollowRefused, FollowSource, OrderId, PlaceOrders, PlaceRefused } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { ExternalOrder } from './external-order.js';
import type { ChannelNotFound } from './keep-channels.js';
import type { ChannelStores } from './stores.port.js';
import { newsOf } from './told.js';

/**
 * What became of an external order: placed now, changed as the shop changed it, here as it is before, or here and newer already
 * (`stale`).
 */
export type Imported = { readonly orderId: OrderId; readonly outcome: 'placed' | 'updated' | 'known' | 'stale' };
export type ImportRefused = ChannelNotFound | Exclude<PlaceRefused, { code: 'order.already_placed' }> | FollowRefused;
export type ImportOrder = (
  organizationId: OrganizationId,
  channelId: ChannelId,
  order: ExternalOrder,
) => Promise<Result<Imported, ImportRefused>>;

export type ImportDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly placeOrders: PlaceOrders;
  readonly followSource: FollowSource;
  readonly digest: Digest;
  /** Counts what became of orders, by the kind of shop that sold them. */
  readonly meter?: Pick<Meter, 'count'>;
};

/**
 * Takes in one order of a shop, whatever told of it: the first word places it, each newer one changes it, older ones and repeated ones
 * change nothing. In whichever order they come, the order ends as the newest says.
 * - The shop has sold it already, so it is never refused for want of stock: what is missing is backordered.
 * - A line is the SKU that its variant is listed as, else the SKU that it names; one that is neither holds the order, and the others are promised.
 */
export const importOrder =
  ({ unitOfWork, placeOrders, followSource, digest, meter }: ImportDeps): ImportOrder =>
  async (organizationId, channelId, order) => {
    const variants = [...new Set(order.lines.flatMap(({ external }) => external.variantId ?? []))];
    const known = await unitOfWork.read(organizationId, async ({ channels, orders }) => {
      const channel = await channels.find(channelId);
      const orderId = await orders.ofSource({ channelId, externalId: order.externalId });
      return channel && { channel, orderId, listings: await channels.listingsOf(channelId, variants) };
    });
    if (!known) return err({ code: 'channel.not_found' });
    const skus = new Map<string | null, string>(known.listings.map(({ externalVariantId, sku }) => [externalVariantId, sku]));
    const news = newsOf({ channelId, order, skus }, digest);
    const actor = { kind: 'channel', id: channelId, name: known.channel.name } as const;
    const follow = async (orderId: OrderId): Promise<Result<Imported, ImportRefused>> => {
      const told = { news, hearing: 'unaskable', cancelReason: order.cancelReason } as const;
      const followed = await followSource({ organizationId, actor }, orderId, told);
      if (!followed.ok) return followed;
      const { outcome } = followed.value;
      return ok({ orderId, outcome: outcome === 'doubtful' ? 'known' : outcome });
    };
    if (known.orderId) return follow(known.orderId);
    const [placed] = await placeOrders(organizationId, [{ actor, draft: news }]);
    const became = placed?.ok ? 'placed' : (placed?.error.code ?? 'store.conflict');
    meter?.count('orders_placed_total', { source: known.channel.kind, outcome: became });
    if (placed?.ok) return ok({ orderId: placed.value.id, outcome: 'placed' });
    if (!placed) return err({ code: 'store.conflict' });
    return placed.error.code === 'order.already_placed' ? follow(placed.error.orderId) : err(placed.error);
  };
