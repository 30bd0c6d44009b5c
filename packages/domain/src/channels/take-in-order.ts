import { type Digest, err, type Meter, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { FollowRefused, FollowSource, Hearing, NewsTaken, OrderId, PlaceOrders, PlaceRefused } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { ExternalOrder } from './external-order.js';
import type { ChannelNotFound } from './keep-channels.js';
import type { ChannelStores } from './stores.port.js';
import { newsOf } from './told.js';

export type TakeInDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly placeOrders: PlaceOrders;
  readonly followSource: FollowSource;
  readonly digest: Digest;
  /** Counts what became of orders, by the kind of shop that sold them. */
  readonly meter?: Pick<Meter, 'count'>;
};

export type TakenIn = { readonly orderId: OrderId; readonly outcome: 'placed' | NewsTaken['outcome'] };
export type TakeInRefused = ChannelNotFound | Exclude<PlaceRefused, { code: 'order.already_placed' }> | FollowRefused;

type Told = { readonly channelId: ChannelId; readonly order: ExternalOrder; readonly hearing: Hearing };

/** Takes in an order of a shop that came as it did. Where that is `doubtful` nothing was changed. */
export const takeInOrder =
  ({ unitOfWork, placeOrders, followSource, digest, meter }: TakeInDeps) =>
  async (organizationId: OrganizationId, { channelId, order, hearing }: Told): Promise<Result<TakenIn, TakeInRefused>> => {
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
    const follow = async (orderId: OrderId): Promise<Result<TakenIn, TakeInRefused>> => {
      const followed = await followSource({ organizationId, actor }, orderId, {
        news,
        hearing,
        cancelReason: order.cancelReason,
      });
      return followed.ok ? ok({ orderId, outcome: followed.value.outcome }) : followed;
    };
    if (known.orderId) return follow(known.orderId);
    const [placed] = await placeOrders(organizationId, [{ actor, draft: news }]);
    const became = placed?.ok ? 'placed' : (placed?.error.code ?? 'store.conflict');
    meter?.count('orders_placed_total', { source: known.channel.kind, outcome: became });
    if (placed?.ok) return ok({ orderId: placed.value.id, outcome: 'placed' });
    if (!placed) return err({ code: 'store.conflict' });
    return placed.error.code === 'order.already_placed' ? follow(placed.error.orderId) : err(placed.error);
  };
