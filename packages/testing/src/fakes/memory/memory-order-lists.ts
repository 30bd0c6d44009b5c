import {
  COUNTED_UP_TO,
  isByPlacing,
  type Order,
  type OrderCounts,
  type OrderFilter,
  OrderId,
  type OrderStatus,
  type OrderStore,
  type OrderSummary,
  orderStatuses,
} from '@rappit/domain';
import { pageOf } from '../page-of.js';
import type { Workbench } from './workbench.js';

/** What can be read of orders without locking them. */
export const memoryOrderLists = ({ state }: Workbench): Pick<OrderStore, 'list' | 'counts' | 'timeline' | 'allocations'> => ({
  list: async (page, filter) => {
    const { orders } = state();
    const wanted = [...orders.values()].filter((order) => isListed(order, filter));
    const last = page.cursor === undefined ? undefined : orders.get(OrderId(page.cursor));
    if (isByPlacing(filter) && page.cursor !== undefined && !last) return { data: [], nextCursor: null };
    const placeOf = isByPlacing(filter) ? placeByPlacing : ({ id }: Pick<Order, 'id'>) => id;
    const cursor = last ? placeOf(last) : page.cursor;
    const { data, nextCursor } = pageOf(wanted, { ...page, cursor }, { placeOf, newestFirst: !filter.oldestFirst });
    return { data: data.map(summaryOf), nextCursor: nextCursor === null ? null : (data.at(-1)?.id ?? null) };
  },
  counts: async () => {
    const all = [...state().orders.values()];
    const count = (status: OrderStatus): number => all.filter((order) => order.status === status).length;
    return Object.fromEntries(orderStatuses.map((status) => [status, Math.min(COUNTED_UP_TO, count(status))])) as OrderCounts;
  },
  timeline: async (id, page) =>
    pageOf(
      state().timeline.filter(({ orderId }) => orderId === id),
      page,
      { placeOf: (entry) => entry.id },
    ),
  allocations: async (id) =>
    state().allocations.flatMap(({ orderId, policy, skus, at }) => (orderId === id ? [{ policy, skus, at }] : [])),
});

const placeByPlacing = ({ placedAt, id }: Order): string => `${placedAt.toISOString()}\n${id}`;

const isListed = (order: Order, filter: OrderFilter): boolean => {
  const { status, channelId, from, to, text, sku, tag, customer, externalId } = filter;
  const { source } = order;
  const holds = (asked: string | undefined, isSo: (text: string) => boolean): boolean => !asked?.trim() || isSo(asked.trim());
  return (
    (status === undefined || order.status === status) &&
    (channelId === undefined || (source.kind === 'channel' && source.channelId === channelId)) &&
    (from === undefined || order.placedAt >= from) &&
    (to === undefined || order.placedAt < to) &&
    holds(externalId, (id) => source.kind === 'channel' && source.externalId === id) &&
    holds(sku, (code) => order.lines.some((line) => line.sku === code)) &&
    holds(tag, (word) => order.tags.includes(word)) &&
    holds(customer, (beginning) => isOfCustomer(order, beginning)) &&
    holds(text, (word) => isFoundBy(order, word))
  );
};

const isOfCustomer = ({ customer }: Order, text: string): boolean =>
  [customer?.name, /\s(\S+)\s*$/.exec(customer?.name ?? '')?.[1], customer?.email].some((one) =>
    one?.toLowerCase().startsWith(text.toLowerCase()),
  );

const isFoundBy = (order: Order, text: string): boolean => {
  const { number, source, lines, tags } = order;
  const external = source.kind === 'channel' ? [source.externalId, source.externalNumber] : [];
  const exact = [number, ...external, ...lines.map(({ sku }) => sku), ...tags];
  return exact.includes(text) || external.includes(`#${text}`) || isOfCustomer(order, text);
};

const summaryOf = (order: Order): OrderSummary => ({
  id: order.id,
  number: order.number,
  source: order.source,
  status: order.status,
  hold: order.hold,
  currency: order.currency,
  paymentStatus: order.paymentStatus,
  placedAt: order.placedAt,
  customerName: order.customer?.name ?? null,
  totalMinor: order.totals.totalMinor,
  units: order.lines.reduce((sum, { ordered }) => sum + ordered, 0),
});
