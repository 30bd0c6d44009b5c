import type { Order } from './order.js';
import type { OrderAction } from './status.js';
import type { Told } from './timeline.js';

/** A change of an order's facts, and by which action it is one. */
export type FactsChanged = { readonly action: OrderAction; readonly change: Partial<Order>; readonly told: Told };

export const MAX_TAGS = 50;

/** The order with exactly these tags, trimmed and each once; undefined where it has them already. */
export const retagged = (order: Order, tags: readonly string[]): FactsChanged | undefined => {
  const wanted = [...new Set(tags.map((tag) => tag.trim()))].filter((tag) => tag !== '');
  const gained = wanted.filter((tag) => !order.tags.includes(tag));
  const lost = order.tags.filter((tag) => !wanted.includes(tag));
  if (gained.length + lost.length === 0) return undefined;
  const text = [...gained.map((tag) => `+ ${tag}`), ...lost.map((tag) => `− ${tag}`)].join(', ');
  return { action: 'tag', change: { tags: wanted }, told: { what: 'tagged', text } };
};
