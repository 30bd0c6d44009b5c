import type { WebhookAnswer, WebhookMessage, WebhookSender } from '@rappit/domain';

export type FakeWebhookSender = {
  readonly sender: WebhookSender;
  /** Every message that was sent, in its order. */
  readonly sent: () => readonly WebhookMessage[];
  /** What receivers answer from now on, now or when they like; 204 at first. */
  readonly answerWith: (answer: (message: WebhookMessage) => WebhookAnswer | Promise<WebhookAnswer>) => void;
};

/** An answer of a receiver with this status. */
export const webhookAnswer = (status: number, more: Partial<WebhookAnswer> = {}): WebhookAnswer => ({
  outcome: status >= 200 && status < 300 ? 'delivered' : 'rejected',
  responseStatus: status,
  answer: null,
  retryAfterSeconds: null,
  ...more,
});

/** Receivers of webhooks without a network. */
export const fakeWebhookSender = (): FakeWebhookSender => {
  const sent: WebhookMessage[] = [];
  let answer: (message: WebhookMessage) => WebhookAnswer | Promise<WebhookAnswer> = () => webhookAnswer(204);
  return {
    sender: {
      send: async (message) => {
        sent.push(message);
        return answer(message);
      },
    },
    sent: () => [...sent],
    answerWith: (given) => {
      answer = given;
    },
  };
};
