import {
  type Caller,
  type Carrier,
  type LabelOrder,
  type Once,
  type Refusal,
  type Result,
  type Shipment,
  usualOptions,
} from '@rappit/domain';
import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleSku } from '../fakes/examples.js';
import { fakeCarriers } from '../fakes/fake-carrier.js';
import { inMemory } from '../fakes/memory/in-memory.js';
import { type CarrierWorld, dayToCome, referencesSold, untilSettled } from './carrier-world.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectRejected, expectThat } from './expecting.js';

const MINUTES_MS = 60_000;

/** A hub that buys from the carrier, with an order that is ready to be shipped. Its clock can be ahead of the carrier's. */
const readyToShip = async (world: CarrierWorld, carrier: Carrier = world.carrier) => {
  let aheadMs = 0;
  const hub = inMemory({ carriers: fakeCarriers(carrier), now: () => new Date(world.now().getTime() + aheadMs) });
  const { from, to, parcels, service }: LabelOrder = world.order();
  const sku = exampleSku('MUG');
  expectOk(await hub.addItem(hub.caller, sku, exampleItem('Mug')), 'adding an item');
  const location = expectOk(await hub.addLocation(hub.caller, exampleLocation('FRA', { address: from })), 'adding a location');
  expectOk(await hub.receiveStock(hub.caller, { sku, locationId: location.id, quantity: 1, reference: null }), 'receiving stock');
  const placed = await hub.placeOrder(hub.caller, exampleDraft([exampleLine('MUG', 1)], { shippingAddress: to }));
  const order = expectOk(placed, 'placing an order');
  expectOk(await hub.markReady(hub.caller, order.id), 'marking it ready');
  const request = { carrier: carrier.code, accountId: null, service, parcels, locationId: null, lineIds: null };
  return {
    ship: (once?: Once) => hub.shipOrder({ ...hub.caller, once }, order.id, request),
    shipOn: (day: string) => hub.shipOrder(hub.caller, order.id, { ...request, options: { ...usualOptions, shipOn: day } }),
    buyAgain: (id: Shipment['id'], caller: Caller = hub.caller) => hub.buyLabel(caller, id),
    shipments: () => hub.memory.unitOfWork.read(hub.caller.organizationId, ({ shipments }) => shipments.list({ limit: 10 }, {})),
    wait: (milliseconds: number) => {
      aheadMs += milliseconds;
    },
  };
};

const under = (key: string): Once => ({
  scope: 'POST /contract',
  key,
  fingerprint: key,
  answer: (outcome: Result<unknown, Refusal>) => ({
    status: outcome.ok ? 201 : 409,
    body: '',
    resource: outcome.ok ? (outcome.value as { readonly shipment: Shipment }).shipment.id : null,
  }),
});

const soldOnce = async (world: CarrierWorld, what: string): Promise<void> =>
  expectEqual((await referencesSold(world)).length, 1, `labels that were sold ${what}`);

/** One label for one parcel, whoever asks how often, when Rappit's use cases buy from the carrier. */
export const carrierOnce: readonly ContractCase<CarrierWorld>[] = [
  {
    promise: 'is asked for one label by two clicks at once',
    keeps: async (world) => {
      const { ship } = await readyToShip(world);
      const answers = await Promise.all([ship(), ship(), ship()]);
      expectEqual(answers.filter(({ ok }) => ok).length, 1, 'clicks that got the label');
      await soldOnce(world, 'to three clicks');
    },
  },
  {
    promise: 'is asked for one label by a request that is repeated because its answer was lost',
    keeps: async (world) => {
      const { ship } = await readyToShip(world);
      await world.breakDown('lostAfterSale');
      expectRefused(await ship(under('k')), 'carrier.unknown_outcome', 'shipping while the answer is lost');
      await world.mend();
      await world.pass();
      for (let repeat = 0; repeat < 3; repeat += 1)
        expectEqual(expectOk(await ship(under('k')), 'asking again').status, 'labelled', 'the shipment');
      await soldOnce(world, 'to one request');
    },
  },
  {
    promise: 'is not asked again before it has denied the purchase, and sells after that',
    keeps: async (world) => {
      const { ship, buyAgain } = await readyToShip(world);
      await world.breakDown('lostBeforeSale');
      const { shipmentId } = expectRefused(await ship(), 'carrier.unknown_outcome', 'shipping while the question is lost');
      await world.mend();
      await world.pass();
      expectRefused(await buyAgain(shipmentId), 'carrier.reference_unknown', 'looking it up');
      expectEqual(expectOk(await buyAgain(shipmentId), 'buying it then').status, 'labelled', 'the shipment');
      await soldOnce(world, 'in the end');
    },
  },
  {
    promise: 'is not asked again for what ships on a day to come',
    keeps: async (world) => {
      const { shipOn, buyAgain } = await readyToShip(world);
      await world.breakDown('lostAfterSale');
      const { shipmentId } = expectRefused(
        await shipOn(dayToCome(world)),
        'carrier.unknown_outcome',
        'shipping on a day to come',
      );
      await world.mend();
      const asked = await untilSettled(world, () => buyAgain(shipmentId));
      expectEqual(expectOk(asked, 'looking it up').status, 'labelled', 'the shipment');
      await soldOnce(world, 'for a day to come');
    },
  },
  {
    promise: 'is not asked again for what was sold to a process that died',
    keeps: async (world) => {
      const dying: Carrier = {
        ...world.carrier,
        buyLabel: async (order) => {
          await world.carrier.buyLabel(order);
          throw new Error('died');
        },
      };
      const { ship, buyAgain, shipments, wait } = await readyToShip(world, dying);
      await expectRejected(ship(), 'shipping while the process dies');
      const [left] = (await shipments()).data;
      expectThat(left?.status === 'purchasing', 'the purchase was written down before it was made');
      expectRefused(await buyAgain(left.id), 'shipment.purchase_under_way', 'asking at once');
      await world.pass();
      wait(5 * MINUTES_MS);
      expectEqual(expectOk(await buyAgain(left.id), 'looking it up').status, 'labelled', 'the shipment');
      await soldOnce(world, 'to the dead');
    },
  },
];
