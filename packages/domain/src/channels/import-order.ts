import { type OrganizationId, ok, type Result } from '../kernel/index.js';
import type { Hearing, OrderId } from '../orders/index.js';
import { type ChannelId, canBeAsked } from './channel.js';
import type { ExternalOrder } from './external-order.js';
import type { Shops } from './open-shops.js';
import { type ReadAgain, type ReadAgainRefused, readOrderAgain } from './read-order-again.js';
import { type TakeInDeps, takeInOrder } from './take-in-order.js';

/**
 * What became of an external order: placed now, changed as the shop changed it, here as it is before, or here and newer already
 * (`stale`). The shop may have been asked, and then have had none (`withdrawn`).
 */
export type Imported = {
  readonly orderId: OrderId;
  readonly outcome: Exclude<ReadAgain['outcome'], 'notThere' | 'unaskable' | 'doubtful'>;
};
export type ImportRefused = ReadAgainRefused;
export type ImportOrder = (
  organizationId: OrganizationId,
  channelId: ChannelId,
  order: ExternalOrder,
) => Promise<Result<Imported, ImportRefused>>;

/** Without `shops` nobody is asked, and of two words of one moment the one counts that is farther along. */
export type ImportDeps = TakeInDeps & { readonly shops?: Shops };

/**
 * Takes in one order of a shop, whatever told of it: the first word places it, each newer one changes it, older ones and repeated ones
 * change nothing. In whichever order they come, the order ends as the newest says; where two of one moment differ, the shop is asked if it can be.
 * - The shop has sold it already, so it is never refused for want of stock: what is missing is backordered.
 * - A line is the SKU that its variant is listed as, else the SKU that it names; one that is neither holds the order, and the others are promised.
 */
export const importOrder =
  ({ shops, ...deps }: ImportDeps): ImportOrder =>
  async (organizationId, channelId, order) => {
    const hear = async (hearing: Hearing): Promise<Result<Imported & { isDoubtful: boolean }, ImportRefused>> => {
      const taken = await takeInOrder(deps)(organizationId, { channelId, order, hearing });
      if (!taken.ok) return taken;
      const { orderId, outcome } = taken.value;
      return ok({ orderId, outcome: outcome === 'doubtful' ? 'known' : outcome, isDoubtful: outcome === 'doubtful' });
    };
    const heard = await hear(shops ? 'heard' : 'unaskable');
    if (!heard.ok || !heard.value.isDoubtful || !shops) return heard;
    const channel = await deps.unitOfWork.read(organizationId, ({ channels }) => channels.find(channelId));
    if (!channel || !canBeAsked(channel) || !shops.of(organizationId, channel)) return hear('unaskable');
    const read = await readOrderAgain({ ...deps, shops })(organizationId, channel, order.externalId);
    if (!read.ok) return read;
    const { orderId, outcome } = read.value;
    return ok(orderId === null || !isTakenIn(outcome) ? heard.value : { orderId, outcome });
  };

const isTakenIn = (outcome: ReadAgain['outcome']): outcome is Imported['outcome'] =>
  outcome !== 'notThere' && outcome !== 'unaskable' && outcome !== 'doubtful';
