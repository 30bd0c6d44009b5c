import type { Brand, OrganizationId, SealedFor } from '../kernel/index.js';
import type { PublicEventType } from './catalogue.js';

export type WebhookEndpointId = Brand<string, 'WebhookEndpointId'>;
export const WebhookEndpointId = (text: string): WebhookEndpointId => text as WebhookEndpointId;

export const disabledReasons = ['byMember', 'failing', 'gone'] as const;
/** `failing`: nothing arrived for `TRIED_HOURS`. `gone`: it answered 410, which asks us to stop. */
export type DisabledReason = (typeof disabledReasons)[number];

/** An address of the organization's own that is told of events. Its secrets are kept apart, sealed, and are part of no answer. */
export type WebhookEndpoint = {
  readonly id: WebhookEndpointId;
  readonly url: string;
  /** Which events it is told of: each once, one at least. */
  readonly types: readonly PublicEventType[];
  readonly description: string | null;
  readonly createdAt: Date;
  /** Null while it is enabled. */
  readonly disabled: { readonly at: Date; readonly why: DisabledReason } | null;
  /** The beginning of the first call that failed since one succeeded. */
  readonly failingSince: Date | null;
  /** One more with each event that tells of the endpoint itself. */
  readonly version: number;
};

/** How long it is tried to deliver an event, and how long an endpoint may fail before it is disabled. */
export const TRIED_HOURS = 24;
/** How long what was signed with an old secret is signed with it too. */
export const OLD_SECRET_HOURS = 24;
/** So many secrets count at most, however often they are rotated. */
export const MAX_SECRETS = 5;
export const MAX_ENDPOINTS = 20;

/** The purpose that an endpoint's secrets are sealed for. It is part of each seal, and so never changes. */
export const WEBHOOK_SECRET = 'webhook_endpoint.secret';

export const webhookSecretOf = (organizationId: OrganizationId, id: WebhookEndpointId): SealedFor => ({
  organizationId,
  purpose: WEBHOOK_SECRET,
  ownerId: id,
});

/** A secret as Standard Webhooks writes one, out of 256 random bits in base64url. */
export const signingSecretOf = (random: string): string => `whsec_${random.replaceAll('-', '+').replaceAll('_', '/')}=`;
