import {
  type Amounts,
  amountsAtFirst,
  bug,
  type LastWord,
  type Order,
  type OrderChange,
  type OrderLine,
  type OrderSummary,
  type TimelineEntry,
} from '@rappit/domain';
import type { Columns, Row } from '../rows.js';
import { fromCustomer, searchColumns } from './order-search.js';

export const orderColumns: Columns = {
  id: 'uuid',
  number: 'text',
  channel_id: 'uuid',
  external_id: 'text',
  external_number: 'text',
  external_updated_at: 'timestamptz',
  last_word: 'json',
  status: 'text',
  hold: 'text',
  currency: 'text',
  customer: 'json',
  shipping_address: 'json',
  billing_address: 'json',
  totals: 'json',
  payment_status: 'text',
  payment_method: 'text',
  paid_minor: 'bigint',
  refunded_minor: 'bigint',
  payment_window_minutes: 'integer',
  payment_expired: 'boolean',
  tags: 'jsonb',
  units: 'bigint',
  placed_at: 'timestamptz',
  purchases: 'integer',
  version: 'integer',
  ...searchColumns,
};

export const fromOrder = (order: Order): Row => ({
  id: order.id,
  number: order.number,
  channel_id: order.source.kind === 'channel' ? order.source.channelId : null,
  external_id: order.source.kind === 'channel' ? order.source.externalId : null,
  external_number: order.source.kind === 'channel' ? order.source.externalNumber : null,
  external_updated_at: order.source.kind === 'channel' ? order.source.updatedAt : null,
  last_word: order.source.kind === 'channel' ? (order.source.lastWord ?? null) : null,
  status: order.status,
  hold: order.hold,
  currency: order.currency,
  customer: order.customer,
  shipping_address: order.shippingAddress,
  billing_address: order.billingAddress,
  totals: order.totals,
  payment_status: order.paymentStatus,
  payment_method: order.paymentMethod,
  paid_minor: order.paidMinor,
  refunded_minor: order.refundedMinor,
  payment_window_minutes: order.paymentWindowMinutes,
  payment_expired: order.paymentExpired,
  tags: order.tags,
  units: order.lines.reduce((units, line) => units + line.ordered, 0),
  placed_at: order.placedAt,
  purchases: order.purchases,
  version: order.version,
  ...fromCustomer(order.customer),
});

export type OrderRow = Omit<
  Order,
  | 'source'
  | 'lines'
  | 'shippingAddress'
  | 'billingAddress'
  | 'paymentStatus'
  | 'paymentMethod'
  | 'paidMinor'
  | 'refundedMinor'
  | 'paymentWindowMinutes'
  | 'paymentExpired'
  | 'placedAt'
> & {
  channel_id: string | null;
  external_id: string | null;
  external_number: string | null;
  external_updated_at: Date | null;
  last_word: LastWord | null;
  shipping_address: Order['shippingAddress'];
  billing_address: Order['billingAddress'];
  payment_status: Order['paymentStatus'];
  payment_method: Order['paymentMethod'];
  /** Null in rows from before amounts were kept. */
  paid_minor: number | null;
  refunded_minor: number | null;
  payment_window_minutes: number | null;
  payment_expired: boolean;
  placed_at: Date;
  units: number;
};

const toSource = (row: OrderRow): Order['source'] => {
  const { channel_id, external_id, external_number, external_updated_at, last_word } = row;
  if (channel_id === null) return { kind: 'api' };
  if (external_id === null || external_updated_at === null) return bug(`order ${row.id} of a channel has no external id`);
  return {
    kind: 'channel',
    channelId: channel_id,
    externalId: external_id,
    externalNumber: external_number,
    updatedAt: external_updated_at,
    ...(last_word && { lastWord: last_word }),
  };
};

const amountsOf = ({ paid_minor, refunded_minor, payment_status, totals }: OrderRow): Amounts =>
  paid_minor === null || refunded_minor === null
    ? amountsAtFirst(payment_status, totals)
    : { paidMinor: paid_minor, refundedMinor: refunded_minor };

export const toOrder = (row: OrderRow, lines: readonly OrderLine[]): Order => ({
  id: row.id,
  number: row.number,
  source: toSource(row),
  status: row.status,
  hold: row.hold,
  currency: row.currency,
  customer: row.customer,
  shippingAddress: row.shipping_address,
  billingAddress: row.billing_address,
  lines,
  totals: row.totals,
  paymentStatus: row.payment_status,
  paymentMethod: row.payment_method,
  ...amountsOf(row),
  paymentWindowMinutes: row.payment_window_minutes,
  paymentExpired: row.payment_expired,
  tags: row.tags,
  placedAt: row.placed_at,
  purchases: row.purchases,
  version: row.version,
});

export const toSummary = (row: OrderRow): OrderSummary => ({
  id: row.id,
  number: row.number,
  source: toSource(row),
  status: row.status,
  hold: row.hold,
  currency: row.currency,
  paymentStatus: row.payment_status,
  placedAt: row.placed_at,
  customerName: row.customer?.name ?? null,
  totalMinor: row.totals.totalMinor,
  units: row.units,
});

export const timelineColumns: Columns = {
  order_id: 'uuid',
  id: 'uuid',
  at: 'timestamptz',
  actor: 'json',
  what: 'text',
  from_status: 'text',
  to_status: 'text',
  text: 'text',
};

export const fromEntry = ({ orderId, from, to, ...entry }: TimelineEntry): Row => ({
  ...entry,
  order_id: orderId,
  from_status: from,
  to_status: to,
});

export type EntryRow = Omit<TimelineEntry, 'orderId' | 'from' | 'to'> & {
  order_id: TimelineEntry['orderId'];
  from_status: TimelineEntry['from'];
  to_status: TimelineEntry['to'];
};

export const toEntry = ({ order_id, from_status, to_status, id, at, actor, what, text }: EntryRow): TimelineEntry => ({
  id,
  orderId: order_id,
  at,
  actor,
  what,
  from: from_status,
  to: to_status,
  text,
});

export const allocationColumns: Columns = { order_id: 'uuid', version: 'integer', at: 'timestamptz', explanation: 'json' };

export const fromExplanation = ({ order, explanation, entries }: OrderChange): readonly Row[] =>
  explanation ? [{ order_id: order.id, version: order.version, at: entries[0]?.at ?? order.placedAt, explanation }] : [];
