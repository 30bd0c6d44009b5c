import type { GuardedFetch, WebhookMessage, WebhookSender } from '@rappit/domain';
import { Webhook } from 'standardwebhooks';
import { answered, notAnswered } from './answered.js';

type Deps = { readonly guardedFetch: Pick<GuardedFetch, 'send'>; readonly now: () => Date };

const DEADLINE_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1_024;

/** Standard Webhooks 1.0 over the guard. The signature is of the bytes that are sent, and the moment in it counts in whole seconds. */
export const webhookSender = ({ guardedFetch, now }: Deps): WebhookSender => ({
  send: async (message) => {
    const { url, body } = message;
    const signature = signatureOf(message);
    const sent = await guardedFetch.send({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Rappit-Webhooks/1',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(message.at.getTime() / 1_000)),
        'webhook-signature': signature,
      },
      body,
      deadlineMs: DEADLINE_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    return sent.ok ? answered(sent.value, signature.split(' '), now()) : notAnswered(sent.error);
  },
});

/** One signature for each secret that counts: a receiver verifies with the one that it has. */
const signatureOf = ({ id, at, body, secrets }: WebhookMessage): string =>
  secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' ');
