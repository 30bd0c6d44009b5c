import { createHmac } from 'node:crypto';
import type { ShopBooks } from './shop-books.js';

/** A delivery as Shopify would send it. Whoever holds it may send it late, twice, in another order or not at all. */
export type SignedDelivery = {
  readonly address: string;
  readonly topic: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Post = {
  readonly tell: (topic: string, body: string) => void;
  /** A delivery to an address that isn't subscribed to, as those about people's data are. */
  readonly tellTo: (address: string, topic: string, body: string) => void;
  /** Everything that happened since this was asked last. */
  readonly deliveries: () => readonly SignedDelivery[];
};

/** `ORDERS_CREATE` is `orders/create` in a delivery. */
export const topicName = (topic: string): string => {
  const [area = '', verb = ''] = [topic.slice(0, topic.lastIndexOf('_')), topic.slice(topic.lastIndexOf('_') + 1)];
  return `${area}/${verb}`.toLowerCase();
};

export const postOf = (books: ShopBooks, secret: string, now: () => Date): Post => {
  const waiting: SignedDelivery[] = [];
  let count = 0;
  const tellTo = (address: string, topic: string, body: string): void => {
    count += 1;
    const id = String(count).padStart(12, '0');
    const headers = {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-shop-domain': books.domain,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': `00000000-0000-4000-8000-${id}`,
      'x-shopify-event-id': `00000000-0000-4000-9000-${id}`,
      'x-shopify-triggered-at': now().toISOString(),
    };
    waiting.push({ address, topic, headers, body });
  };
  return {
    tellTo,
    tell: (topic, body) => {
      for (const webhook of books.webhooks.values()) if (topicName(webhook.topic) === topic) tellTo(webhook.uri, topic, body);
    },
    deliveries: () => waiting.splice(0),
  };
};
