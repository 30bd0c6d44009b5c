import {
  allocate,
  allows,
  type LinePart,
  leave,
  lineUnits,
  noChange,
  type Order,
  type OrderLine,
  OrderLineId,
  openBooks,
  promisedUntil,
  type Reservation,
  reserve,
  type Sku,
  type StockChange,
  split,
  statusOfLines,
  stockedAs,
  stockSkusOf,
  together,
} from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import { type Model, moved, named, occasionOf, purchasesOf, shelvesOf, withOrder } from './model.js';
import { openOf } from './model-orders.js';
import { expiring } from './model-payments.js';
import { type Outcome, serving, withPartners } from './model-stock.js';
import type { Command } from './story.js';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

export const holding = (model: Model, command: Of<'hold'>): Outcome => {
  const order = named(model.orders, command.order);
  if (!order) return { model, said: 'skipped' };
  if (!allows(order.status, 'hold')) return { model, said: 'order.invalid_transition' };
  if (purchasesOf(model, order) > 0) return { model, said: 'order.purchase_in_progress' };
  return { model: withOrder(model, { ...order, status: 'onHold', hold: 'fraud' }), said: 'ok onHold' };
};

/** What it waits for it is given at once, as far as it is there. */
export const resuming = (model: Model, command: Of<'resume'>): Outcome => {
  const order = named(model.orders, command.order);
  if (!order) return { model, said: 'skipped' };
  if (!allows(order.status, 'resume')) return { model, said: 'order.invalid_transition' };
  if (order.lines.some(({ sku, pending }) => sku === null && pending > 0)) return { model, said: 'order.lines_unmapped' };
  const resumed = withOrder(model, { ...order, status: statusOfLines(order.lines), hold: null });
  return saying(serving(resumed, stockSkusOf(order.lines)), order);
};

const saying = (model: Model, { id }: Order): Outcome => ({
  model,
  said: `ok ${model.orders.find((order) => order.id === id)?.status}`,
});

const isOpen = ({ pending, reserved, backordered }: OrderLine): number => pending + reserved + backordered;

const freeOf = (model: Model, order: Order, line: OrderLine): readonly Reservation[] =>
  openOf(model, order)
    .filter(({ orderLineId, shipmentId }) => orderLineId === line.id && shipmentId === null)
    .sort((a, b) => (a.id < b.id ? 1 : -1));

/** Units of a line for which no label is being bought. */
const mayGo = (model: Model, order: Order, line: OrderLine): number =>
  line.pending + line.backordered + lineUnits(freeOf(model, order, line));

/** The latest promises first, one unit of the line after another; of a kit all parts at one location. */
const promisesThatGo = (
  model: Model,
  order: Order,
  line: OrderLine,
  units: number,
): readonly (readonly [Reservation, number])[] => {
  const left = new Map(freeOf(model, order, line).map((one) => [one, one.quantity]));
  const take = (sku: Sku, locationId: string | null, quantity: number): string => {
    let missing = quantity;
    let at = '';
    for (const [one, there] of left) {
      if (one.sku !== sku || (locationId !== null && one.locationId !== locationId) || there === 0 || missing === 0) continue;
      const taken = Math.min(missing, there);
      left.set(one, there - taken);
      missing -= taken;
      at = one.locationId;
    }
    return at;
  };
  const [lead] = left.keys();
  for (let unit = 0; unit < units && lead; unit += 1) {
    const at = take(lead.sku, null, lead.unitQuantity ?? 1);
    for (const part of line.components ?? []) if (part.sku !== lead.sku) take(part.sku, at, part.quantity);
  }
  return [...left].flatMap(([one, rest]) => (rest < one.quantity ? [[one, one.quantity - rest] as const] : []));
};

type Less = { readonly line: OrderLine; readonly change: StockChange; readonly gone: readonly Reservation[] };

