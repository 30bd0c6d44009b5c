import type { Moment } from '../kernel/index.js';
import { ENDPOINT_DISABLED } from './catalogue.js';
import type { DisabledReason, WebhookEndpoint } from './endpoint.js';
import type { WebhookStores } from './stores.port.js';

/** Disables an endpoint that was locked, and gives up what is on its way to it. Unless a member did it, an event says so. */
export const disableEndpoint = async (
  { webhookEndpoints, webhookDeliveries, outbox, now }: WebhookStores & Moment,
  locked: WebhookEndpoint,
  why: DisabledReason,
): Promise<WebhookEndpoint> => {
  const endpoint = { ...locked, disabled: { at: now, why }, version: locked.version + 1 };
  await webhookEndpoints.save(endpoint);
  await webhookDeliveries.giveUp(endpoint.id);
  if (why !== 'byMember')
    await outbox.announce([
      {
        type: ENDPOINT_DISABLED,
        aggregateId: endpoint.id,
        aggregateVersion: endpoint.version,
        at: now,
        data: { endpointId: endpoint.id, why },
      },
    ]);
  return endpoint;
};
