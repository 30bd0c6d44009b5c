import {
  allows,
  carrierReference,
  leave,
  lineUnits,
  noChange,
  type Order,
  openBooks,
  type Reservation,
  type Shipment,
  ShipmentId,
  type ShipmentLine,
  statusOfLines,
  stockSkusOf,
  together,
  upTo,
  usualOptions,
} from '@rappit/domain';
import { exampleParcel } from '../fakes/examples.js';
import { FAKE_CARRIER_MAX_GRAMS } from '../fakes/fake-carrier.js';
import { type Model, moved, named, occasionOf, shelvesOf, withOrder, withShipment } from './model.js';
import { openOf } from './model-orders.js';
import type { Outcome } from './model-stock.js';
import type { Command, Fault } from './story.js';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

/** `begun` tells whether a shipment was made, which a repeated request goes on with. */
export type ShippingOutcome = Outcome & { readonly begun: ShipmentId | null };

export const parcelOf = (heavy: boolean) => ({
  ...exampleParcel,
  weightGrams: heavy ? FAKE_CARRIER_MAX_GRAMS + 1 : exampleParcel.weightGrams,
});

const unitsOf = (reservations: readonly Reservation[], lineId: string): number =>
  lineUnits(reservations.filter(({ orderLineId }) => orderLineId === lineId));

const isFree = ({ shipmentId }: Reservation): boolean => shipmentId === null;

export const shipping = (model: Model, command: Of<'ship'>): ShippingOutcome => {
  const order = named(model.orders, command.order);
  if (!order) return { model, said: 'skipped', begun: null };
  const refuse = (said: string): ShippingOutcome => ({ model, said, begun: null });
  if (!allows(order.status, 'ship')) return refuse('order.invalid_transition');
  const free = openOf(model, order).filter(isFree);
  const places = [...new Set(free.map(({ locationId }) => locationId))];
  const chosen = command.location === null ? undefined : named(model.locations, command.location)?.id;
  const [only] = places;
  if (!chosen && !only) return refuse('shipment.nothing_to_ship');
  if (!chosen && places.length > 1) return refuse('shipment.location_needed');
  const locationId = chosen ?? only ?? free[0]?.locationId;
  if (!locationId) return refuse('shipment.nothing_to_ship');
  const there = free.filter((one) => one.locationId === locationId);
  const part = command.part && named(order.lines, command.part.line);
  const asked = command.part?.quantity ?? 0;
  if (part && asked > unitsOf(there, part.id)) return refuse(`shipment.quantity_exceeded ${unitsOf(there, part.id)} available`);
  const lines = order.lines.flatMap(({ id, sku }): ShipmentLine[] => {
    const quantity = part ? (id === part.id ? asked : 0) : unitsOf(there, id);
    return sku && quantity > 0 ? [{ orderLineId: id, sku, quantity }] : [];
  });
  const id = ShipmentId(model.ids.next());
  const draft = {
    id,
    orderId: order.id,
    returnId: null,
    locationId,
    lines,
    parcels: [parcelOf(command.heavy)],
    carrier: 'fake',
    accountId: null,
    service: null,
    options: usualOptions,
    status: 'draft' as const,
    reference: carrierReference(id),
    trackingNumber: null,
    parcelNumbers: [],
    warnings: [],
    voidAskedAt: null,
    lookUpAt: null,
    parcelStandings: [],
    trackedAt: null,
    trackAt: null,
    trackFailures: 0,
    cost: null,
    refusal: null,
    short: false,
    attempt: 0,
    purchaseStartedAt: null,
    createdAt: model.now,
    version: 0,
  };
  const begun = beginning(model, order, draft);
  if (typeof begun === 'string') return refuse(begun);
  return { ...purchasing(begun, id, command.fault), begun: id };
};

/** Takes the units for the purchase, or says why not. */
const beginning = (model: Model, order: Order, draft: Shipment): Model | string => {
  if (!allows(order.status, 'ship')) return 'order.invalid_transition';
  const there = openOf(model, order).filter((one) => isFree(one) && one.locationId === draft.locationId);
  const lines = draft.lines
    .map((line) => ({ ...line, quantity: Math.min(line.quantity, unitsOf(there, line.orderLineId)) }))
    .filter(({ quantity }) => quantity > 0);
  if (lines.length === 0) return 'shipment.nothing_to_ship';
  const taken = lines.map((line) => partOf(model, there, line));
  const mine = taken.flatMap(({ parts }) => parts);
  const pins = mine.map(({ id }) => ({ id, shipmentId: draft.id }));
  const pinned = moved(model, together([...taken.map(({ change }) => change), { ...noChange, pins }]));
  return withShipment(pinned, { ...draft, lines, status: 'purchasing', purchaseStartedAt: model.now });
};

