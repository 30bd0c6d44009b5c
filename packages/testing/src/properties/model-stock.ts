import {
  adjust,
  allocate,
  available,
  type Component,
  type LinePart,
  lineUnits,
  type Order,
  type OrderLine,
  openBooks,
  promisedUntil,
  type Reservation,
  receive,
  reserve,
  type Sku,
  statusOfLines,
  stockedAs,
  wholeKits,
} from '@rappit/domain';
import { levelAt, type Model, moved, named, occasionOf, purchasesOf, shelvesOf, withLevel, withOrder } from './model.js';
import { adjustedWords, levelWords, type Said, say } from './said.js';
import type { Command } from './story.js';

export type Outcome = { readonly model: Model; readonly said: Said };
type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

const placeOf = (model: Model, { sku, location }: { readonly sku: number; readonly location: number }) => {
  const [found, at] = [named(model.skus, sku), named(model.locations, location)];
  return found && at && { sku: found, locationId: at.id };
};

export const receiving = (model: Model, command: Of<'receive'>): Outcome => {
  const place = placeOf(model, command);
  if (!place) return { model, said: 'skipped' };
  if (model.kits.has(place.sku)) return { model, said: 'item.is_kit' };
  const opened = withLevel(model, levelAt(model, place));
  const change = receive(openBooks([levelAt(opened, place)]), occasionOf(opened), {
    ...place,
    quantity: command.quantity,
    reference: null,
  });
  const after = serving(moved(opened, change), [place.sku]);
  return { model: after, said: say({ ok: true, value: { ...levelAt(after, place), lapsed: 0 } }, levelWords) };
};

export const adjusting = (model: Model, command: Of<'adjust'>): Outcome => {
  const place = placeOf(model, command);
  if (!place) return { model, said: 'skipped' };
  if (model.kits.has(place.sku)) return { model, said: 'item.is_kit' };
  const level = levelAt(model, place);
  if (level.onHand + command.delta < 0) return { model, said: `adjustment.below_zero ${level.onHand} on hand` };
  const opened = withLevel(model, level);
  const breakable = command.delta < 0 ? breakableAt(model, place) : [];
  const { change, broken } = adjust(
    openBooks(shelvesOf(opened, withPartners(opened, [place.sku])).map((shelf) => shelf.level)),
    occasionOf(model),
    { ...place, delta: command.delta, reason: 'count' },
    { here: breakable, kitParts: kitPartsOf(model, breakable) },
  );
  const after = serving(losing(moved(opened, change), broken), [place.sku]);
  return {
    model: after,
    said: say({ ok: true, value: { level: { ...levelAt(after, place), lapsed: 0 }, broken } }, adjustedWords),
  };
};

/** The open parts at the same location of the kits that these are parts of. */
const kitPartsOf = ({ stock }: Model, breakable: readonly Reservation[]): readonly Reservation[] =>
  [...stock.reservations.values()].filter(
    (part) =>
      part.status === 'open' &&
      part.unitQuantity !== null &&
      breakable.some(({ orderLineId, locationId }) => orderLineId === part.orderLineId && locationId === part.locationId),
  );

/** Unpaid before paid, newest first, those that are ready or being shipped last. */
const breakableAt = (model: Model, place: { readonly sku: Sku; readonly locationId: string }): readonly Reservation[] => {
  const open = [...model.stock.reservations.values()].filter(
    (one) => one.status === 'open' && one.sku === place.sku && one.locationId === place.locationId,
  );
  const keyOf = (one: Reservation): string => {
    const order = model.orders.find(({ id }) => id === one.orderId);
    return [
      one.shipmentId !== null,
      order?.status === 'readyToShip',
      order?.paymentStatus === 'paid' || order?.paymentStatus === 'partiallyRefunded',
    ]
      .map(Number)
      .join('');
  };
  return [...open].sort((a, b) => (keyOf(a) === keyOf(b) ? (a.id > b.id ? -1 : 1) : keyOf(a) < keyOf(b) ? -1 : 1));
};

const unitsFor = (rows: readonly (LinePart & { readonly lineId: string })[], line: OrderLine): number =>
  lineUnits(rows.filter(({ lineId }) => lineId === line.id));

