import {
  bug,
  type Caller,
  type EventSubscriber,
  err,
  hearing,
  type Meter,
  type OrganizationId,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { type Order, OrderId, orderEventTypes } from '../orders/index.js';
import { type Channel, ChannelId } from './channel.js';
import type { ParcelContent } from './channel-fulfilments.port.js';
import { afterSilence, afterTelling, type Fulfilment, tellAgain } from './fulfilment.js';
import type { Shops } from './open-shops.js';
import type { FulfilmentToTell, SalesChannel } from './sales-channel.port.js';
import type { ChannelStores } from './stores.port.js';

type NoteDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  /** Begins to tell an organization's shops of what is due. */
  readonly beginTelling: (organizationId: OrganizationId) => Promise<void>;
};

/** Hears that a label was bought, and notes that the shop is to be told of its parcel. A shop of which nothing can be asked is told nothing. */
export const noteFulfilments = ({ unitOfWork, beginTelling }: NoteDeps): EventSubscriber =>
  hearing([orderEventTypes.labelBought], async (organizationId, { aggregateId }) => {
    const noted = await unitOfWork.run(organizationId, async ({ orders, channels, channelFulfilments }) => {
      const order = await orders.find(OrderId(aggregateId));
      const channel = order?.source.kind === 'channel' && (await channels.find(ChannelId(order.source.channelId)));
      return ok(order && channel && channel.access !== 'webhookSecret' ? await channelFulfilments.note(channel.id, order.id) : 0);
    });
    if (!noted.ok) bug(`a parcel could not be noted: ${noted.error.code}`);
    if (noted.value > 0) await beginTelling(organizationId);
  });

export type TellDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly shops: Shops;
  /** What shops call a carrier, by its code. */
  readonly carrierName: (carrier: string) => string;
  readonly meter: Pick<Meter, 'count'>;
};

/** Longer than any answer is waited for, over all that a shop is asked for one parcel. */
const LEASE_SECONDS = 600;

/**
 * Tells each shop of an organization of the parcels that have left for its orders, one after another: its number, its carrier and what is in it.
 * - Each is told once: a shop is asked what it knows of the number before it is told again, be it that an answer was lost or a worker died.
 * - What a shop refuses, or doesn't take for a day, is given up, and shown as such. A shop that doesn't answer holds up no other.
 */
export const tellFulfilments =
  (deps: TellDeps) =>
  async (organizationId: OrganizationId): Promise<void> => {
    const channels = await deps.unitOfWork.read(organizationId, (stores) => stores.channels.askable());
    for (const channel of channels) {
      const shop = deps.shops.of(organizationId, channel);
      if (shop) while (await tellNext(deps, organizationId, { channel, shop }));
    }
  };

type Opened = { readonly channel: Channel; readonly shop: SalesChannel };

/** Tells of what has waited longest; answers whether it is worth while to go on. */
const tellNext = async (deps: TellDeps, organizationId: OrganizationId, { channel, shop }: Opened): Promise<boolean> => {
  const { unitOfWork, carrierName, meter } = deps;
  const claimed = await unitOfWork.run(organizationId, async ({ channelFulfilments, orders }) => {
    const fulfilment = await channelFulfilments.claim(channel.id, LEASE_SECONDS);
    if (!fulfilment) return ok(undefined);
    const [order, content] = [await orders.find(fulfilment.orderId), await channelFulfilments.content(fulfilment.shipmentId)];
    return ok({ fulfilment, parcel: order && content && parcelOf(order, content) });
  });
  if (!claimed.ok || !claimed.value) return false;
  const { fulfilment, parcel } = claimed.value;
  const { carrier, trackingNumber } = fulfilment;
  const tracking = { company: carrierName(carrier), number: trackingNumber, url: null };
  const answer = parcel && (await shop.tellFulfilment({ ...parcel, tracking, notifyCustomer: true }));
  const settled = await unitOfWork.run<Fulfilment, never>(organizationId, async ({ channelFulfilments, now }) => {
    const after: Fulfilment = !answer
      ? { ...fulfilment, status: 'dropped' }
      : answer.ok
        ? afterTelling(fulfilment, now)
        : afterSilence(fulfilment, answer.error, now);
    await channelFulfilments.save(after);
    return ok(after);
  });
  if (!settled.ok) return false;
  meter.count('channel_fulfilments_total', { kind: channel.kind, outcome: settled.value.status });
  return !answer || answer.ok || answer.error.code === 'shop.refused';
};

/** What the shop sold of what is in a parcel, by the shop's own lines; undefined when that is nothing. */
const parcelOf = (
  { source, lines }: Order,
  content: readonly ParcelContent[],
): Pick<FulfilmentToTell, 'externalOrderId' | 'lines'> | undefined => {
  if (source.kind !== 'channel') return undefined;
  const units = new Map<string, number>();
  for (const { orderLineId, quantity } of content) {
    const lineId = lines.find(({ id }) => id === orderLineId)?.external?.lineId;
    if (lineId !== undefined && quantity > 0) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  }
  if (units.size === 0) return undefined;
  const told = [...units].map(([externalLineId, quantity]) => ({ externalLineId, quantity }));
  return { externalOrderId: source.externalId, lines: told };
};

/** No shop is to be told of such a shipment. */
export type FulfilmentNotFound = { readonly code: 'fulfilment.not_found' };

/** Has a shop told of a parcel that was given up. One that is told, or will be, stays as it is. */
export const retellFulfilment =
  ({ unitOfWork }: Pick<TellDeps, 'unitOfWork'>) =>
  (caller: Caller, shipmentId: string): Promise<Result<Fulfilment, FulfilmentNotFound | RunRefusal>> =>
    unitOfWork.run<Fulfilment, FulfilmentNotFound>(
      caller.organizationId,
      async ({ channelFulfilments, now }) => {
        const found = await channelFulfilments.lock(shipmentId);
        if (!found) return err({ code: 'fulfilment.not_found' });
        const again = tellAgain(found, now);
        await channelFulfilments.save(again);
        return ok(again);
      },
      caller.once,
    );
