import { type ChangedOrders, type ExternalOrder, ok, type Result, type ShopAskRefused } from '@rappit/domain';
import { type Fields, listOf, object, optional, type Reader, required } from '../wire/reading.js';
import { filled, moment, units } from '../wire/scalars.js';
import { ORDER, ORDER_LINES, ORDERS } from './documents.js';
import type { ShopifyClient } from './graphql-client.js';
import { graphqlOrder } from './graphql-order.js';
import { globalId, globalIdOf } from './ids.js';
import { anything, type PageInfo, pageInfo, readIn } from './page.js';
import { unavailable } from './refusals.js';

/** Small enough to stay below the thousand points that one question may cost. */
const ORDERS_A_PAGE = 5;
const LINES_AT_FIRST = 20;
const LINES_A_PAGE = 100;
/** An order that is edited while its lines are read is read anew, and not more often than this. */
const READINGS = 3;
/** What Shopify finds by its time may show up there a while after it has changed. */
const OVERLAP_MS = 5 * 60_000;

type Asked<Value> = Promise<Result<Value, ShopAskRefused>>;

type Lines = { readonly nodes: readonly unknown[]; readonly pageInfo: PageInfo };
const lines = object<Lines>({ nodes: required('nodes', listOf(anything)), pageInfo: required('pageInfo', pageInfo) });
const linesOf = object<{ readonly updatedAt: Date; readonly lines: Lines }>({
  updatedAt: required('updatedAt', moment),
  lines: required('lineItems', lines),
});
const anyOrder: Reader<Fields> = (value, path) => {
  const read = object({})(value, path);
  return read.ok ? ok(value as Fields) : read;
};
const oneOrder = object({ order: optional('order', anyOrder) });
const moreLines = object({ order: optional('order', linesOf) });

/** An order with every line of it; null when it is gone. `changed`: it was changed while its lines were read. */
const withAllLines = async (client: ShopifyClient, order: Fields): Asked<Fields | null | 'changed'> => {
  const told = linesOf(order, '');
  const id = globalId('Order')(order['id'], 'id');
  if (!told.ok || !id.ok) return ok(order);
  const nodes = [...told.value.lines.nodes];
  for (let { hasNextPage, endCursor } = told.value.lines.pageInfo; hasNextPage; ) {
    const page = readIn(await client.ask(ORDER_LINES, { id: id.value, lines: LINES_A_PAGE, after: endCursor }), moreLines);
    if (!page.ok) return page;
    if (!page.value.order) return ok(null);
    if (page.value.order.updatedAt.getTime() !== told.value.updatedAt.getTime()) return ok('changed');
    nodes.push(...page.value.order.lines.nodes);
    ({ hasNextPage, endCursor } = page.value.order.lines.pageInfo);
  }
  return ok({ ...order, lineItems: { nodes } });
};

/** The order as it is in the shop now, with all of its lines; null when there is none. */
const wholeOrder = async (client: ShopifyClient, id: string): Asked<Fields | null> => {
  for (let reading = 0; reading < READINGS; reading += 1) {
    const told = readIn(await client.ask(ORDER, { id, lines: LINES_A_PAGE }), oneOrder);
    if (!told.ok) return told;
    if (!told.value.order) return ok(null);
    const whole = await withAllLines(client, told.value.order);
    if (!whole.ok) return whole;
    if (whole.value !== 'changed') return ok(whole.value);
  }
  return unavailable('The order changes while it is read.');
};

export const orderById = async (client: ShopifyClient, externalId: string): Asked<ExternalOrder | null> => {
  const whole = await wholeOrder(client, globalIdOf('Order', externalId));
  if (!whole.ok) return whole;
  if (!whole.value) return ok(null);
  const order = graphqlOrder(whole.value, 'order');
  return order.ok
    ? ok(order.value)
    : { ok: false, error: { code: 'shop.refused', message: `Unreadable at ${order.error.path}.` } };
};

/**
 * Where a reading stands. Within one, Shopify's own cursor goes on, so that orders of one second don't stand in the way; from one to the
 * next, the time of the newest order that was seen, and a while before it.
 */
type Cursor = {
  readonly since: string | null;
  readonly after: string | null;
  readonly seen: string | null;
  readonly read: number;
};

const cursorOf = object<Cursor>({
  since: filled('since'),
  after: filled('after'),
  seen: filled('seen'),
  read: required('read', units),
});

const beginning: Cursor = { since: null, after: null, seen: null, read: 0 };

const cursorIn = (text: string | null): Cursor => {
  if (text === null) return beginning;
  try {
    const json: unknown = JSON.parse(text);
    const read =
      typeof json === 'object' && json !== null && 'read' in json
        ? cursorOf({ ...json, read: String(json.read) }, '')
        : undefined;
    return read?.ok ? read.value : beginning;
  } catch {
    return beginning;
  }
};

const page = object({
  orders: required('orders', object({ nodes: required('nodes', listOf(anyOrder)), pageInfo: required('pageInfo', pageInfo) })),
  count: optional('ordersCount', object({ count: required('count', units) })),
});

/** Orders that have changed since, the oldest change first; one that can't be read is named, and left out. */
export const ordersSince = async (client: ShopifyClient, from: string | null): Asked<ChangedOrders> => {
  const { since, after, seen, read } = cursorIn(from);
  const query = since === null ? null : `updated_at:>='${since}'`;
  const told = readIn(await client.ask(ORDERS, { first: ORDERS_A_PAGE, lines: LINES_AT_FIRST, after, query }), page);
  if (!told.ok) return told;
  const { nodes, pageInfo: info } = told.value.orders;
  const orders: ExternalOrder[] = [];
  const unreadable: { externalId: string | null; path: string }[] = [];
  for (const node of nodes) {
    const whole = await withAllLines(client, node);
    if (!whole.ok) return whole;
    const again = whole.value === 'changed' ? await wholeOrder(client, String(node['id'])) : ok(whole.value);
    if (!again.ok) return again;
    if (!again.value) continue;
    const order = graphqlOrder(again.value, '');
    const id = globalId('Order')(node['id'], 'id');
    if (order.ok) orders.push(order.value);
    else unreadable.push({ externalId: id.ok ? id.value : null, path: order.error.path });
  }
  const newest = nodes.reduce((latest, node) => laterOf(latest, node['updatedAt']), seen);
  const more = info.hasNextPage && info.endCursor !== null;
  const next: Cursor = more
    ? { since, after: info.endCursor, seen: newest, read: read + nodes.length }
    : {
        since: newest === null ? since : new Date(Date.parse(newest) - OVERLAP_MS).toISOString(),
        after: null,
        seen: null,
        read: 0,
      };
  const remaining = told.value.count === null ? null : Math.max(0, told.value.count.count - read - nodes.length);
  return ok({ orders, unreadable, cursor: JSON.stringify(next), more, remaining });
};

/** Times that can't be read are passed over: the order that has one is named among the unreadable. */
const laterOf = (latest: string | null, told: unknown): string | null => {
  const read = moment(told, '');
  if (!read.ok) return latest;
  return latest === null || read.value.getTime() > Date.parse(latest) ? read.value.toISOString() : latest;
};
