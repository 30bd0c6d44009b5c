import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Scenario } from '../scenario/scenario.js';
import { no, noRoute, orderBody, refundBody } from './bodies.js';
import type { SimulatedOrder, WooBooks } from './books.js';
import { jsonOf } from './json.js';
import { type Query, sendList } from './listing.js';

/** How a store can be told of tracking numbers: by WooCommerce's own fulfilments, by one of two plugins, or by notes only. */
export type TrackingWay = 'own' | 'plugin' | 'ast' | 'notes';

type Kept = Readonly<Record<string, unknown>>;
type ById = { readonly Params: { readonly id: string }; readonly Querystring: Query; readonly Body: Kept };

/** What the store was told about its orders, by the order's id. */
export type WooNotes = Map<string, Kept[]>;

const missing = no(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');

const refuse = (reply: FastifyReply, { status, body }: { readonly status: number; readonly body: unknown }) =>
  reply.code(status).type('application/json').send(jsonOf(body));

const told = (books: WooBooks, order: SimulatedOrder) => ({
  ...orderBody(order),
  ...(books.spoilt.has(order.id) && { total: 'a lot' }),
});

export const toldOfOrder = (books: WooBooks, id: string): string | undefined => {
  const order = books.orders.get(id);
  return order && jsonOf(told(books, order));
};

const changedAfter = (query: Query): ((order: SimulatedOrder) => boolean) => {
  const text = query['modified_after'];
  const after = text === undefined ? null : new Date(/Z$/.test(text) ? text : `${text}Z`);
  return ({ modifiedAt }) => after === null || Math.floor(modifiedAt.getTime() / 1_000) > after.getTime() / 1_000;
};

export const orderRoutes = (server: FastifyInstance, books: WooBooks): void => {
  server.get<ById>('/wp-json/wc/v3/orders', async ({ query }, reply) => {
    const rows = [...books.orders.values()].filter(changedAfter(query));
    return sendList(reply, { rows, query, idOf: ({ id }) => id, body: (order) => told(books, order) });
  });
  server.get<ById>('/wp-json/wc/v3/orders/:id', async ({ params }, reply) => {
    const text = toldOfOrder(books, params.id);
    return text === undefined ? refuse(reply, missing) : reply.type('application/json').send(text);
  });
  server.get<ById>('/wp-json/wc/v3/orders/:id/refunds', async ({ params, query }, reply) => {
    const order = books.orders.get(params.id);
    if (!order) return refuse(reply, missing);
    return sendList(reply, { rows: order.refunds, query, idOf: ({ id }) => id, body: (refund) => refundBody(refund, order) });
  });
};

const routes: readonly { readonly way: TrackingWay; readonly path: string }[] = [
  { way: 'own', path: '/wp-json/wc/v3/orders/:id/fulfillments' },
  { way: 'plugin', path: '/wp-json/wc-shipment-tracking/v3/orders/:id/shipment-trackings' },
  { way: 'ast', path: '/wp-json/wc-ast/v3/orders/:id/shipment-trackings' },
  { way: 'notes', path: '/wp-json/wc/v3/orders/:id/notes' },
];

/** Every store takes notes; of the other ways it has one at most. */
export const trackingRoutes = (
  { server, doing }: Scenario,
  books: WooBooks,
  has: TrackingWay,
): Readonly<Record<TrackingWay, WooNotes>> => {
  const kept = { own: new Map(), plugin: new Map(), ast: new Map(), notes: new Map() } satisfies Record<TrackingWay, WooNotes>;
  for (const { way, path } of routes) {
    const notes: WooNotes = kept[way];
    const isOffered = way === 'notes' || way === has;
    server.get<ById>(path, async ({ params }, reply) => {
      if (!isOffered) return refuse(reply, noRoute);
      if (!books.orders.has(params.id)) return refuse(reply, missing);
      return reply.type('application/json').send(jsonOf(notes.get(params.id) ?? []));
    });
    server.post<ById>(path, async ({ params, body }, reply) => {
      reply.type('application/json');
      return doing(reply, () => {
        if (!isOffered) return noRoute;
        if (!books.orders.has(params.id)) return missing;
        const note = { id: books.nextId(), ...body };
        notes.set(params.id, [...(notes.get(params.id) ?? []), note]);
        return { status: 201, body: note };
      });
    });
  }
  return kept;
};

/** The tracking number that a store was told of, wherever that way of telling has it. */
export const trackingNumberIn = ({ note, tracking_number: number, meta_data: meta }: Kept): string | undefined => {
  if (typeof number === 'string') return number;
  if (typeof note === 'string') return /tracking number ([^\s.]+)/.exec(note)?.[1];
  const entries: readonly { readonly key?: unknown; readonly value?: unknown }[] = Array.isArray(meta) ? meta : [];
  return entries.flatMap(({ key, value }) => (key === '_tracking_number' ? String(value) : []))[0];
};
