import {
  bug,
  type DueDelivery,
  type IdSource,
  type InboxStore,
  type OrganizationId,
  ok,
  type Result,
  type UnitOfWork,
} from '../kernel/index.js';
import type { BillingEventReader, BillingEventRefused, BillingMessage } from './billing-event.port.js';
import type { RefreshRefused, RefreshSubscription } from './refresh-subscription.js';
import type { BillingDoor } from './stores.port.js';

/** Where events of the provider come from, as the inbox names it. */
export const BILLING_SOURCE = 'billing:events';

type Deps = {
  readonly unitOfWork: UnitOfWork<{ readonly inbox: InboxStore }>;
  readonly door: BillingDoor;
  readonly read: BillingEventReader;
  readonly ids: IdSource;
};

/** Of which type it was, and in whose inbox it is. */
export type TakenEvent = { readonly type: string; readonly organizationIds: readonly OrganizationId[] };

/**
 * Keeps that something happened to a customer, for the organization whose customer it is.
 * - What isn't the provider's is refused, and nothing is stored of it.
 * - An event that is here already is taken as taken, and worked off again if it had been given up: an operator had it sent anew. One of nobody's customer is taken, and nothing is kept of it.
 * - Nothing of the event is kept but its id and type: what it says is asked, and may be about people.
 */
export const takeBillingEvent =
  ({ unitOfWork, door, read, ids }: Deps) =>
  async (message: BillingMessage): Promise<Result<TakenEvent, BillingEventRefused>> => {
    const event = read(message);
    if (!event.ok) return event;
    const { id: deliveryId, type: topic, customerId } = event.value;
    const organizationIds = customerId === null ? [] : await door.organizationsOfCustomer(customerId);
    for (const organizationId of organizationIds) {
      const kept = await unitOfWork.run(organizationId, async ({ inbox, now }) => {
        const event = { id: ids.next(), sourceId: BILLING_SOURCE, topic, deliveryId, body: '{}', receivedAt: now };
        return ok((await inbox.receive(event)) || (await inbox.revive(event)));
      });
      if (!kept.ok) return bug(`an event of the billing provider could not be kept: ${kept.error.code}`);
    }
    return ok({ type: topic, organizationIds });
  };

/** What an event is good for once it is in the inbox: the provider is asked. Its fault is answered, so that it is asked again later. */
export const understandBillingEvent =
  (refresh: RefreshSubscription) =>
  (organizationId: OrganizationId, { topic }: Pick<DueDelivery, 'topic'>): Promise<Result<string, RefreshRefused>> =>
    refresh(organizationId, topic);
