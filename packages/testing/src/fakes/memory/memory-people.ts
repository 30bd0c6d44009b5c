import type { Concerned, Order, OrderId, PeopleStore } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import type { OrganizationState } from './organization-state.js';
import type { Workbench } from './workbench.js';

const saysSomething = ({ customer, shippingAddress, billingAddress }: Order): boolean =>
  customer !== null || shippingAddress !== null || billingAddress !== null;

const concerns = ({ source, customer }: Order, who: Concerned): boolean => {
  if (who === 'everybody') return true;
  if (source.kind === 'channel' && who.externalOrderIds.includes(source.externalId)) return true;
  if (who.externalId !== null && customer?.externalId === who.externalId) return true;
  return who.email !== null && customer?.email?.toLowerCase() === who.email.toLowerCase();
};

const forgotten = (order: Order): Order => {
  const { source } = order;
  const lastWord = source.kind === 'channel' ? source.lastWord : undefined;
  return {
    ...order,
    ...{ customer: null, shippingAddress: null, billingAddress: null, version: order.version + 1 },
    source: lastWord
      ? ({ ...source, lastWord: { ...lastWord, customer: '', shippingAddress: '', billingAddress: '' } } as Order['source'])
      : source,
  };
};

export const memoryPeople = ({ state, change }: Workbench): PeopleStore => {
  const withoutBodies = (names: (body: string, sourceId: string) => boolean): OrganizationState['inbox'] =>
    state().inbox.map((row) =>
      row.status !== 'due' && names(row.delivery.body, row.delivery.sourceId)
        ? { ...row, delivery: { ...row.delivery, body: '' } }
        : row,
    );
  return {
    ordersOf: async (channelId, who, limit) =>
      [...state().orders.values()]
        .filter(({ source }) => source.kind === 'channel' && source.channelId === channelId)
        .filter((order) => saysSomething(order) && concerns(order, who))
        .map(({ id }) => id)
        .sort(byCodePoint)
        .slice(0, limit),
    forget: async (channelId, orderIds) => {
      const ids: ReadonlySet<OrderId> = new Set(orderIds);
      const orders = [...state().orders.values()].filter(({ id }) => ids.has(id));
      const numbers = orders.flatMap(({ source }) =>
        source.kind === 'channel' ? (source.externalId.split('/').at(-1) ?? []) : [],
      );
      const shipments = new Set([...state().shipments.values()].flatMap(({ id, orderId }) => (ids.has(orderId) ? id : [])));
      change({
        orders: new Map([...state().orders].map(([id, order]) => [id, ids.has(id) ? forgotten(order) : order])),
        timeline: state().timeline.map((entry) =>
          ids.has(entry.orderId) && entry.what === 'noted' ? { ...entry, text: null } : entry,
        ),
        returns: new Map([...state().returns].map(([id, one]) => [id, ids.has(one.orderId) ? { ...one, note: null } : one])),
        documents: new Map([...state().documents].filter(([id]) => !shipments.has(id))),
        inbox: withoutBodies((body, sourceId) => sourceId === channelId && numbers.some((number) => body.includes(number))),
      });
    },
    forgetDeliveries: async (channelId) => change({ inbox: withoutBodies((_, sourceId) => sourceId === channelId) }),
  };
};
