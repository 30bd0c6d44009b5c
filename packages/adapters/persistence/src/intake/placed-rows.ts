import { bug, type DomainEvent, type Once, type Placement, type StoredAnswer } from '@rappit/domain';
import { type Columns, type Row, SEPARATOR } from '../rows.js';
import { fromOrder, orderColumns } from '../stores/order-rows.js';

/** What was answered to a request, to be kept under its key. */
export type Answered = { readonly once: Once; readonly answer: StoredAnswer };

/**
 * One row for each order and for each answer under a key: an order with what is told of it, the answer, or both. And one for each
 * event of something else that an order brought about, which is the only one with an `aggregate_id`.
 */
export const placedColumns: Columns = {
  ...orderColumns,
  entry_id: 'uuid',
  actor: 'json',
  what: 'text',
  from_status: 'text',
  to_status: 'text',
  text: 'text',
  event: 'text',
  aggregate_id: 'text',
  data: 'json',
  explanation: 'json',
  scope: 'text',
  key: 'text',
  fingerprint: 'text',
  answer: 'integer',
  resource: 'text',
};

/** Rows are put together by `Object.assign`: spreading as many fields takes twenty times as long. */
export const fromPlaced = (placement: Placement | undefined, answered: Answered | undefined): Row =>
  Object.assign(placement ? fromNewOrder(placement) : {}, answered && fromAnswered(answered));

/** An order that is placed is told once in its timeline, and its own event is the first. Moments are the transaction's, and not repeated here. */
const fromNewOrder = ({ order, entries, events, explanation }: Placement): Row => {
  const [entry] = entries;
  const [event] = events;
  if (!entry || entries.length > 1 || event?.aggregateId !== order.id) return bug(`order ${order.id} isn't told once`);
  return Object.assign(fromOrder(order), {
    placed_at: undefined,
    entry_id: entry.id,
    actor: entry.actor,
    what: entry.what,
    from_status: entry.from,
    to_status: entry.to,
    text: entry.text,
    event: event.type,
    data: event.data,
    explanation,
  });
};

/** An event of something else than the order. */
export const fromFurtherEvent = ({ type, aggregateId, aggregateVersion, data }: DomainEvent): Row => ({
  aggregate_id: aggregateId,
  version: aggregateVersion,
  event: type,
  data,
});

const fromAnswered = ({ once: { scope, key, fingerprint }, answer: { status, resource } }: Answered): Row => ({
  scope,
  key,
  fingerprint,
  answer: status,
  resource,
});

/**
 * The bodies of the answers, one for each row: apart from the other fields, since a document that is written into another one is escaped
 * by us and unescaped by PostgreSQL, quote by quote.
 */
export const bodiesOf = (answers: readonly (Answered | undefined)[]): string => {
  const bodies = answers.map((answered) => answered?.answer.body ?? '');
  return bodies.some((body) => body.includes(SEPARATOR)) ? bug('the body of an answer holds U+001F') : bodies.join(SEPARATOR);
};