/** As much of each of a line's SKUs as so many units of the line take, what was promised first before the rest. */
const partOf = (model: Model, there: readonly Reservation[], { orderLineId, quantity }: ShipmentLine) => {
  const mine = there.filter((one) => one.orderLineId === orderLineId);
  const found = [...new Set(mine.map(({ sku }) => sku))].map((sku) => {
    const ofSku = mine.filter((one) => one.sku === sku);
    return upTo(occasionOf(model), ofSku, quantity * (ofSku[0]?.unitQuantity ?? 1));
  });
  return { change: together(found.map(({ change }) => change)), parts: found.flatMap(({ parts }) => parts) };
};

/** What the carrier does, what we hear of it, and what we write down. */
const purchasing = (model: Model, id: ShipmentId, fault: Fault): Outcome => {
  const heavy = model.shipments.some(
    (shipment) => shipment.id === id && shipment.parcels.some(({ weightGrams }) => weightGrams > FAKE_CARRIER_MAX_GRAMS),
  );
  const sells = !heavy && fault !== 'unavailable' && fault !== 'lostBeforeSale' && fault !== 'crashBeforeSale';
  const after = sells ? { ...model, sold: new Set(model.sold).add(id) } : model;
  if (fault === 'crashAfterSale' || fault === 'crashBeforeSale') return { model: after, said: 'crashed' };
  if (fault === 'lostAfterSale' || fault === 'lostBeforeSale')
    return { model: changed(after, id, { status: 'unknown' }), said: 'carrier.unknown_outcome' };
  if (fault === 'unavailable') return { model: handedBack(after, id, 'carrier.unavailable'), said: 'carrier.unavailable' };
  return heavy
    ? { model: handedBack(after, id, 'carrier.refused'), said: 'carrier.refused' }
    : { model: settled(after, id), said: 'ok labelled' };
};

const changed = (model: Model, id: ShipmentId, change: Partial<Shipment>): Model => {
  const shipment = model.shipments.find((one) => one.id === id);
  return shipment ? withShipment(model, { ...shipment, ...change }) : model;
};

const pinnedTo = (model: Model, id: ShipmentId): readonly Reservation[] =>
  [...model.stock.reservations.values()].filter(({ shipmentId, status }) => shipmentId === id && status === 'open');

const handedBack = (model: Model, id: ShipmentId, code: string): Model =>
  changed(moved(model, { ...noChange, pins: pinnedTo(model, id).map((one) => ({ id: one.id, shipmentId: null })) }), id, {
    status: 'draft',
    refusal: { code, message: '', path: null },
  });

/** The label is there: what is still pinned is shipped, and a shipment of less than was bought for is short. */
const settled = (model: Model, id: ShipmentId): Model => {
  const shipment = model.shipments.find((one) => one.id === id);
  const order = model.orders.find((one) => one.id === shipment?.orderId);
  if (!shipment || !order) return model;
  const mine = pinnedTo(model, id);
  const books = openBooks(shelvesOf(model, stockSkusOf(order.lines)).map(({ level }) => level));
  const consumed = moved(model, leave(books, occasionOf(model), mine, 'consumed', null));
  const lines = order.lines.map((line) => ({
    ...line,
    reserved: line.reserved - unitsOf(mine, line.id),
    shipped: line.shipped + unitsOf(mine, line.id),
  }));
  const told = withOrder(consumed, { ...order, lines, status: mine.length === 0 ? order.status : statusOfLines(lines) });
  return changed(told, id, {
    status: 'labelled',
    short: shipment.lines.some(({ orderLineId, quantity }) => unitsOf(mine, orderLineId) < quantity),
  });
};

const ABANDONED_AFTER_MS = 120_000;

/** Going on with a shipment: a draft is bought, what may have happened is looked up first, a label is a label. */
export const buying = (model: Model, command: Pick<Of<'buy'>, 'fault'>, shipment: Shipment | undefined): Outcome => {
  const order = model.orders.find(({ id }) => id === shipment?.orderId);
  if (!shipment || !order) return { model, said: 'skipped' };
  const { id, status, purchaseStartedAt } = shipment;
  const age = model.now.getTime() - (purchaseStartedAt ?? model.now).getTime();
  if (status === 'purchasing' && age < ABANDONED_AFTER_MS) return { model, said: 'shipment.purchase_under_way' };
  if (status === 'purchasing' || status === 'unknown') {
    if (command.fault === 'unavailable') return { model, said: 'carrier.unavailable' };
    return model.sold.has(id)
      ? { model: settled(model, id), said: 'ok labelled' }
      : { model: handedBack(model, id, 'carrier.reference_unknown'), said: 'carrier.reference_unknown' };
  }
  if (status !== 'draft') return { model, said: `ok ${status}` };
  const begun = beginning(model, order, shipment);
  return typeof begun === 'string' ? { model, said: begun } : purchasing(begun, id, command.fault);
};
