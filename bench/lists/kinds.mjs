import { skuOf } from './fill.mjs';

const DAY = 86_400_000;
const quoted = (text) => `'${text}'`;
const begins = (text) =>
  `(lower(customer->>'name') LIKE ${quoted(`${text}%`)} OR lower(customer->>'name') LIKE ${quoted(`% ${text}%`)} OR lower(customer->>'email') LIKE ${quoted(`${text}%`)})`;
const withSku = (sku) =>
  `EXISTS (SELECT FROM order_lines l WHERE l.organization_id = o.organization_id AND l.order_id = o.id AND l.sku = ${quoted(sku)})`;
const isTagged = (tag) => `tags ? ${quoted(tag)}`;
const called = (text) =>
  `(number = ${quoted(text)} OR external_id = ${quoted(text)} OR external_number IN (${quoted(text)}, ${quoted(`#${text}`)}) OR ${begins(text)} OR ${withSku(text)} OR ${isTagged(text)})`;
const between = ([from, to]) => `placed_at >= ${quoted(from)} AND placed_at < ${quoted(to)}`;

/** So many days that begin with those on which an order of the first half was placed. */
const daysFrom = ({ placed_at: placed }, days) => [placed.toISOString(), new Date(placed.getTime() + days * DAY).toISOString()];
const dates = ({ first }, days) => {
  const [from, to] = daysFrom(first, days);
  return { query: { from, to }, where: between([from, to]) };
};
const placeOf = ({ id }) =>
  `(SELECT c.placed_at, c.id FROM orders c WHERE c.organization_id = o.organization_id AND c.id = ${quoted(id)})`;
const placedAfter = (order) => `(o.placed_at, o.id) > ${placeOf(order)}`;
const placedBefore = (order) => `(o.placed_at, o.id) < ${placeOf(order)}`;
const OFTEN = skuOf(0);
/** One in 400 orders has it. */
const SELDOM = skuOf(100);
const emailOf = ({ customer }) => customer.email.slice(0, customer.email.indexOf('@') + 1);

/**
 * What people ask a list of orders. Each takes an order of the sample, one of the older half (`first`) and a shop, and tells the query, and the
 * condition that says in plain SQL what has to come out.
 */
export const kinds = [
  { name: 'the newest page', ask: () => ({ query: {}, where: 'true' }) },
  { name: 'the oldest page', ask: () => ({ query: { sort: 'oldest' }, where: 'true' }) },
  { name: 'a later page', ask: ({ order }) => ({ query: { cursor: order.id }, where: `id < '${order.id}'` }) },
  {
    name: 'a later page, oldest first',
    ask: ({ order }) => ({ query: { cursor: order.id, sort: 'oldest' }, where: `id > '${order.id}'` }),
  },
  ...['delivered', 'reserved', 'onHold'].map((status) => ({
    name: `status ${status}`,
    ask: () => ({ query: { status }, where: `status = '${status}'` }),
  })),
  {
    name: 'status returned, a later page',
    ask: ({ order }) => ({
      query: { status: 'returned', cursor: order.id },
      where: `status = 'returned' AND id < '${order.id}'`,
    }),
  },
  ...[1, 30, 365].map((days) => ({ name: `dates: ${days} day${days > 1 ? 's' : ''}`, ask: (given) => dates(given, days) })),
  {
    name: 'dates: 30 days, oldest first',
    ask: (given) => {
      const { query, where } = dates(given, 30);
      return { query: { ...query, sort: 'oldest' }, where };
    },
  },
  {
    name: 'dates: 30 days, a later page, oldest first',
    ask: (given) => {
      const { query, where } = dates(given, 30);
      return { query: { ...query, sort: 'oldest', cursor: given.first.id }, where: `${where} AND ${placedAfter(given.first)}` };
    },
  },
  {
    name: 'dates: until a moment, a later page',
    ask: ({ first, order }) => {
      const to = daysFrom(order, 30)[1];
      return { query: { to, cursor: first.id }, where: `placed_at < ${quoted(to)} AND ${placedBefore(first)}` };
    },
  },
  {
    name: 'dates: 30 days, status cancelled',
    ask: (given) => {
      const { query, where } = dates(given, 30);
      return { query: { ...query, status: 'cancelled' }, where: `${where} AND status = 'cancelled'` };
    },
  },
  ...['gift', 'vip'].map((tag) => ({ name: `tag ${tag}`, ask: () => ({ query: { tag }, where: isTagged(tag) }) })),
  { name: 'SKU, often sold', ask: () => ({ query: { sku: OFTEN }, where: withSku(OFTEN) }) },
  { name: 'SKU, seldom sold', ask: () => ({ query: { sku: SELDOM }, where: withSku(SELDOM) }) },
  {
    name: 'SKU, status returned',
    ask: () => ({ query: { sku: OFTEN, status: 'returned' }, where: `${withSku(OFTEN)} AND status = 'returned'` }),
  },
  { name: 'customer by first name', ask: () => ({ query: { customer: 'Amal' }, where: begins('amal') }) },
  {
    name: 'customer by last name',
    ask: ({ order }) => {
      const last = order.customer.name.split(' ')[1].toLowerCase();
      return { query: { customer: last }, where: begins(last) };
    },
  },
  {
    name: 'customer by e-mail',
    ask: ({ order }) => ({ query: { customer: emailOf(order) }, where: begins(emailOf(order)) }),
  },
  {
    name: 'external id',
    ask: ({ ofShop }) => ({ query: { externalId: ofShop.external_id }, where: `external_id = '${ofShop.external_id}'` }),
  },
  { name: 'channel', ask: ({ shop }) => ({ query: { channelId: shop }, where: `channel_id = '${shop}'` }) },
  { name: 'text: a frequent word', ask: () => ({ query: { text: 'amal' }, where: called('amal') }) },
  { name: 'text: a frequent tag', ask: () => ({ query: { text: 'gift' }, where: called('gift') }) },
  { name: 'text: a SKU', ask: () => ({ query: { text: SELDOM }, where: called(SELDOM) }) },
  { name: 'text: a number', ask: ({ order }) => ({ query: { text: order.number }, where: called(order.number) }) },
  { name: 'text that is nowhere', ask: () => ({ query: { text: 'nowhere' }, where: called('nowhere') }) },
  { name: 'counts by status' },
];

/** Where a kind is asked. */
export const pathOf = (query) => {
  if (!query) return '/orders/counts';
  const text = new URLSearchParams(query).toString();
  return text ? `/orders?${text}` : '/orders';
};
