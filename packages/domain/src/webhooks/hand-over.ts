import type { EventKeeper, IdSource } from '../kernel/index.js';
import type { PublicEventType } from './catalogue.js';
import { bodyOf, WebhookDeliveryId } from './delivery.js';
import type { WebhookStores } from './stores.port.js';

/** Makes each event one delivery to each endpoint that is told of it, in the unit of work that takes the event from the outbox. */
export const handOverToWebhooks = ({ ids }: { readonly ids: IdSource }): EventKeeper<WebhookStores> => ({
  types: async ({ webhookEndpoints }) => [...new Set((await webhookEndpoints.enabled()).flatMap(({ types }) => types))],
  keep: async ({ webhookEndpoints, webhookDeliveries }, events) => {
    const endpoints = await webhookEndpoints.enabled();
    const deliveries = events.flatMap((event) =>
      endpoints
        .filter(({ types }) => types.includes(event.type as PublicEventType))
        .map(({ id: endpointId }) => ({
          id: WebhookDeliveryId(ids.next()),
          endpointId,
          type: event.type,
          aggregateId: event.aggregateId,
          aggregateVersion: event.aggregateVersion,
          body: bodyOf(event),
        })),
    );
    if (deliveries.length > 0) await webhookDeliveries.add(deliveries);
  },
});
