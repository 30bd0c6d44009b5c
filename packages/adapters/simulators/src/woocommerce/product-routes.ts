import type { FastifyReply } from 'fastify';
import type { Scenario } from '../scenario/scenario.js';
import { itemBody, no, parentBody } from './bodies.js';
import type { SimulatedItem, WooBooks } from './books.js';
import { jsonOf } from './json.js';
import { type Query, sendList } from './listing.js';

type Update = { readonly id?: unknown; readonly manage_stock?: unknown; readonly stock_quantity?: unknown };
type Asked = {
  readonly Params: { readonly id: string };
  readonly Querystring: Query;
  readonly Body: { readonly update?: readonly Update[] };
};
/** A product as it is listed: an item of its own, or the variations that it is sold by. */
type Listed = { readonly id: string; readonly body: unknown };

const invalidId = no(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
const MOST_OBJECTS = 100;

const productsIn = ({ items }: WooBooks): readonly Listed[] => {
  const parents = new Map<string, SimulatedItem[]>();
  const simple: Listed[] = [];
  for (const item of items.values()) {
    const [product = '', variation] = item.id.split('/');
    if (variation === undefined) simple.push({ id: item.id, body: itemBody(item) });
    else parents.set(product, [...(parents.get(product) ?? []), item]);
  }
  return [...simple, ...[...parents].map(([id, variations]) => ({ id, body: parentBody(id, variations) }))];
};

const variationsOf = ({ items }: WooBooks, product: string): readonly Listed[] =>
  [...items.values()].flatMap((item) => {
    const [of, variation] = item.id.split('/');
    return of === product && variation !== undefined ? { id: variation, body: itemBody(item) } : [];
  });

const update = (books: WooBooks, prefix: string, { id, manage_stock: counted, stock_quantity: quantity }: Update) => {
  const item = books.items.get(`${prefix}${id}`);
  if (!item) return { id, error: { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 400 } } };
  if (counted === true && typeof quantity === 'number') books.setStock(item.id, quantity);
  return itemBody(books.items.get(item.id) ?? item);
};

/** Products and their variations: listed, and changed by batches, in which one that is refused keeps no other from being changed. */
export const productRoutes = ({ server, doing }: Scenario, books: WooBooks): void => {
  const base = '/wp-json/wc/v3/products';
  const list = (reply: FastifyReply, rows: readonly Listed[], query: Query) =>
    sendList(reply, { rows, query, idOf: ({ id }) => id, body: ({ body }) => body });
  const batch = (reply: FastifyReply, prefix: string, updates: readonly Update[]) => {
    reply.type('application/json');
    return doing(reply, () => {
      if (updates.length > MOST_OBJECTS)
        return no(413, 'woocommerce_rest_request_entity_too_large', 'Unable to accept more than 100 items for this request.');
      return { status: 200, body: { update: updates.map((one) => update(books, prefix, one)) } };
    });
  };
  server.get<Asked>(base, async ({ query }, reply) => list(reply, productsIn(books), query));
  server.get<Asked>(`${base}/:id/variations`, async ({ params, query }, reply) => {
    const rows = variationsOf(books, params.id);
    return rows.length > 0 ? list(reply, rows, query) : reply.code(404).type('application/json').send(jsonOf(invalidId.body));
  });
  server.post<Asked>(`${base}/batch`, async ({ body }, reply) => batch(reply, '', body.update ?? []));
  server.post<Asked>(`${base}/:id/variations/batch`, async ({ params, body }, reply) =>
    batch(reply, `${params.id}/`, body.update ?? []),
  );
};
