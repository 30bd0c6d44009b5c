import type { OrderId } from '@rappit/domain';
import {
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
  fakeCarriers,
  inMemory,
} from '@rappit/testing/fakes';
import { dhlWorld } from '../dhl/dhl-world.test-kit.js';
import { fedexWorld } from '../fedex/fedex-world.test-kit.js';
import { reachable, type VendorServer, vendorWorld, type WorldOptions } from './contract-world.test-kit.js';

const ORDERS = 50;
const HOUR_MS = 3_600_000;

const granted = <Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown },
): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** A hub that buys from a vendor on the wire, with orders that are ready to be shipped. */
const shop = async <Server extends VendorServer>(options: WorldOptions<Server>) => {
  const world = await vendorWorld(options, (carrier) => carrier);
  let ahead = 0;
  const now = () => new Date(world.now().getTime() + ahead);
  const hub = inMemory({ carriers: fakeCarriers(world.carrier), now });
  const sku = exampleSku('MUG');
  granted(await hub.addItem(hub.caller, sku, exampleItem('Mug')));
  const { id: locationId } = granted(await hub.addLocation(hub.caller, exampleLocation('FRA', { address: reachable })));
  granted(await hub.receiveStock(hub.caller, { sku, locationId, quantity: ORDERS, reference: null }));
  const orders: OrderId[] = [];
  for (let n = 0; n < ORDERS; n += 1) {
    const draft = exampleDraft([exampleLine('MUG', 1)], { shippingAddress: reachable });
    const { id } = granted(await hub.placeOrder(hub.caller, draft));
    granted(await hub.markReady(hub.caller, id));
    orders.push(id);
  }
  const request = {
    carrier: world.carrier.code,
    accountId: null,
    service: null,
    parcels: [exampleParcel],
    locationId: null,
    lineIds: null,
  };
  const { organizationId } = hub.caller;
  return {
    world,
    ship: () => Promise.all(orders.map((id) => hub.shipOrder(hub.caller, id, request))),
    shipments: async () =>
      (await hub.memory.unitOfWork.read(organizationId, ({ shipments }) => shipments.list({ limit: 100 }, {}))).data,
    /** The job as it runs: until none is due. */
    lookUp: async () => {
      let looked = 0;
      for (let more = -1; more !== 0; looked += more) more = (await hub.lookUpPurchases(organizationId)).due;
      return looked;
    },
    wait: (milliseconds: number) => {
      ahead += milliseconds;
    },
    books: () => hub.reconcile(organizationId),
  };
};

const count = (statuses: readonly string[], status: string): number => statuses.filter((one) => one === status).length;

const boughtOnce = <Server extends VendorServer>(name: string, options: WorldOptions<Server>): void => {
  describe(`${ORDERS} purchases from ${name} whose connections drop after the sale`, () => {
    it('are one label each: none is bought again, and all are found by the job when the carrier shows them', async () => {
      const { world, ship, shipments, lookUp, wait, books } = await shop(options);
      try {
        await world.breakDown('resetAfterSale');
        const answers = await ship();
        expect(answers.map((one) => (one.ok ? 'bought' : one.error.code))).toEqual(Array(ORDERS).fill('carrier.unknown_outcome'));
        await world.mend();
        expect(await world.sold()).toHaveLength(ORDERS);
        wait(5 * 60_000);
        expect(await lookUp()).toBe(ORDERS);
        expect(await lookUp()).toBe(0);
        expect(
          count(
            (await shipments()).map(({ status }) => status),
            'unknown',
          ),
        ).toBe(ORDERS);
        await world.pass();
        wait(HOUR_MS);
        expect(await lookUp()).toBe(ORDERS);
        const labelled = await shipments();
        expect(
          count(
            labelled.map(({ status }) => status),
            'labelled',
          ),
        ).toBe(ORDERS);
        expect(new Set(labelled.map(({ trackingNumber }) => trackingNumber)).size).toBe(ORDERS);
        expect(labelled.every(({ warnings }) => warnings.length === 1)).toBe(true);
        const sold = (await world.sold()).map(({ reference }) => reference);
        expect([...sold].sort()).toEqual(labelled.map(({ reference }) => reference).sort());
        expect(await books()).toMatchObject({ levels: [], lines: [], complete: true });
      } finally {
        await world.close();
      }
    });

    it('are drafts again, once the carrier has had its time, where it never sold', async () => {
      const { world, ship, shipments, lookUp, wait } = await shop(options);
      try {
        await world.breakDown('lostBeforeSale');
        await ship();
        await world.mend();
        wait(5 * 60_000);
        await lookUp();
        expect(
          count(
            (await shipments()).map(({ status }) => status),
            'unknown',
          ),
        ).toBe(ORDERS);
        await world.pass();
        wait(HOUR_MS);
        await lookUp();
        expect(
          count(
            (await shipments()).map(({ status }) => status),
            'draft',
          ),
        ).toBe(ORDERS);
        expect(await world.sold()).toEqual([]);
      } finally {
        await world.close();
      }
    });
  });
};

boughtOnce('DHL', dhlWorld);
boughtOnce('FedEx', fedexWorld);
