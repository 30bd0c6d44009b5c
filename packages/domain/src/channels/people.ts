import { type OrganizationId, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { Order, TimelineEntry } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { PersonConcerned } from './external-order.js';
import type { Concerned } from './people.port.js';
import type { ChannelStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<ChannelStores> };

/** So many orders are forgotten in one transaction, and handed out for one person. */
const AT_ONCE = 100;
const MAX_ORDERS = 1_000;
const MAX_NOTES = 100;

/**
 * Forgets a person, or everybody who ordered at a channel, as the law and the shop demand; answers how many orders said something of them.
 * Begun again, it goes on where it was. Orders, stock and money stay as they are: only nobody knows any more whose they were.
 */
export const forgetPeople =
  ({ unitOfWork }: Deps) =>
  async (organizationId: OrganizationId, channelId: ChannelId, who: Concerned): Promise<Result<number, RunRefusal>> => {
    let forgotten = 0;
    for (let more = true; more; ) {
      const found = await unitOfWork.run<number, never>(organizationId, async ({ people }) => {
        const orderIds = await people.ordersOf(channelId, who, AT_ONCE);
        await people.forget(channelId, orderIds);
        if (orderIds.length < AT_ONCE && who === 'everybody') await people.forgetDeliveries(channelId);
        return ok(orderIds.length);
      });
      if (!found.ok) return found;
      forgotten += found.value;
      more = found.value === AT_ONCE;
    }
    return ok(forgotten);
  };

/** What we keep of a person: the orders that say something of them, and the notes that were written on those. */
export type KeptOfPerson = {
  readonly orders: readonly (Pick<
    Order,
    'number' | 'placedAt' | 'customer' | 'shippingAddress' | 'billingAddress' | 'lines' | 'totals' | 'currency'
  > & { readonly notes: readonly Pick<TimelineEntry, 'at' | 'text'>[] })[];
};

/** Hands out all that is kept of a person, so that the shop's owner can give it to them; of the first 1,000 orders. */
export const keptOfPerson =
  ({ unitOfWork }: Deps) =>
  (organizationId: OrganizationId, channelId: ChannelId, person: PersonConcerned): Promise<KeptOfPerson> =>
    unitOfWork.read(organizationId, async ({ people, orders }) => {
      const found = await orders.findMany(await people.ordersOf(channelId, person, MAX_ORDERS));
      const kept: KeptOfPerson['orders'][number][] = [];
      for (const order of found) {
        const { number, placedAt, customer, shippingAddress, billingAddress, lines, totals, currency } = order;
        const told = await orders.timeline(order.id, { limit: MAX_NOTES });
        const notes = told.data.flatMap(({ what, at, text }) => (what === 'noted' ? [{ at, text }] : []));
        kept.push({ number, placedAt, customer, shippingAddress, billingAddress, lines, totals, currency, notes });
      }
      return { orders: kept };
    });
