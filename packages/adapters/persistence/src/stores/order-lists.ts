import { COUNTED_UP_TO, type OrderFilter, type OrderStatus, orderStatuses, type PageRequest } from '@rappit/domain';

/** A statement with what stands for its question marks. */
export type Statement = { readonly sql: string; readonly bindings: readonly unknown[] };
type Condition = readonly [sql: string, ...bindings: readonly unknown[]];

/** Everything that begins with a text, in the order of code points. */
const beginning = (column: string, text: string): Condition => [
  `o.${column} >= lower(?) AND o.${column} < lower(?) || chr(1114111)`,
  text,
  text,
];

/** Where a text may stand. Each is looked for by an index of its own, and all together are what is found. */
const places = (organizationId: string, text: string): readonly Condition[] => [
  ['o.number = ?', text],
  ['o.external_id = ?', text],
  ['o.external_number IN (?, ?)', text, `#${text}`],
  beginning('search_name', text),
  beginning('search_surname', text),
  beginning('search_email', text),
  ['o.id IN (SELECT l.order_id FROM order_lines l WHERE l.organization_id = ? AND l.sku = ?)', organizationId, text],
  ['o.id IN (SELECT t.order_id FROM order_tags t WHERE t.organization_id = ? AND t.tag = ?)', organizationId, text],
];

const narrowed = (organizationId: string, { cursor }: PageRequest, filter: OrderFilter): readonly Condition[] => {
  const { status, channelId, from, to, oldestFirst } = filter;
  const conditions: Condition[] = [['o.organization_id = ?', organizationId]];
  if (status !== undefined) conditions.push(['o.status = ?', status]);
  if (channelId !== undefined) conditions.push(['o.channel_id = ?', channelId]);
  if (from !== undefined) conditions.push(['o.placed_at >= ?', from]);
  if (to !== undefined) conditions.push(['o.placed_at < ?', to]);
  if (cursor !== undefined) conditions.push([`o.id ${oldestFirst ? '>' : '<'} ?`, cursor]);
  return conditions;
};

const where = (conditions: readonly Condition[]): Statement => ({
  sql: conditions.map(([sql]) => sql).join(' AND '),
  bindings: conditions.flatMap(([, ...bindings]) => bindings),
});

/** The rows of a page of orders, and one more. UUIDv7 ids rise with time, so the order of ids is the order of arrival. */
export const listing = (organizationId: string, page: PageRequest, filter: OrderFilter): Statement => {
  const asked = narrowed(organizationId, page, filter);
  const order = `ORDER BY id ${filter.oldestFirst ? 'ASC' : 'DESC'} LIMIT ${page.limit + 1}`;
  const text = filter.text?.trim();
  if (!text) {
    const { sql, bindings } = where(asked);
    return { sql: `SELECT o.* FROM orders o WHERE ${sql} ${order}`, bindings };
  }
  const found = places(organizationId, text).map((place) => where([...asked, place]));
  return {
    sql: `SELECT * FROM orders WHERE organization_id = ? AND id IN (
      ${found.map(({ sql }) => `(SELECT o.id FROM orders o WHERE ${sql} ${order})`).join(' UNION ')}) ${order}`,
    bindings: [organizationId, ...found.flatMap(({ bindings }) => bindings)],
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
