import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { changing } from './changing.js';
import type { OrderNotFound } from './locked-order.js';
import type { Order, OrderId } from './order.js';
import type { InvalidTransition, OrderAction } from './status.js';
import type { OrderStores } from './stores.port.js';
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

/** Tags that an order gets, and tags that it loses. */
export type TagChange = { readonly add: readonly string[]; readonly remove: readonly string[] };
export type TooManyTags = { readonly code: 'order.too_many_tags'; readonly limit: number };
export type TagRefused = OrderNotFound | InvalidTransition | TooManyTags | RunRefusal;

/** Adds tags and takes others off; those that are there, or aren't, already are no change. */
export const tagOrder =
  (deps: { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource }) =>
  (caller: Caller, id: OrderId, { add, remove }: TagChange): Promise<Result<Order, TagRefused>> =>
    changing<TooManyTags>(deps, caller, {
      id,
      action: 'tag',
      decide: (order) => {
        const lost = new Set(remove.map((tag) => tag.trim()));
        const changed = retagged(
          order,
          [...order.tags, ...add].filter((tag) => !lost.has(tag.trim())),
        );
        return (changed?.change.tags?.length ?? 0) > MAX_TAGS
          ? err({ code: 'order.too_many_tags', limit: MAX_TAGS })
          : ok(changed);
      },
    });
