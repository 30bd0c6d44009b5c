import {
  type Arrived,
  allows,
  type Movement,
  noChange,
  type Order,
  type OrderLine,
  openBooks,
  type Return,
  ReturnId,
  type ReturnLine,
  type ReturnPart,
  stockSkusOf,
} from '@rappit/domain';
import { levelAt, type Model, moved, named, occasionOf, withLevel, withOrder } from './model.js';
import { type Outcome, serving } from './model-stock.js';
import type { Command } from './story.js';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

const withReturn = (model: Model, one: Return): Model => ({
  ...model,
  returns: model.returns.some(({ id }) => id === one.id)
    ? model.returns.map((before) => (before.id === one.id ? one : before))
    : [...model.returns, one],
});

const cameOf = ({ sellable, damaged }: ReturnPart): number => sellable + damaged;

/** Units that are back with all of their parts, and units that are back with any, counted one by one. */
const unitsBack = ({ quantity, parts }: ReturnLine): { readonly whole: number; readonly some: number } => {
  const units = Array.from({ length: quantity }, (_, unit) => unit);
  return {
    whole: units.filter((unit) => parts.every((part) => cameOf(part) >= (unit + 1) * part.quantity)).length,
    some: units.filter((unit) => parts.some((part) => cameOf(part) > unit * part.quantity)).length,
  };
};

/** What returns say of an order's line: what they await or hold in part, and what came back whole. */
export const onReturns = (
  returns: readonly Return[],
  line: Pick<OrderLine, 'id'>,
): { readonly returning: number; readonly returned: number } => {
  const lines = returns
    .filter(({ status }) => status !== 'rejected' && status !== 'cancelled')
    .flatMap((one) => one.lines)
    .filter(({ orderLineId }) => orderLineId === line.id);
  const returned = lines.reduce((sum, one) => sum + unitsBack(one).whole, 0);
  return { returned, returning: lines.reduce((sum, { quantity, cancelled }) => sum + quantity - cancelled, 0) - returned };
};

/** The order as its returns are now: returned once all that was shipped is back. */
const told = (model: Model, order: Order): Model => {
  const mine = model.returns.filter(({ orderId }) => orderId === order.id);
  const lines = order.lines.map((line) => ({ ...line, ...onReturns(mine, line) }));
  const back = lines.reduce((sum, { returned }) => sum + returned, 0);
  const isBack = back > 0 && back === lines.reduce((sum, { shipped }) => sum + shipped, 0);
  const status = isBack && (order.status === 'shipped' || order.status === 'delivered') ? 'returned' : order.status;
  return withOrder(model, { ...order, lines, status });
};

export const requestingReturn = (model: Model, { order: place, line: at, quantity }: Of<'requestReturn'>): Outcome => {
  const order = named(model.orders, place);
  const line = order && named(order.lines, at);
  if (!order || !line) return { model, said: 'skipped' };
  const left = order.lines.some(({ shipped }) => shipped > 0);
  if (!left || !allows(order.status, 'requestReturn')) return { model, said: 'order.invalid_transition' };
  if (line.sku === null) return { model, said: 'order.lines_unmapped' };
  const { returning, returned } = onReturns(model.returns, line);
  const available = line.shipped - returning - returned;
  if (quantity > available) return { model, said: `return.quantity_exceeded ${available} available` };
  const parts = (line.components ?? [{ sku: line.sku, quantity: 1 }]).map((part) => ({ ...part, sellable: 0, damaged: 0 }));
  const one: Return = {
    id: ReturnId(model.ids.next()),
    orderId: order.id,
    number: '',
    status: 'requested',
    lines: [{ orderLineId: line.id, sku: line.sku, quantity, cancelled: 0, reason: 'other', parts }],
    note: null,
    refundedMinor: 0,
    requestedAt: model.now,
    version: 1,
  };
  return { model: told(withReturn(model, one), order), said: 'ok requested' };
};

const found = (model: Model, place: number) => {
  const one = named(model.returns, place);
  const order = model.orders.find(({ id }) => id === one?.orderId);
  return one && order && { one, order };
};

