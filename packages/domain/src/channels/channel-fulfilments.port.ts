import type { Page, PageRequest } from '../kernel/index.js';
import type { OrderId, OrderLineId } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { Fulfilment } from './fulfilment.js';

/** What is in a parcel, by the lines of its order. */
export type ParcelContent = { readonly orderLineId: OrderLineId; readonly quantity: number };

/**
 * Parcels that shops of one organization are told of.
 * - `note` adds the parcels of an order of the channel whose labels were bought and not cancelled, as due now; those that are there stay as
 *   they are. Answers how many were added. What comes back from a customer is none.
 * - `claim` leases the one to one caller that is due and has waited longest; what nobody finished is due again when the lease ends.
 * - `content` is what is in a parcel now; undefined when its label was cancelled.
 */
export type ChannelFulfilmentStore = {
  readonly note: (channelId: ChannelId, orderId: OrderId) => Promise<number>;
  readonly claim: (channelId: ChannelId, leaseSeconds: number) => Promise<Fulfilment | undefined>;
  readonly content: (shipmentId: string) => Promise<readonly ParcelContent[] | undefined>;
  /** Found, and not changed by anybody else until the unit of work ends. */
  readonly lock: (shipmentId: string) => Promise<Fulfilment | undefined>;
  /** Replaces how it stands: status, attempts, when it is due, when it was told, and the problem. */
  readonly save: (fulfilment: Fulfilment) => Promise<void>;
  /** Newest shipment first. */
  readonly list: (channelId: ChannelId, page: PageRequest) => Promise<Page<Fulfilment>>;
};
