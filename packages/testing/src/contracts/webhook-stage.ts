import {
  type NewDelivery,
  type PublicEventType,
  type WebhookAttempt,
  WebhookDeliveryId,
  type WebhookEndpoint,
  WebhookEndpointId,
} from '@rappit/domain';
import type { PersistenceWorld } from './persistence-world.js';
import type { Stage } from './stage.js';

export const exampleEndpoint = (
  { ids }: Pick<PersistenceWorld, 'ids'>,
  facts: Partial<WebhookEndpoint> = {},
): WebhookEndpoint => ({
  id: WebhookEndpointId(ids.next()),
  url: 'https://hooks.example.com/rappit',
  types: ['order.placed', 'order.cancelled'],
  description: 'The warehouse',
  createdAt: new Date('2026-01-05T09:00:00.000Z'),
  disabled: null,
  failingSince: null,
  version: 0,
  ...facts,
});

export const addEndpoint = async (stage: Stage, facts: Partial<WebhookEndpoint> = {}): Promise<WebhookEndpoint> => {
  const endpoint = exampleEndpoint(stage, facts);
  await stage.run(({ webhookEndpoints }) => webhookEndpoints.add(endpoint, 'sealed'));
  return endpoint;
};

/** An event of an aggregate on its way to an endpoint. */
export const deliveryTo = (
  { ids }: Pick<PersistenceWorld, 'ids'>,
  { id }: Pick<WebhookEndpoint, 'id'>,
  [aggregateId, aggregateVersion]: readonly [string, number],
  type: PublicEventType = 'order.placed',
): NewDelivery => ({
  id: WebhookDeliveryId(ids.next()),
  endpointId: id,
  type,
  aggregateId,
  aggregateVersion,
  body: `{"type":"${type}","text":"Ünï \\"quoted\\" \\n"}`,
});

export const addDeliveries = async (stage: Stage, deliveries: readonly NewDelivery[]): Promise<void> =>
  stage.run(({ webhookDeliveries }) => webhookDeliveries.add(deliveries));

export const attemptNumbered = (number: number, facts: Partial<WebhookAttempt> = {}): WebhookAttempt => ({
  number,
  at: new Date('2026-01-05T09:00:01.500Z'),
  durationMs: 120,
  outcome: 'rejected',
  responseStatus: 503,
  answer: 'Not now',
  ...facts,
});