export const decidingReturn = (model: Model, { one: place, by }: Of<'decideReturn'>): Outcome => {
  const mine = found(model, place);
  if (!mine) return { model, said: 'skipped' };
  const { one, order } = mine;
  const answer = (after: Return): Outcome => ({ model: told(withReturn(model, after), order), said: `ok ${after.status}` });
  if (by === 'cancel' && one.status === 'partlyReceived')
    return answer({
      ...one,
      status: 'received',
      lines: one.lines.map((line) => ({ ...line, cancelled: line.quantity - unitsBack(line).some })),
    });
  if (by === 'cancel' && (one.status === 'requested' || one.status === 'authorised'))
    return answer({ ...one, status: 'cancelled' });
  if (by !== 'cancel' && one.status === 'requested')
    return answer({ ...one, status: by === 'authorise' ? 'authorised' : 'rejected' });
  return { model, said: 'return.invalid_transition' };
};

/** What a told receipt names: a component of the line's goods, or whole units. */
export const arrivedOf = (line: ReturnLine, { component, quantity, condition }: Of<'receiveReturn'>): Arrived => ({
  lineId: line.orderLineId,
  sku: component === null ? null : (named(line.parts, component)?.sku ?? null),
  quantity,
  condition,
});

export const receivingReturn = (model: Model, command: Of<'receiveReturn'>): Outcome => {
  const mine = found(model, command.one);
  const at = named(model.locations, command.location);
  const line = mine && named(mine.one.lines, 0);
  if (!mine || !at || !line) return { model, said: 'skipped' };
  const { one, order } = mine;
  if (one.status !== 'authorised' && one.status !== 'partlyReceived') return { model, said: 'return.invalid_transition' };
  const { sku, quantity, condition } = arrivedOf(line, command);
  const each = (part: ReturnPart): number => (sku === null || sku === line.sku ? part.quantity : part.sku === sku ? 1 : 0);
  const left = (part: ReturnPart): number => (line.quantity - line.cancelled) * part.quantity - cameOf(part);
  const coming = line.parts.filter((part) => each(part) > 0);
  const available = Math.min(...coming.map((part) => Math.floor(left(part) / each(part))));
  if (quantity > available) return { model, said: `return.quantity_exceeded ${available} available` };
  const opened = line.parts.reduce((built, part) => {
    const place = { sku: part.sku, locationId: at.id };
    return withLevel(built, levelAt(built, place));
  }, model);
  const parts = line.parts.map((part) => ({ ...part, [condition]: part[condition] + quantity * each(part) }));
  const isDone = parts.every((part) => cameOf(part) === (line.quantity - line.cancelled) * part.quantity);
  const after: Return = { ...one, status: isDone ? 'received' : 'partlyReceived', lines: [{ ...line, parts }] };
  const taken = coming.reduce(
    (built, part) => onHand(built, { sku: part.sku, locationId: at.id }, condition === 'sellable' ? quantity * each(part) : 0),
    opened,
  );
  return { model: serving(told(withReturn(taken, after), order), stockSkusOf(order.lines)), said: `ok ${after.status}` };
};

type Place = Parameters<typeof levelAt>[1];

/** So many more are there. What is written off moves nothing. */
const onHand = (model: Model, place: Place, quantity: number): Model => {
  if (quantity === 0) return model;
  const movement: Movement = openBooks([levelAt(model, place)]).move(occasionOf(model), {
    kind: 'restock',
    ...place,
    onHandDelta: quantity,
    reservedDelta: 0,
    reason: null,
    reference: null,
  });
  return moved(model, { ...noChange, movements: [movement] });
};

export const refundingReturn = (model: Model, { one: place, amountMinor }: Of<'refundReturn'>): Outcome => {
  const mine = found(model, place);
  if (!mine) return { model, said: 'skipped' };
  const { one, order } = mine;
  if (['requested', 'rejected', 'cancelled'].includes(one.status)) return { model, said: 'return.invalid_transition' };
  if (order.paymentStatus !== 'paid' && order.paymentStatus !== 'partiallyRefunded')
    return { model, said: 'payment.invalid_transition' };
  const refundedMinor = order.refundedMinor + amountMinor;
  if (refundedMinor > order.paidMinor) return { model, said: 'payment.amount_invalid' };
  const paymentStatus = refundedMinor === order.paidMinor ? 'refunded' : 'partiallyRefunded';
  const after = withReturn(model, { ...one, refundedMinor: one.refundedMinor + amountMinor });
  return { model: withOrder(after, { ...order, refundedMinor, paymentStatus }), said: `ok ${one.status}` };
};