/** What nobody tried goes first, then what waits, then what is promised. */
const lessOf = (model: Model, order: Order, line: OrderLine, units: number): Less => {
  const pending = Math.min(units, line.pending);
  const backordered = Math.min(units - pending, line.backordered);
  const reserved = units - pending - backordered;
  const going = promisesThatGo(model, order, line, reserved).map(([one, quantity]) =>
    quantity === one.quantity ? { change: noChange, off: one } : split(occasionOf(model), one, quantity),
  );
  const counts = {
    pending: line.pending - pending,
    backordered: line.backordered - backordered,
    reserved: line.reserved - reserved,
  };
  return {
    line: { ...line, ...counts },
    change: together(going.map(({ change }) => change)),
    gone: going.map(({ off }) => off),
  };
};

/** The model without those promises, and the order's lines as they are without their units. */
const freeing = (model: Model, order: Order, units: ReadonlyMap<string, number>) => {
  const less = order.lines.map((line) => lessOf(model, order, line, units.get(line.id) ?? 0));
  const skus = withPartners(model, stockSkusOf(order.lines));
  const books = openBooks(shelvesOf(model, skus).map(({ level }) => level));
  const gone = less.flatMap((one) => one.gone);
  const freed = leave(books, occasionOf(model), gone, 'released', null);
  return { freed: moved(model, together([...less.map(({ change }) => change), freed])), lines: less.map(({ line }) => line) };
};

export const cancellingLines = (model: Model, { order: place, line: at, quantity }: Of<'cancelLines'>): Outcome => {
  const order = named(model.orders, place);
  const line = order && named(order.lines, at);
  if (!order || !line) return { model, said: 'skipped' };
  if (!allows(order.status, 'cancel')) return { model, said: 'order.invalid_transition' };
  const units = quantity ?? isOpen(line);
  if (units > isOpen(line)) return { model, said: `order.quantity_exceeded ${isOpen(line)} available` };
  if (units > mayGo(model, order, line)) return { model, said: 'order.purchase_in_progress' };
  if (units === 0) return { model, said: `ok ${order.status}` };
  const { freed, lines } = freeing(model, order, new Map([[line.id, units]]));
  const after = lines.map((one) => (one.id === line.id ? { ...one, cancelled: one.cancelled + units } : one));
  const status = statusOfRest(order, after, purchasesOf(model, order));
  const hold = status === 'onHold' ? order.hold : null;
  const cancelled = withOrder(freed, { ...order, lines: after, status, hold });
  return saying(serving(cancelled, stockSkusOf(order.lines)), order);
};

/** An order ends when nothing is left; what is held or being packed stays so. */
const statusOfRest = (order: Order, lines: readonly OrderLine[], purchases: number): Order['status'] => {
  if (lines.every((line) => isOpen(line) === 0)) return lines.some(({ shipped }) => shipped > 0) ? 'shipped' : 'cancelled';
  if (order.status === 'readyToShip' && lines.some(({ reserved }) => reserved > 0)) return 'readyToShip';
  return statusNow(order, lines, purchases);
};

const statusNow = ({ status }: Order, lines: readonly OrderLine[], purchases: number): Order['status'] => {
  if (status === 'onHold') return status;
  const says = statusOfLines(lines);
  if (says === 'new') return status === 'new' ? status : 'backordered';
  return says === 'reserved' && purchases > 0 ? 'readyToShip' : says;
};

/** One line gets another quantity, and perhaps another line comes; all of it or nothing. */
export const editing = (before: Model, command: Of<'edit'>): Outcome => {
  const seen = named(before.orders, command.order);
  const changed = seen && named(seen.lines, command.line);
  if (!seen || !changed) return { model: before, said: 'skipped' };
  const added = command.add && named(before.skus, command.add.sku);
  const further = added ? [added, ...stockedAs({ sku: added, components: before.kits.get(added) ?? null })] : [];
  const wanted = [...further, ...stockSkusOf([changed])];
  const model = wanted.length > 0 ? expiring(before, wanted) : before;
  const order = model.orders.find(({ id }) => id === seen.id) ?? seen;
  if (!allows(order.status, 'edit')) return { model, said: 'order.invalid_transition' };
  const skus = [...stockSkusOf(order.lines), ...further];
  const edited = afterServing(serving(model, skus), order.id, { command, lineId: changed.id, added: added ?? null });
  if (typeof edited === 'string') return { model, said: edited };
  return saying(serving(edited, skus), order);
};

