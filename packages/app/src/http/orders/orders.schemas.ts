import {
  type Order as DomainOrder,
  type OrderSummary as DomainSummary,
  holdReasons,
  type OrderFilter,
  type OrderSource,
  type OrderStatus,
  orderStatuses,
  paymentMethods,
  paymentStatuses,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { Address } from '../address.schemas.js';
import { channelIdOf } from '../ids.js';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  moment,
  momentOrNull,
  oneOf,
  orNull,
  text,
  uuid,
  uuidOrNull,
} from '../vocabulary.schemas.js';

/** Bytes in which an order of a thousand lines fits. */
export const ORDER_LIMIT = 1_048_576;

const Source = component(
  'OrderSource',
  Type.Object(
    {
      kind: oneOf(['api', 'channel']),
      channelId: uuidOrNull,
      externalId: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: "The shop's own id, exact to the last digit.",
      }),
      externalNumber: anyTextOrNull,
      updatedAt: momentOrNull,
    },
    closed,
  ),
);

const Line = component(
  'OrderLine',
  Type.Object(
    {
      id: uuid,
      sku: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Null for goods that nobody has mapped yet.' }),
      components: orNull(listOf(Type.Object({ sku: anyText, quantity: anyInteger }, closed))),
      name: anyText,
      ordered: anyInteger,
      pending: anyInteger,
      reserved: anyInteger,
      backordered: anyInteger,
      shipped: anyInteger,
      cancelled: anyInteger,
      returning: Type.Unsafe<number>({
        ...anyInteger,
        description: 'Of what was shipped, what is on returns and has not come back.',
      }),
      returned: Type.Unsafe<number>({ ...anyInteger, description: 'Of what was shipped, what came back.' }),
      unitPriceMinor: anyInteger,
      taxMinor: anyInteger,
      discountMinor: anyInteger,
      external: orNull(Type.Object({ lineId: anyText, variantId: anyTextOrNull, sku: anyTextOrNull }, closed)),
    },
    { ...closed, description: '`ordered` is always `pending + reserved + backordered + shipped + cancelled`.' },
  ),
);

const Customer = Type.Object(
  { externalId: anyTextOrNull, name: anyTextOrNull, email: anyTextOrNull, phone: anyTextOrNull },
  closed,
);
const Totals = Type.Object(
  {
    subtotalMinor: anyInteger,
    discountMinor: anyInteger,
    taxMinor: anyInteger,
    shippingMinor: anyInteger,
    totalMinor: anyInteger,
  },
  closed,
);
const holdOrNull = Type.Unsafe<(typeof holdReasons)[number] | null>({ type: ['string', 'null'], enum: [...holdReasons, null] });

export const Order = component(
  'Order',
  Type.Object(
    {
      id: uuid,
      number: anyText,
      source: Source.ref,
      status: oneOf(orderStatuses),
      hold: holdOrNull,
      currency: anyText,
      customer: orNull(Customer),
      shippingAddress: orNull(Address.ref),
      billingAddress: orNull(Address.ref),
      lines: listOf(Line.ref),
      totals: Totals,
      paymentStatus: oneOf(paymentStatuses),
      paymentMethod: oneOf(paymentMethods),
      paidMinor: anyInteger,
      refundedMinor: Type.Unsafe<number>({ ...anyInteger, description: 'Of what was paid.' }),
      paymentWindowMinutes: Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'How long each promise to it lasts while its payment is pending; null for a promise that lasts.',
      }),
      paymentExpired: Type.Boolean({ description: 'Payment was waited for in vain: the order gets no stock until it is paid.' }),
      tags: listOf(anyText),
      placedAt: moment,
      version: anyInteger,
    },
    closed,
  ),
);

export const OrderSummary = component(
  'OrderSummary',
  Type.Object(
    {
      id: uuid,
      number: anyText,
      source: Source.ref,
      status: oneOf(orderStatuses),
      hold: holdOrNull,
      currency: anyText,
      paymentStatus: oneOf(paymentStatuses),
      placedAt: moment,
      customerName: anyTextOrNull,
      totalMinor: anyInteger,
      units: anyInteger,
    },
    closed,
  ),
);
export const OrderPage = component('OrderPage', pageOf(OrderSummary.ref));
export const OrderCounts = component(
  'OrderCounts',
  Type.Object(
    {
      counts: Type.Object(
        Object.fromEntries(orderStatuses.map((status) => [status, anyInteger])) as Record<OrderStatus, typeof anyInteger>,
        closed,
      ),
      upTo: Type.Unsafe<number>({ ...anyInteger, description: 'Where counting stops.' }),
    },
    closed,
  ),
);
export const orderComponents = [Source, Line, Order, OrderSummary, OrderPage, OrderCounts];

const dateTime = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

/** What a list of orders may be narrowed by, and how it is sorted. */
export const orderCriteria = {
  status: Type.Optional(oneOf(orderStatuses)),
  channelId: Type.Optional(uuid),
  from: dateTime('Placed from this moment on.'),
  to: dateTime('Placed before this moment.'),
  text: Type.Optional(
    text(100, {
      description:
        "A number, a shop's id or number, a SKU or a tag as it is written; or the beginning of a customer's name, last name or e-mail, in any case.",
    }),
  ),
  sku: Type.Optional(text(100, { description: 'With a line of this SKU, as it is written.' })),
  tag: Type.Optional(text(200, { description: 'With this tag, as it is written.' })),
  customer: Type.Optional(text(100, { description: "Whose customer's name, last name or e-mail begins so, in any case." })),
  externalId: Type.Optional(text(255, { description: 'Known to its shop by this id.' })),
  sort: Type.Optional(oneOf(['newest', 'oldest'], { description: '`newest` where it is left out.' })),
};
export const orderQuery = Type.Object(
  {
    ...pageQuery,
    ...orderCriteria,
    filter: Type.Optional(
      Type.String({ format: 'uuid', description: 'A filter that you saved, instead of everything else but the page.' }),
    ),
  },
  closed,
);

export const orderFilter = ({ channelId, from, to, sort, ...texts }: Criteria): OrderFilter => ({
  status: texts.status,
  channelId: channelId && channelIdOf(channelId),
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
  text: texts.text,
  sku: texts.sku,
  tag: texts.tag,
  customer: texts.customer,
  externalId: texts.externalId,
  oldestFirst: sort === 'oldest',
});

const criteria = Type.Object(orderCriteria, closed);
type Criteria = Static<typeof criteria>;

const ofApi = { channelId: null, externalId: null, externalNumber: null, updatedAt: null };
const sourceView = (source: OrderSource): Static<typeof Source.ref> => {
  if (source.kind === 'api') return { ...ofApi, kind: source.kind };
  const { lastWord: _, ...shown } = source;
  return shown;
};
/** A line that was taken off the order isn't shown any more. */
export const orderView = (order: DomainOrder): Static<typeof Order.ref> => ({
  ...order,
  lines: order.lines.filter(({ ordered }) => ordered > 0),
  source: sourceView(order.source),
});
export const summaryView = (order: DomainSummary): Static<typeof OrderSummary.ref> => ({
  ...order,
  source: sourceView(order.source),
});
