import { type Caller, err, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { WebhookDelivery, WebhookDeliveryId } from './delivery.js';
import type { WebhookStores } from './stores.port.js';

export type WebhookDeliveryNotFound = { readonly code: 'webhook_delivery.not_found' };
export type WebhookDeliveryUnderWay = { readonly code: 'webhook_delivery.under_way' };
export type WebhookEndpointDisabled = { readonly code: 'webhook_endpoint.disabled' };

type Refused = WebhookDeliveryNotFound | WebhookDeliveryUnderWay | WebhookEndpointDisabled;
export type Redeliver = (caller: Caller, id: WebhookDeliveryId) => Promise<Result<WebhookDelivery, Refused | RunRefusal>>;

/** Sends what was delivered or given up once more, under the id that it has; tried for as long as a new one. */
export const redeliver =
  ({ unitOfWork }: { readonly unitOfWork: UnitOfWork<WebhookStores> }): Redeliver =>
  (caller, id) =>
    unitOfWork.run<WebhookDelivery, Refused>(
      caller.organizationId,
      async ({ webhookEndpoints, webhookDeliveries }) => {
        const found = await webhookDeliveries.find(id);
        const endpoint = found && (await webhookEndpoints.lock(found.endpointId));
        if (!endpoint) return err({ code: 'webhook_delivery.not_found' });
        if (endpoint.disabled !== null) return err({ code: 'webhook_endpoint.disabled' });
        if (!(await webhookDeliveries.sendAgain(id))) return err({ code: 'webhook_delivery.under_way' });
        const again = await webhookDeliveries.find(id);
        return again ? ok(again) : err({ code: 'webhook_delivery.not_found' });
      },
      caller.once,
    );
