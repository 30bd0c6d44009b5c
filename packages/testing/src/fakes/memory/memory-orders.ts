import {
  available,
  type ChannelSource,
  isLapsed,
  mayBeServed,
  type Order,
  type OrderChange,
  OrderId,
  type OrderStore,
  returnsFit,
  type Sku,
  type StockLevel,
  stockedAs,
} from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { couldBeServed } from './memory-kits.js';
import { memoryOrderBooks } from './memory-order-books.js';
import { memoryOrderLists } from './memory-order-lists.js';
import { announced } from './memory-outbox.js';
import { having, type OrganizationState } from './organization-state.js';
import { Conflict, type Workbench } from './workbench.js';

/** Nothing has to be locked here: units of work of one organization run one after another. */
export const memoryOrders = (bench: Workbench): OrderStore => {
  const { state, change, now } = bench;
  return {
    ...memoryOrderBooks(bench),
    ...memoryOrderLists(bench),
    find: async (id) => state().orders.get(id),
    findMany: async (ids) => [...new Set(ids)].sort(byCodePoint).flatMap((id) => state().orders.get(id) ?? []),
    ofSource: async (source) => state().externalOrders.get(sourceKey(source)),
    lock: async (ids) => [...new Set(ids)].sort(byCodePoint).flatMap((id) => state().orders.get(id) ?? []),
    waitingFor: async (skus, limit) => waitingFor(state(), skus).slice(0, limit),
    waitingIds: async (skus, limit) =>
      waitingFor(state(), skus)
        .map(({ id }) => id)
        .slice(0, limit),
    keepSummary: async (summary) => change({ booksSummary: summary }),
    servable: async (limit, after) => {
      const isThere = (level: StockLevel): boolean =>
        available(level) > 0 && state().locations.get(level.locationId)?.active === true;
      const there = new Set([...state().stock.levels.values()].filter(isThere).map(({ sku }) => sku));
      const skus = [...state().orders.values()]
        .filter(mayBeServed)
        .flatMap(({ lines }) => lines)
        .filter((line) => couldBeServed(state(), line, there))
        .flatMap(({ sku, components }) => (sku ? stockedAs({ sku, components }) : []));
      return [...new Set(skus)]
        .filter((sku) => byCodePoint(sku, after) > 0)
        .sort(byCodePoint)
        .slice(0, limit);
    },
    untried: async (limit) =>
      [...state().orders.values()]
        .filter((order) => mayBeServed(order) && order.lines.some(({ sku, pending }) => sku !== null && pending > 0))
        .map(({ id }) => id)
        .sort(byCodePoint)
        .slice(0, limit),
    lapsed: async (limit, skus) => {
      const lapsed = [...state().stock.reservations.values()].filter(
        (one) => isLapsed(one, now) && (skus === undefined || skus.includes(one.sku)),
      );
      return [...new Set(lapsed.map(({ orderId }) => OrderId(orderId)))].sort(byCodePoint).slice(0, limit);
    },
    save: async (...changes) => {
      for (const saved of changes) {
        checkVersion(state(), saved);
        checkReturns(saved);
        change({ ...saving(state(), saved, now), outbox: announced(state().outbox, saved.events, now) });
      }
    },
  };
};

/** Orders that could be served from stock of these SKUs, oldest first. */
export const waitingFor = (state: OrganizationState, skus: readonly Sku[]): readonly Order[] => {
  const there = new Set(skus);
  return [...state.orders.values()]
    .filter((order) => mayBeServed(order) && order.lines.some((line) => couldBeServed(state, line, there)))
    .sort((a, b) => byCodePoint(a.id, b.id));
};

/** The natural key of a channel's order; undefined for one from the API. */
export const externalKey = ({ source }: Pick<Order, 'source'>): string | undefined =>
  source.kind === 'channel' ? sourceKey(source) : undefined;

const sourceKey = ({ channelId, externalId }: Pick<ChannelSource, 'channelId' | 'externalId'>): string =>
  `${channelId}\n${externalId}`;

/** What a database's own check holds: over all returns no more than was shipped. */
const checkReturns = ({ order }: OrderChange): void => {
  if (!order.lines.every(returnsFit)) throw new Conflict(`more of order ${order.id} is on returns than was shipped`);
};

const checkVersion = ({ orders, externalOrders }: OrganizationState, { order, isNew }: OrderChange): void => {
  const before = orders.get(order.id);
  const fits = isNew ? !before && order.version === 1 : before?.version === order.version - 1;
  const external = externalKey(order);
  if (!fits || (isNew && external !== undefined && externalOrders.has(external)))
    throw new Conflict(`order ${order.id} was changed by somebody else`);
};

const saving = (state: OrganizationState, { order, entries, explanation }: OrderChange, at: Date): Partial<OrganizationState> => {
  const external = externalKey(order);
  return {
    orders: having<OrderId, Order>(state.orders, order.id, order),
    externalOrders: external === undefined ? state.externalOrders : having(state.externalOrders, external, order.id),
    timeline: [...state.timeline, ...entries],
    allocations: explanation ? [...state.allocations, { ...explanation, orderId: order.id, at }] : state.allocations,
  };
};
