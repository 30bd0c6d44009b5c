import type { Brand, DomainEvent } from '../kernel/index.js';
import type { WebhookEndpointId } from './endpoint.js';

export type WebhookDeliveryId = Brand<string, 'WebhookDeliveryId'>;
export const WebhookDeliveryId = (text: string): WebhookDeliveryId => text as WebhookDeliveryId;

export const deliveryStatuses = ['due', 'delivered', 'dead'] as const;
/** `dead`: given up, until somebody has it sent again. */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** The whole machine. A call that was given up may have been delivered all the same; what has ended may be sent again by hand. */
export const deliveryTransitions: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  due: ['delivered', 'dead'],
  delivered: ['due'],
  dead: ['due', 'delivered'],
};

/** One event on its way to one endpoint. Its id is the `webhook-id` of each attempt, by which a receiver knows it again. */
export type WebhookDelivery = {
  readonly id: WebhookDeliveryId;
  readonly endpointId: WebhookEndpointId;
  readonly type: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  /** To the byte what is signed and sent. */
  readonly body: string;
  readonly status: DeliveryStatus;
  readonly createdAt: Date;
  readonly dueAt: Date;
  /** How often it was claimed; also the number of the last attempt, and what tells a claim from the one after it. */
  readonly attempts: number;
  /** Since it was made, or was to be sent again: tried for `TRIED_HOURS` from then on. */
  readonly firstTriedAt: Date | null;
  readonly endedAt: Date | null;
};

export const attemptOutcomes = ['delivered', 'rejected', 'refused', 'unavailable', 'unknown'] as const;
/** `rejected`: it answered, and not with a 2xx. `refused`: its address may not be called. `unknown`: it may have arrived. */
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** One call, as the log shows it. */
export type WebhookAttempt = {
  readonly number: number;
  readonly at: Date;
  readonly durationMs: number;
  readonly outcome: AttemptOutcome;
  /** Of the answer, as far as one came. */
  readonly responseStatus: number | null;
  /** What came back, or why nothing did: readable, cut short, and without our signatures. */
  readonly answer: string | null;
};

/** What a receiver is sent: the form that Standard Webhooks recommends, with what puts events of one aggregate in order. */
export const bodyOf = ({ type, at, aggregateId, aggregateVersion, data }: DomainEvent): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), aggregateId, aggregateVersion, data });