type Edit = { readonly command: Of<'edit'>; readonly lineId: OrderLineId; readonly added: Sku | null };

const afterServing = (model: Model, id: Order['id'], { command, lineId, added }: Edit): Model | string => {
  const order = model.orders.find((one) => one.id === id);
  const line = order?.lines.find((one) => one.id === lineId);
  if (!order || !line || line.ordered === 0) return 'order.line_not_found';
  if (command.quantity < line.shipped + line.cancelled) return 'order.below_shipped';
  const growth = command.quantity - line.ordered;
  if (-growth > mayGo(model, order, line)) return 'order.purchase_in_progress';
  const units = command.add?.quantity ?? 0;
  const fresh = added ? [newLine(model, added, units)] : [];
  const left = order.lines.reduce((sum, one) => sum + isOpen(one), 0) + growth + units;
  if (left === 0) return 'order.nothing_left';
  if (growth === 0 && fresh.length === 0) return model;
  const { freed, lines } = freeing(model, order, new Map([[line.id, Math.max(0, -growth)]]));
  const grown = lines.map((one) => (one.id === line.id ? { ...one, ordered: command.quantity } : one));
  const more = new Map([[line.id, Math.max(0, growth)], ...fresh.map((one) => [one.id, units] as const)]);
  return given(freed, order, { lines: [...grown, ...fresh], more, onShortage: command.onShortage });
};

const newLine = ({ ids, kits }: Model, sku: Sku, quantity: number): OrderLine => {
  const { unitPriceMinor, taxMinor, discountMinor } = exampleLine(sku, quantity);
  const counts = { pending: 0, reserved: 0, backordered: 0, shipped: 0, cancelled: 0, returning: 0, returned: 0 };
  return {
    id: OrderLineId(ids.next()),
    sku,
    components: kits.get(sku) ?? null,
    name: sku,
    ordered: quantity,
    ...counts,
    unitPriceMinor,
    taxMinor,
    discountMinor,
    external: null,
  };
};

type More = {
  readonly lines: readonly OrderLine[];
  readonly more: ReadonlyMap<OrderLineId, number>;
  readonly onShortage: 'reject' | 'backorder';
};

/** Gives lines what they want more, as a new order is given it; nothing to one whose payment was waited for in vain. */
const given = (model: Model, order: Order, { lines, more, onShortage }: More): Model | string => {
  const demands = lines.flatMap(({ id, sku, components }) =>
    sku && (more.get(id) ?? 0) > 0 ? [{ lineId: id, sku, quantity: more.get(id) ?? 0, components }] : [],
  );
  const skus = withPartners(model, stockSkusOf(lines));
  const shelves = shelvesOf(model, skus);
  const [allocation] = allocate(order.paymentExpired ? [] : shelves, [{ demands, onShortage }], model.policy);
  if (!allocation?.granted) return `order.insufficient_stock ${JSON.stringify(allocation?.shortfalls)}`;
  const { takes } = allocation;
  const filled = lines.map((line) => {
    const wants = more.get(line.id) ?? 0;
    if (line.sku === null) return { ...line, pending: line.pending + wants };
    const units = lineUnits(takes.filter(({ lineId }): boolean => lineId === line.id) satisfies readonly LinePart[]);
    return { ...line, reserved: line.reserved + units, backordered: line.backordered + wants - units };
  });
  const books = openBooks(shelves.map(({ level }) => level));
  const promised = moved(model, reserve(books, occasionOf(model), takes, order.id, promisedUntil(order, model.now)));
  const subtotalMinor = filled.reduce((sum, line) => sum + line.unitPriceMinor * line.ordered, 0);
  const totals = { ...order.totals, subtotalMinor, totalMinor: subtotalMinor + order.totals.shippingMinor };
  const status = statusNow(order, filled, purchasesOf(model, order));
  return withOrder(promised, { ...order, lines: filled, totals, status });
};
