import { COUNTED_UP_TO, isByPlacing, type OrderFilter, type OrderStatus, orderStatuses, type PageRequest } from '@rappit/domain';
import { searched } from './order-search.js';

/** A statement with what stands for its question marks. */
export type Statement = { readonly sql: string; readonly bindings: readonly unknown[] };
type Condition = readonly [sql: string, ...bindings: readonly unknown[]];

/** Everything that begins with a text, in the order of code points. */
const beginning = (column: string, text: string): Condition => [
  `o.${column} >= ? AND o.${column} < ? || chr(1114111)`,
  searched(text),
  searched(text),
];

const withSku = (organizationId: string, sku: string): Condition => [
  'o.id IN (SELECT l.order_id FROM order_lines l WHERE l.organization_id = ? AND l.sku = ?)',
  organizationId,
  sku,
];
const withTag = (organizationId: string, tag: string): Condition => [
  'o.id IN (SELECT t.order_id FROM order_tags t WHERE t.organization_id = ? AND t.tag = ?)',
  organizationId,
  tag,
];

/** Where the beginning of a customer's name or e-mail may stand. */
const placesOfCustomer = (text: string): readonly Condition[] =>
  ['search_name', 'search_surname', 'search_email'].map((column) => beginning(column, text));

/** Where a text may stand. */
const placesOfText = (organizationId: string, text: string): readonly Condition[] => [
  ['o.number = ?', text],
  ['o.external_id = ?', text],
  ['o.external_number IN (?, ?)', text, `#${text}`],
  ...placesOfCustomer(text),
  withSku(organizationId, text),
  withTag(organizationId, text),
];

/** A text with something in it. */
const said = (text: string | undefined): string | undefined => text?.trim() || undefined;

/** Orders behind the cursor's. Those by when they were placed are held against its row, so that no moment is rounded on its way through a cursor. */
const behind = (organizationId: string, cursor: string, filter: OrderFilter): Condition => {
  const comes = filter.oldestFirst ? '>' : '<';
  if (!isByPlacing(filter)) return [`o.id ${comes} ?`, cursor];
  const last = '(SELECT c.placed_at, c.id FROM orders c WHERE c.organization_id = ? AND c.id = ?)';
  return [`(o.placed_at, o.id) ${comes} ${last}`, organizationId, cursor];
};

/** What has to be so of each order. */
const narrowed = (organizationId: string, { cursor }: PageRequest, filter: OrderFilter): readonly Condition[] => {
  const { status, channelId, from, to } = filter;
  const [sku, tag, externalId] = [said(filter.sku), said(filter.tag), said(filter.externalId)];
  const conditions: Condition[] = [['o.organization_id = ?', organizationId]];
  if (status !== undefined) conditions.push(['o.status = ?', status]);
  if (channelId !== undefined) conditions.push(['o.channel_id = ?', channelId]);
  if (from !== undefined) conditions.push(['o.placed_at >= ?', from]);
  if (to !== undefined) conditions.push(['o.placed_at < ?', to]);
  if (externalId !== undefined) conditions.push(['o.external_id = ?', externalId]);
  if (sku !== undefined) conditions.push(withSku(organizationId, sku));
  if (tag !== undefined) conditions.push(withTag(organizationId, tag));
  if (cursor !== undefined) conditions.push(behind(organizationId, cursor, filter));
  return conditions;
};

/** The ways in which an order may be found by texts that stand in one of several places: one condition of each text in every way. */
const waysToFind = (organizationId: string, filter: OrderFilter): readonly (readonly Condition[])[] => {
  const [text, customer] = [said(filter.text), said(filter.customer)];
  const texts = [
    ...(text === undefined ? [] : [placesOfText(organizationId, text)]),
    ...(customer === undefined ? [] : [placesOfCustomer(customer)]),
  ];
  return texts.reduce<readonly (readonly Condition[])[]>(
    (ways, places) => ways.flatMap((way) => places.map((place) => [...way, place])),
    [[]],
  );
};

const where = (conditions: readonly Condition[]): Statement => ({
  sql: conditions.map(([sql]) => sql).join(' AND '),
  bindings: conditions.flatMap(([, ...bindings]) => bindings),
});

/**
 * The rows of a page of orders, and one more. UUIDv7 ids rise with time, so the order of ids is the order of arrival; but orders of some
 * dates come in the order of `orders_placed`: by id, everything that arrived since would be read before the first of them.
 * Each way of finding is looked up by an index of its own, and all together are what is found.
 */
export const listing = (organizationId: string, page: PageRequest, filter: OrderFilter): Statement => {
  const asked = narrowed(organizationId, page, filter);
  const direction = filter.oldestFirst ? 'ASC' : 'DESC';
  const places = isByPlacing(filter) ? ['placed_at', 'id'] : ['id'];
  const order = `ORDER BY ${places.map((place) => `${place} ${direction}`).join(', ')} LIMIT ${page.limit + 1}`;
  const ways = waysToFind(organizationId, filter).map((way) => where([...asked, ...way]));
  const [only, ...others] = ways;
  if (only && others.length === 0) return { ...only, sql: `SELECT o.* FROM orders o WHERE ${only.sql} ${order}` };
  return {
    sql: `SELECT * FROM orders WHERE organization_id = ? AND id IN (
      ${ways.map(({ sql }) => `(SELECT o.id FROM orders o WHERE ${sql} ${order})`).join(' UNION ')}) ${order}`,
    bindings: [organizationId, ...ways.flatMap(({ bindings }) => bindings)],
  };
};

/** How many orders there are in each status; no further than to where counting stops, so that it takes no longer with more orders. */
export const counting = (organizationId: string): Statement => ({
  sql: orderStatuses
    .map(
      () => `SELECT ?::text AS status, count(*) AS count FROM (
        SELECT FROM orders WHERE organization_id = ? AND status = ? ORDER BY id LIMIT ${COUNTED_UP_TO}) o`,
    )
    .join(' UNION ALL '),
  bindings: orderStatuses.flatMap((status: OrderStatus) => [status, organizationId, status]),
});
