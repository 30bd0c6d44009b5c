import type { DraftLine, LocationId, OrderDraft, OrderId, Refusal, Result, ShipRequest, Sku } from '@rappit/domain';
import { exampleDraft, exampleItem, exampleLocation, exampleParcel, exampleSku, inMemory } from '../fakes/index.js';

export const mug = exampleSku('MUG');
export const plate = exampleSku('PLATE');

const must = <Value>(result: Result<Value, Refusal>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/** A hub in memory with so many mugs and plates at one location, and how tests look at what becomes of orders. */
export const ordersScene = async (mugs: number, plates = 0) => {
  const rappit = inMemory();
  const { caller } = rappit;
  const { id: locationId } = must(await rappit.addLocation(caller, exampleLocation('MAIN')));
  const receive = async (sku: Sku, quantity: number, at: LocationId = locationId) =>
    must(await rappit.receiveStock(caller, { sku, locationId: at, quantity, reference: null }));
  for (const [sku, units] of [
    [mug, mugs],
    [plate, plates],
  ] as const) {
    await rappit.addItem(caller, sku, exampleItem(sku));
    if (units > 0) await receive(sku, units);
  }
  const read = rappit.memory.unitOfWork.read;
  const place = async (lines: readonly DraftLine[], facts: Partial<OrderDraft> = {}): Promise<OrderId> =>
    must(await rappit.placeOrder(caller, exampleDraft(lines, { onShortage: 'backorder', ...facts }))).id;
  const find = async (id: OrderId) => {
    const found = await read(caller.organizationId, ({ orders }) => orders.find(id));
    if (!found) throw new Error('the order is there');
    return found;
  };
  return {
    rappit,
    caller,
    locationId,
    addLocation: async (code: string) => must(await rappit.addLocation(caller, exampleLocation(code))).id,
    receive,
    place,
    find,
    /** A line's units: pending, reserved, backordered, shipped, cancelled. */
    units: async (id: OrderId) =>
      (await find(id)).lines.map((line) => [line.pending, line.reserved, line.backordered, line.shipped, line.cancelled]),
    level: async (sku: Sku) => {
      const { data } = await read(caller.organizationId, ({ stock }) => stock.levels({ limit: 100 }, { sku }));
      return data.map(({ onHand, reserved }) => `${reserved} of ${onHand}`).join(', ');
    },
    ship: (id: OrderId, wanted: Partial<ShipRequest> = {}) =>
      rappit.shipOrder(caller, id, {
        carrier: 'fake',
        accountId: null,
        service: null,
        parcels: [exampleParcel],
        locationId: null,
        lineIds: null,
        ...wanted,
      }),
    /** What was told last of the order. */
    told: async (id: OrderId) =>
      (await read(caller.organizationId, ({ orders }) => orders.timeline(id, { limit: 100 }))).data.map(
        ({ what, from, to, text }) => [what, from, to, text],
      ),
    books: () => rappit.reconcile(caller.organizationId),
  };
};
