import { type ChannelMessage, type ExternalOrder, ok, type ShopReader } from '@rappit/domain';
import { parseExactly } from '../wire/json-text.js';
import { type Reader, unreadable } from '../wire/reading.js';
import { verifies } from '../wire/signature.js';
import { externalOrder } from './order.js';
import { otherTopics } from './other-topics.js';

/** The topics whose body is an order. `orders/edited` isn't one: it carries only what was added and removed. */
const orderTopics: ReadonlySet<string> = new Set([
  'orders/create',
  'orders/updated',
  'orders/paid',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/partially_fulfilled',
]);

const order: Reader<ChannelMessage> = (value, path) => {
  const read: ReturnType<Reader<ExternalOrder>> = externalOrder(value, path);
  return read.ok ? ok({ kind: 'order', order: read.value }) : read;
};

/** Reads what Shopify sends to a webhook. A body that isn't an object at all has the path `body`. */
export const shopifyReader: ShopReader = {
  verifies,
  read: (topic, body) => {
    const reader = orderTopics.has(topic) ? order : otherTopics.get(topic);
    if (!reader) return ok({ kind: 'unused', topic });
    const parsed = parseExactly(body);
    const message = parsed.ok ? reader(parsed.value, '') : parsed;
    return message.ok ? message : unreadable(message.error.path || 'body');
  },
};