/** Lost units wait again; an order that was reserved or ready is what its lines say. */
export const losing = (model: Model, broken: readonly Reservation[], facts: Partial<Order> = {}): Model => {
  const rows = broken.map((one) => ({ ...one, lineId: one.orderLineId }));
  const hit = model.orders.filter(({ id }) => broken.some(({ orderId }) => orderId === id));
  return hit.reduce((before, order) => {
    const lines = order.lines.map((line) => ({
      ...line,
      reserved: line.reserved - unitsFor(rows, line),
      backordered: line.backordered + unitsFor(rows, line),
    }));
    const status = order.status === 'reserved' || order.status === 'readyToShip' ? statusOfLines(lines) : order.status;
    return withOrder(before, { ...order, ...facts, lines, status });
  }, model);
};

/** Units of a SKU that orders wait for which may be served: a new order gets only what they leave. */
export const waitingUnits = (model: Model, sku: Sku): number =>
  model.orders
    .filter(waits)
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => {
      if (!line.components) return line.sku === sku ? sum + line.backordered : sum;
      const part = line.components.find((one) => one.sku === sku);
      return part ? sum + part.quantity * Math.min(line.backordered, kitsThere(model, line.components)) : sum;
    }, 0);

/** How many kits could be put together now, over all locations in use. */
const kitsThere = (model: Model, components: readonly Component[]): number =>
  model.locations
    .filter(({ active }) => active)
    .reduce((kits, { id }) => kits + wholeKits(components, (sku) => available(levelAt(model, { sku, locationId: id }))), 0);

/** The SKUs, and those that waiting or promised kits need beside them. */
export const withPartners = (model: Model, skus: readonly Sku[]): readonly Sku[] => {
  const promised = new Set(
    [...model.stock.reservations.values()].flatMap((one) => (one.status === 'open' ? one.orderLineId : [])),
  );
  const kits = model.orders
    .flatMap(({ lines }) => lines)
    .filter(({ id, components, backordered }) => components && (backordered > 0 || promised.has(id)))
    .map(({ components }) => (components ?? []).map(({ sku }) => sku))
    .filter((parts) => parts.some((part) => skus.includes(part)));
  return [...new Set([...skus, ...kits.flat()])];
};

/** What was left over, since nobody served it when a location was opened again, is served now. */
export const servingBacklog = (model: Model): Outcome => {
  const after = serving(model, model.skus);
  const served = after.orders.filter(({ version }, index) => version !== model.orders[index]?.version);
  return { model: after, said: `ok ${served.length}` };
};

const waits = ({ status, hold, paymentExpired }: Order): boolean =>
  !paymentExpired && (status !== 'onHold' || hold === 'unmappedSku');

/** Waiting lines come first: what is available is given to them, oldest order first, partly if need be. */
export const serving = (model: Model, skus: readonly Sku[]): Model => {
  const shelves = shelvesOf(model, withPartners(model, skus));
  const there = new Set(
    shelves.filter(({ level, location }) => location.active && available(level) > 0).map(({ level }) => level.sku),
  );
  const demandsOf = (order: Order) =>
    order.lines.flatMap(({ id, sku, components, backordered }) =>
      sku && backordered > 0 && stockedAs({ sku, components }).every((part) => there.has(part))
        ? [{ lineId: id, sku, quantity: backordered, components }]
        : [],
    );
  const waiting = model.orders.filter((order) => waits(order) && demandsOf(order).length > 0);
  const requests = waiting.map((order) => ({ demands: demandsOf(order), onShortage: 'backorder' as const }));
  const books = openBooks(shelves.map(({ level }) => level));
  return allocate(shelves, requests, model.policy).reduce((before, { takes }, index) => {
    const order = waiting[index];
    if (!order || takes.length === 0) return before;
    const lines = order.lines.map((line) => ({
      ...line,
      backordered: line.backordered - unitsFor(takes, line),
      reserved: line.reserved + unitsFor(takes, line),
    }));
    const served = withOrder(before, { ...order, lines, status: statusWhenFilled(model, { ...order, lines }) });
    return moved(served, reserve(books, occasionOf(model), takes, order.id, promisedUntil(order, model.now)));
  }, model);
};

/** Only an order that waited as a whole moves by being filled; when a label of it is being bought, it is ready. */
const statusWhenFilled = (model: Model, order: Order): Order['status'] => {
  if (order.status !== 'backordered') return order.status;
  const status = statusOfLines(order.lines);
  return status === 'reserved' && purchasesOf(model, order) > 0 ? 'readyToShip' : status;
};
