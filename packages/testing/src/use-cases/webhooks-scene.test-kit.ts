import {
  addWebhookEndpoint,
  type DomainEvent,
  deliverWebhooks,
  handOverToWebhooks,
  mailEndpointDisabled,
  type PublicEventType,
  redeliver,
  relayOutbox,
  removeWebhookEndpoint,
  rotateWebhookSecret,
  tidyWebhooks,
  type WebhookEndpointId,
  type WebhookMessage,
  webhooksWaiting,
} from '@rappit/domain';
import { openTenant } from '../contracts/tenant-stage.js';
import {
  fakeClock,
  fakeGuardedFetch,
  fakeIds,
  fakeMailer,
  fakeSecretSource,
  fakeVault,
  fakeWebhookSender,
  memoryPersistence,
  sha256,
} from '../fakes/index.js';

const SECOND = 1_000;

/** An organization in memory, whose events go to receivers that a test plays, on a clock that it moves. */
export const webhooksScene = async () => {
  const [ids, clock, mailer, receivers] = [fakeIds(), fakeClock(), fakeMailer(), fakeWebhookSender()];
  const memory = memoryPersistence({ now: clock.now, decide: () => [] });
  const world = { ...memory, ids, digest: sha256, newOrganization: () => Promise.reject(new Error('not asked for')) };
  const { organization, admin, run, join } = await openTenant(world);
  const organizationId = organization.id;
  const caller = { organizationId, actor: { kind: 'user', id: admin.id, name: admin.name } } as const;
  const { unitOfWork } = memory;
  const deps = { unitOfWork, ids, guardedFetch: fakeGuardedFetch().guardedFetch, secrets: fakeSecretSource(), vault: fakeVault };
  const relayed = relayOutbox({
    unitOfWork,
    subscribers: [mailEndpointDisabled({ unitOfWork, mailer })],
    keeper: handOverToWebhooks({ ids }),
  });
  const relay = async (): Promise<void> => {
    while ((await relayed(organizationId)) > 0);
  };
  const deliver = deliverWebhooks({ ...deps, sender: receivers.sender, chance: () => 0.5 });
  const waiting = () => webhooksWaiting(deps)(organizationId);
  return {
    memory,
    clock,
    mailer,
    receivers,
    organizationId,
    caller,
    admin,
    run,
    join,
    relay,
    deliver,
    waiting,
    addEndpoint: async (
      types: readonly PublicEventType[] = ['order.placed', 'order.noted'],
      url = 'https://hooks.example.com',
    ) => {
      const added = await addWebhookEndpoint(deps)(caller, { url, types, description: null });
      if (!added.ok) throw new Error(added.error.code);
      return { ...added.value.endpoint, secret: added.value.secret };
    },
    rotate: (id: WebhookEndpointId) => rotateWebhookSecret(deps)(caller, id),
    remove: (id: WebhookEndpointId) => removeWebhookEndpoint(deps)(caller, id),
    redeliver: (message: Pick<WebhookMessage, 'id'>) =>
      redeliver(deps)(caller, message.id as Parameters<ReturnType<typeof redeliver>>[1]),
    tidy: () => tidyWebhooks(deps)(organizationId),
    tell: (aggregateId: string, aggregateVersion: number, type: PublicEventType | 'test.unheard' = 'order.noted') =>
      run(({ outbox, now }) =>
        outbox.announce([{ type, aggregateId, aggregateVersion, at: now, data: { orderId: aggregateId } } satisfies DomainEvent]),
      ),
    endpoint: (id: WebhookEndpointId) => unitOfWork.read(organizationId, ({ webhookEndpoints }) => webhookEndpoints.find(id)),
    log: async (id: WebhookEndpointId) =>
      (await unitOfWork.read(organizationId, ({ webhookDeliveries }) => webhookDeliveries.list(id, { limit: 100 }))).data,
    /** Calls whoever can be called, over and over, moving the clock on to whatever is due next, until nothing is or that lies too far. */
    until: async (isLate: (at: Date) => boolean = () => false): Promise<void> => {
      for (;;) {
        const { endpoints, nextDue } = await waiting();
        for (const { endpointId } of endpoints) await deliver(organizationId, endpointId, 5);
        if (endpoints.length > 0) continue;
        if (!nextDue || isLate(nextDue)) return;
        clock.set(new Date(Math.max(nextDue.getTime(), clock.now().getTime() + SECOND)));
      }
    },
    events: () => memory.eventsOf(organizationId),
  };
};

/** What a message says of where its event stands. */
export const placeOf = ({ body }: WebhookMessage): readonly [string, number] => {
  const { aggregateId, aggregateVersion } = JSON.parse(body) as { aggregateId: string; aggregateVersion: number };
  return [aggregateId, aggregateVersion];
};
