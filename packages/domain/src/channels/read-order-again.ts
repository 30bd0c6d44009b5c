import { err, type OrganizationId, ok, type Result } from '../kernel/index.js';
import { type FollowRefused, newsOfWithdrawn, type OrderId } from '../orders/index.js';
import type { Channel } from './channel.js';
import type { Shops } from './open-shops.js';
import type { ShopAskRefused } from './sales-channel.port.js';
import { type TakeInDeps, type TakeInRefused, type TakenIn, takeInOrder } from './take-in-order.js';

export type ReadAgainDeps = TakeInDeps & { readonly shops: Shops };

/**
 * What became of an order that was asked for by its id. `withdrawn`: it isn't in the shop any more, or isn't sold any more, and what hadn't left is
 * given up. `notThere`: it is neither in the shop nor here. `unaskable`: nothing can be asked of the shop.
 */
export type ReadAgain = {
  readonly orderId: OrderId | null;
  readonly outcome: TakenIn['outcome'] | 'withdrawn' | 'notThere' | 'unaskable';
};
export type ReadAgainRefused = TakeInRefused | ShopAskRefused;

/** Asks the shop for an order as it is now, and believes it. */
export const readOrderAgain =
  (deps: ReadAgainDeps) =>
  async (organizationId: OrganizationId, channel: Channel, externalId: string): Promise<Result<ReadAgain, ReadAgainRefused>> => {
    const shop = deps.shops.of(organizationId, channel);
    if (!shop) return ok({ orderId: null, outcome: 'unaskable' });
    const read = await shop.orderById(externalId);
    if (!read.ok) return read;
    if (!read.value) return withdraw(deps, organizationId, { channel, externalId });
    return takeInOrder(deps)(organizationId, { channelId: channel.id, order: read.value, hearing: 'read' });
  };

type Gone = { readonly channel: Channel; readonly externalId: string };

const withdraw = async (
  { unitOfWork, followSource }: ReadAgainDeps,
  organizationId: OrganizationId,
  { channel: { id: channelId, name }, externalId }: Gone,
): Promise<Result<ReadAgain, FollowRefused>> => {
  const order = await unitOfWork.read(organizationId, async ({ orders }) => {
    const orderId = await orders.ofSource({ channelId, externalId });
    return orderId && orders.find(orderId);
  });
  if (!order) return ok({ orderId: null, outcome: 'notThere' });
  const news = newsOfWithdrawn(order);
  if (!news) return ok({ orderId: order.id, outcome: 'stale' });
  const actor = { kind: 'channel', id: channelId, name } as const;
  const followed = await followSource({ organizationId, actor }, order.id, { news, hearing: 'read', cancelReason: null });
  if (!followed.ok) return err(followed.error);
  const { outcome } = followed.value;
  return ok({ orderId: order.id, outcome: outcome === 'updated' ? 'withdrawn' : outcome });
};
