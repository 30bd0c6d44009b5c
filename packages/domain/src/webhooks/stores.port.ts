import type { Page, PageRequest } from '../kernel/index.js';
import type { AuditStores, TenancyStores } from '../tenancy/index.js';
import type { WebhookAttempt, WebhookDelivery, WebhookDeliveryId } from './delivery.js';
import type { WebhookEndpoint, WebhookEndpointId } from './endpoint.js';

/** How a secret is replaced. */
export type SecretRotation = { readonly sealed: string; readonly oldUntil: Date; readonly keep: number };

/** Endpoints of one organization. Secrets go in and out sealed. */
export type WebhookEndpointStore = {
  readonly find: (id: WebhookEndpointId) => Promise<WebhookEndpoint | undefined>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<WebhookEndpoint>>;
  readonly count: () => Promise<number>;
  /** Found and locked until the unit of work ends. Whoever changes an endpoint, or what ends a delivery, locks it before anything else. */
  readonly lock: (id: WebhookEndpointId) => Promise<WebhookEndpoint | undefined>;
  readonly add: (endpoint: WebhookEndpoint, sealedSecret: string) => Promise<void>;
  /** One that was locked. */
  readonly save: (endpoint: WebhookEndpoint) => Promise<void>;
  /** With its secrets, deliveries and attempts. Answers false when there is none. */
  readonly remove: (id: WebhookEndpointId) => Promise<boolean>;
  /** The enabled ones, which stay as they are until the unit of work ends. */
  readonly enabled: () => Promise<readonly WebhookEndpoint[]>;
  /** Sealed secrets that count now, newest first. */
  readonly secretsOf: (id: WebhookEndpointId) => Promise<readonly string[]>;
  /** A further secret of an endpoint that was locked. Those before it count until `oldUntil` at most, and `keep` in all; the others are forgotten. */
  readonly rotateSecret: (id: WebhookEndpointId, rotation: SecretRotation) => Promise<void>;
};

export type NewDelivery = Pick<WebhookDelivery, 'id' | 'endpointId' | 'type' | 'aggregateId' | 'aggregateVersion' | 'body'>;

/** A delivery that was taken up: `firstTriedAt` is the moment of the claim if it was never tried before. */
export type ClaimedDelivery = Pick<WebhookDelivery, 'id' | 'type' | 'body' | 'attempts'> & { readonly firstTriedAt: Date };

/** What becomes of a delivery after an attempt. */
export type Settlement = { readonly status: 'delivered' | 'dead' } | { readonly status: 'due'; readonly dueAt: Date };

export type LoggedDelivery = WebhookDelivery & { readonly log: readonly WebhookAttempt[] };

/**
 * Deliveries of one organization.
 * - One that is on its way waits while an earlier event of the same aggregate is on its way to the same endpoint.
 * - Only what goes to an enabled endpoint is claimed.
 */
export type WebhookDeliveryStore = {
  /** On their way from now on. What an endpoint has of an event already stays as it is. */
  readonly add: (deliveries: readonly NewDelivery[]) => Promise<void>;
  readonly find: (id: WebhookDeliveryId) => Promise<WebhookDelivery | undefined>;
  /** Newest first, each with its last attempts, at most ten, the last one first. */
  readonly list: (endpointId: WebhookEndpointId, page: PageRequest) => Promise<Page<LoggedDelivery>>;
  /** Endpoints with something that could be claimed now, and whether each is failing. */
  readonly claimable: () => Promise<readonly { readonly endpointId: WebhookEndpointId; readonly failing: boolean }[]>;
  /** When something can be claimed next: the moment may have passed. */
  readonly nextDue: () => Promise<Date | null>;
  /** Leases the oldest due ones of an endpoint to one worker. What is never settled is due again when the lease ends. */
  readonly claim: (endpointId: WebhookEndpointId, limit: number, leaseSeconds: number) => Promise<readonly ClaimedDelivery[]>;
  /** Answers false, and writes nothing, when the delivery has ended, was claimed again since, or this attempt was settled before. */
  readonly settle: (id: WebhookDeliveryId, attempt: WebhookAttempt, becomes: Settlement) => Promise<boolean>;
  /** Nothing that is due to the endpoint is due before then. */
  readonly postpone: (endpointId: WebhookEndpointId, until: Date) => Promise<void>;
  /** Whatever is on its way to the endpoint is dead. */
  readonly giveUp: (endpointId: WebhookEndpointId) => Promise<void>;
  /** Due now, as if it had never been tried. Answers false when it is on its way already. */
  readonly sendAgain: (id: WebhookDeliveryId) => Promise<boolean>;
  /** Removes deliveries that ended before, with their attempts; answers how many. */
  readonly dropEnded: (before: Date, limit: number) => Promise<number>;
};

export type WebhookStores = AuditStores & {
  readonly webhookEndpoints: WebhookEndpointStore;
  readonly webhookDeliveries: WebhookDeliveryStore;
  readonly organization: TenancyStores['organization'];
  readonly outbox: TenancyStores['outbox'];
};
