import { type IdSource, type OrganizationId, ok, system, type UnitOfWork, type Vault } from '../kernel/index.js';
import { auditEntry } from '../tenancy/index.js';
import { disableEndpoint } from './disable-endpoint.js';
import { type WebhookEndpoint, type WebhookEndpointId, webhookSecretOf } from './endpoint.js';
import { hasFailedLong, tryAgainAt } from './retry.js';
import type { WebhookAnswer, WebhookMessage, WebhookSender } from './sender.port.js';
import type { ClaimedDelivery, WebhookStores } from './stores.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<WebhookStores>;
  readonly sender: WebhookSender;
  readonly vault: Vault;
  readonly ids: IdSource;
  /** From 0 to below 1, for the jitter of retries. */
  readonly chance: () => number;
};

export type DeliverWebhooks = (organizationId: OrganizationId, endpointId: WebhookEndpointId, limit: number) => Promise<number>;

/** Far longer than a call and its two units of work. Whoever comes later finds that the claim isn't theirs any more. */
const LEASE_SECONDS = 120;

/** A claimed delivery, with what is needed to send it. */
type Call = {
  readonly organizationId: OrganizationId;
  readonly endpointId: WebhookEndpointId;
  readonly delivery: ClaimedDelivery;
  readonly message: WebhookMessage;
};

/**
 * Takes up some deliveries that are due to an endpoint and calls it with all of them at once; answers how many.
 * - Nothing is locked during a call. If we die in it, the delivery is due again when its lease ends: what arrived may arrive twice.
 * - It is signed anew with each attempt, with every secret that counts.
 * - An endpoint that failed for 24 hours, or answers 410, is disabled.
 */
export const deliverWebhooks =
  (deps: Deps): DeliverWebhooks =>
  async (organizationId, endpointId, limit) => {
    const calls = await claim(deps, organizationId, endpointId, limit);
    await Promise.all(calls.map(async (call) => settle(deps, call, await deps.sender.send(call.message))));
    return calls.length;
  };

const claim = async (
  { unitOfWork, vault }: Deps,
  organizationId: OrganizationId,
  endpointId: WebhookEndpointId,
  limit: number,
): Promise<readonly Call[]> => {
  const claimed = await unitOfWork.run(organizationId, async ({ webhookEndpoints, webhookDeliveries, now }) => {
    const deliveries = await webhookDeliveries.claim(endpointId, limit, LEASE_SECONDS);
    const endpoint = deliveries.length > 0 ? await webhookEndpoints.find(endpointId) : undefined;
    if (!endpoint) return ok([]);
    const what = webhookSecretOf(organizationId, endpointId);
    const secrets = (await webhookEndpoints.secretsOf(endpointId)).map((sealed) => vault.open(sealed, what));
    const { url } = endpoint;
    return ok(
      deliveries.map((delivery) => {
        const { id, body } = delivery;
        return { organizationId, endpointId, delivery, message: { url, id, at: now, body, secrets } };
      }),
    );
  });
  return claimed.ok ? claimed.value : [];
};

type Called = { readonly endpoint: WebhookEndpoint; readonly call: Call; readonly answer: WebhookAnswer };
type Stores = WebhookStores & { readonly now: Date };

/** Keeps what came of a call, unless the delivery was given up or claimed by somebody else meanwhile. */
const settle = async (deps: Deps, call: Call, answer: WebhookAnswer): Promise<void> => {
  const kept = await deps.unitOfWork.run(call.organizationId, async (stores) => {
    const endpoint = await stores.webhookEndpoints.lock(call.endpointId);
    if (endpoint && answer.outcome === 'delivered') await settleDelivered(stores, { endpoint, call, answer });
    else if (endpoint) await settleFailed(deps, stores, { endpoint, call, answer });
    return ok(undefined);
  });
  if (!kept.ok) throw new Error(kept.error.code);
};

const logged = ({ delivery, message: { at } }: Call, { outcome, responseStatus, answer }: WebhookAnswer, now: Date) => ({
  number: delivery.attempts,
  at,
  durationMs: Math.max(0, now.getTime() - at.getTime()),
  outcome,
  responseStatus,
  answer,
});

const settleDelivered = async (
  { webhookEndpoints, webhookDeliveries, now }: Stores,
  { endpoint, call, answer }: Called,
): Promise<void> => {
  await webhookDeliveries.settle(call.delivery.id, logged(call, answer, now), { status: 'delivered' });
  if (endpoint.failingSince !== null) await webhookEndpoints.save({ ...endpoint, failingSince: null });
};

const settleFailed = async (deps: Deps, stores: Stores, { endpoint, call, answer }: Called): Promise<void> => {
  const { webhookEndpoints, webhookDeliveries, audit, now } = stores;
  const { delivery, message } = call;
  const { retryAfterSeconds } = answer;
  const { firstTriedAt } = delivery;
  const again = tryAgainAt({ at: message.at, firstTriedAt, now, chance: deps.chance(), retryAfterSeconds });
  const becomes = again ? ({ status: 'due', dueAt: again } as const) : ({ status: 'dead' } as const);
  const isMine = await webhookDeliveries.settle(delivery.id, logged(call, answer, now), becomes);
  // Whatever is on its way to an endpoint ends with its being disabled, and so isn't ours to settle any more.
  if (!isMine) return;
  const failing = { ...endpoint, failingSince: endpoint.failingSince ?? message.at };
  const isGone = answer.responseStatus === 410;
  if (isGone || hasFailedLong(failing.failingSince, message.at)) {
    await disableEndpoint(stores, failing, isGone ? 'gone' : 'failing');
    const event = { kind: 'webhook_endpoint.changed', targetId: endpoint.id, facts: { fields: ['enabled'] } } as const;
    await audit.append([auditEntry({ caller: { actor: system('webhooks') }, at: now, ids: deps.ids }, event)]);
    return;
  }
  if (endpoint.failingSince === null) await webhookEndpoints.save(failing);
  if (again && retryAfterSeconds !== null) await webhookDeliveries.postpone(endpoint.id, again);
};
