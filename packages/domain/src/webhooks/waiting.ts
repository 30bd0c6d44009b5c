import { type OrganizationId, ok, type UnitOfWork } from '../kernel/index.js';
import type { WebhookEndpointId } from './endpoint.js';
import type { WebhookStores } from './stores.port.js';

/** What there is to deliver: endpoints that can be called now, and when there is more. */
export type WebhooksWaiting = {
  readonly endpoints: readonly { readonly endpointId: WebhookEndpointId; readonly failing: boolean }[];
  /** Null when nothing is on its way. */
  readonly nextDue: Date | null;
};

type Deps = { readonly unitOfWork: UnitOfWork<WebhookStores> };

export const webhooksWaiting =
  ({ unitOfWork }: Deps) =>
  (organizationId: OrganizationId): Promise<WebhooksWaiting> =>
    unitOfWork.read(organizationId, async ({ webhookDeliveries }) => ({
      endpoints: await webhookDeliveries.claimable(),
      nextDue: await webhookDeliveries.nextDue(),
    }));

/** The log of what has ended is kept for so long. */
const LOG_DAYS = 30;
const BATCH = 1_000;

/** Removes a batch of deliveries that nobody needs any more; answers how many, and 0 too when somebody was in the way. */
export const tidyWebhooks =
  ({ unitOfWork }: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const removed = await unitOfWork.run<number, never>(organizationId, async ({ webhookDeliveries, now }) =>
      ok(await webhookDeliveries.dropEnded(new Date(now.getTime() - LOG_DAYS * 86_400_000), BATCH)),
    );
    return removed.ok ? removed.value : 0;
  };
