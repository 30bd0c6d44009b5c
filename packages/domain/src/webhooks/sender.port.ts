import type { WebhookAttempt } from './delivery.js';

/** A message to an endpoint: the delivery's id, the moment of this attempt, and the body, to the byte. */
export type WebhookMessage = {
  readonly url: string;
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  /** Each that counts now, in the clear. */
  readonly secrets: readonly string[];
};

/** What came of a call: what the log keeps of it, and how long the receiver asks to be left alone. */
export type WebhookAnswer = Pick<WebhookAttempt, 'outcome' | 'responseStatus' | 'answer'> & {
  readonly retryAfterSeconds: number | null;
};

/**
 * Calls an endpoint once, signed as Standard Webhooks 1.0 asks, so that any one of the secrets verifies it.
 * - Only a 2xx is a delivery; a redirect isn't, and isn't followed.
 * - Only public addresses are called, whatever the name led to when the endpoint was added.
 * - It never throws, takes 20 seconds at most, and holds nothing secret in its answer.
 */
export type WebhookSender = { readonly send: (message: WebhookMessage) => Promise<WebhookAnswer> };
