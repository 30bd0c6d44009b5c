import { type ChannelMessage, ok, type ShopReader } from '@rappit/domain';
import { parseExactly } from '../wire/json-text.js';
import { object, type Read, type Reader, required, unreadable } from '../wire/reading.js';
import { digits } from '../wire/scalars.js';
import { verifies } from '../wire/signature.js';
import { externalOrderOf, wooOrder } from './order.js';
import { shownBy } from './product.js';
import { isSold } from './status.js';

const idAlone = object({ id: required('id', digits) });

/** Something happened to the order: it is asked for. */
const doubtful: Reader<ChannelMessage> = (value, path) => {
  const read = idAlone(value, path);
  return read.ok ? ok({ kind: 'doubtful', externalId: read.value.id }) : read;
};

/**
 * An order that is told whole. Of one with refunds the body keeps quiet which units they were of, and one that isn't sold (yet, or any
 * more) is no order to us: both are asked for.
 */
const order: Reader<ChannelMessage> = (value, path) => {
  const read = wooOrder(value, path);
  if (!read.ok) return read;
  const { id, status, refunds } = read.value;
  if (!isSold(status) || refunds.length > 0) return ok({ kind: 'doubtful', externalId: id });
  return ok({ kind: 'order', order: externalOrderOf(read.value, new Map()) });
};

const stock: Reader<ChannelMessage> = (value, path) => {
  const read = shownBy(value, path);
  return read.ok ? ok({ kind: 'stock', ...read.value }) : read;
};

const readers: ReadonlyMap<string, Reader<ChannelMessage>> = new Map([
  ['order.created', order],
  ['order.updated', order],
  ['order.restored', order],
  ['order.deleted', doubtful],
  ['product.created', stock],
  ['product.updated', stock],
]);

/**
 * Reads what WooCommerce sends to a webhook. A body that isn't an object at all has the path `body`. The body was made with the rights of
 * whoever made the webhook: one that lost them has an error signed in an order's place, and that is unreadable for want of an `id`.
 */
export const wooReader: ShopReader = {
  verifies,
  read: (topic, body) => {
    const reader = readers.get(topic);
    if (!reader) return ok({ kind: 'unused', topic });
    const parsed = parseExactly(body);
    const told: Read<ChannelMessage> = parsed.ok ? reader(parsed.value, '') : parsed;
    return told.ok ? told : unreadable(told.error.path || 'body');
  },
};
