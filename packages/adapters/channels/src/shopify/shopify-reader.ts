import { ok, type ShopReader } from '@rappit/domain';
import { parseExactly } from '../wire/json-text.js';
import { unreadable } from '../wire/reading.js';
import { verifies } from '../wire/signature.js';
import { externalOrder } from './order.js';

/** The topics whose body is an order. `orders/edited` isn't one: it carries only what was added and removed. */
const orderTopics: ReadonlySet<string> = new Set(['orders/create', 'orders/updated', 'orders/paid', 'orders/cancelled']);

/** Reads what Shopify sends to a webhook. A body that isn't an object at all has the path `body`. */
export const shopifyReader: ShopReader = {
  verifies,
  read: (topic, body) => {
    if (!orderTopics.has(topic)) return ok({ kind: 'unused', topic });
    const parsed = parseExactly(body);
    const order = parsed.ok ? externalOrder(parsed.value, '') : parsed;
    return order.ok ? ok({ kind: 'order', order: order.value }) : unreadable(order.error.path || 'body');
  },
};
