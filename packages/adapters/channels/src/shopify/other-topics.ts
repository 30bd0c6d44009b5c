import { type ChannelMessage, ok, type PersonConcerned } from '@rappit/domain';
import { type Field, listed, needed, object, optional, type Reader, required, unreadable } from '../wire/reading.js';
import { digits, filled, written } from '../wire/scalars.js';
import { globalIdOf, idOf, numberedId } from './ids.js';

/** Reads a body whose topic isn't an order's. */
type TopicReader = Reader<ChannelMessage>;

/** Fewer than none, where the shop has sold what it doesn't have. */
const shown: Reader<number> = (value, path) => {
  const read = written(value, path);
  return read.ok && /^-?\d{1,9}$/.test(read.value) ? ok(Number(read.value)) : unreadable(path);
};

const level = object({
  itemId: required('inventory_item_id', digits),
  locationId: required('location_id', digits),
  available: optional('available', shown),
});

const stock: TopicReader = (value, path) => {
  const read = level(value, path);
  if (!read.ok) return read;
  const { itemId, locationId, available } = read.value;
  return ok({ kind: 'stock', place: { externalItemId: itemId, externalLocationId: locationId }, available });
};

/** Something about an order, which the body names and doesn't show. */
const doubtful =
  (orderId: Field<string>): TopicReader =>
  (value, path) => {
    const read = object<{ readonly id: string }>({ id: orderId })(value, path);
    return read.ok ? ok({ kind: 'doubtful', externalId: read.value.id }) : read;
  };

const ofAnOrder = doubtful(needed('order_id', numberedId('Order', 'order_id')));
const edit = object({ id: needed('order_id', numberedId('Order', 'order_id')) });
const edited: TopicReader = (value, path) => {
  const read = object({ edit: required('order_edit', edit) })(value, path);
  return read.ok ? ok({ kind: 'doubtful', externalId: read.value.edit.id }) : read;
};

const account = object({ id: idOf('Customer'), email: filled('email') });

/** Whoever it is about: by the shop's account of that person, by their e-mail, and by orders that the shop names. */
const person =
  (kind: 'exportPerson' | 'erasePerson', orders: string): TopicReader =>
  (value, path) => {
    const read = object({ account: required('customer', account), orderIds: listed(orders, digits) })(value, path);
    if (!read.ok) return read;
    const { account: customer, orderIds } = read.value;
    const concerned: PersonConcerned = {
      externalId: customer.id,
      email: customer.email,
      externalOrderIds: orderIds.map((id) => globalIdOf('Order', id)),
    };
    return ok({ kind, person: concerned });
  };

/** Only that it came matters, and from whom: the signature has said that. */
const farewell =
  (kind: 'disconnected' | 'eraseShop'): TopicReader =>
  (value, path) => {
    const read = object({})(value, path);
    return read.ok ? ok({ kind }) : read;
  };

/** Every topic that tells something else than a whole order. Those that aren't here are kept, and left alone. */
export const otherTopics: ReadonlyMap<string, TopicReader> = new Map([
  ['inventory_levels/update', stock],
  ['orders/edited', edited],
  ['orders/delete', doubtful(needed('id', idOf('Order')))],
  ['refunds/create', ofAnOrder],
  ['fulfillments/create', ofAnOrder],
  ['fulfillments/update', ofAnOrder],
  ['app/uninstalled', farewell('disconnected')],
  ['customers/data_request', person('exportPerson', 'orders_requested')],
  ['customers/redact', person('erasePerson', 'orders_to_redact')],
  ['shop/redact', farewell('eraseShop')],
]);
