import type { Carrier } from '@rappit/domain';
import {
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
  fakeCarrier,
  fakeCarriers,
  inMemory,
} from '../fakes/index.js';

/** A carrier that takes the first purchase and sells only when the test says so. */
const holdingFirst = (carrier: Carrier) => {
  let [arrive, release] = [() => {}, () => {}];
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  const holding: Carrier = {
    ...carrier,
    buyLabel: async (order) => {
      asked += 1;
      if (asked > 1) return carrier.buyLabel(order);
      arrive();
      await released;
      return carrier.buyLabel(order);
    },
  };
  return { holding, arrived, release: () => release() };
};

/** An order that is ready, whose first purchase hangs, was looked up in vain and bought anew: then the first is answered. */
const boughtTwice = async (sell: (carrier: Carrier) => Carrier) => {
  const { holding, arrived, release } = holdingFirst(sell(fakeCarrier().carrier));
  const rappit = inMemory({ carriers: fakeCarriers(holding) });
  const { caller, memory, clock } = rappit;
  const { organizationId } = caller;
  const sku = exampleSku('MUG');
  await rappit.addItem(caller, sku, exampleItem('Mug'));
  const location = await rappit.addLocation(caller, exampleLocation('NEAR'));
  if (!location.ok) throw new Error(location.error.code);
  const locationId = location.value.id;
  await rappit.receiveStock(caller, { sku, locationId, quantity: 3, reference: null });
  const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('MUG', 3)]));
  if (!placed.ok) throw new Error(placed.error.code);
  const orderId = placed.value.id;
  await rappit.markReady(caller, orderId);
  const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
  const first = rappit.shipOrder(caller, orderId, request);
  await arrived;
  clock.advance(3 * 60_000);
  await rappit.lookUpPurchases(organizationId);
  const { data } = await memory.unitOfWork.read(organizationId, ({ shipments }) => shipments.list({ limit: 1 }, {}));
  const [draft] = data;
  if (draft?.status !== 'draft') throw new Error('the purchase counts as one that came to nothing');
  const second = await rappit.buyLabel(caller, draft.id);
  release();
  const { timeline, documents } = await first.then(() =>
    memory.unitOfWork.read(organizationId, async ({ orders, shipments }) => ({
      timeline: (await orders.timeline(orderId, { limit: 50 })).data,
      documents: await shipments.documents(await shipments.papers([draft.id])),
    })),
  );
  const { levels, lines } = await rappit.reconcile(organizationId);
  const told = timeline.filter(({ what }) => what === 'labelBought' || what === 'secondLabelBought');
  return {
    first: await first,
    second,
    documents,
    told: told.map(({ what, text }) => [what, text]),
    books: [...levels, ...lines],
  };
};

describe('a label that is sold for a shipment that has one', () => {
  it('is named by a warning and in the timeline, and the shipment keeps its own', async () => {
    const { first, second, told, documents, books } = await boughtTwice((carrier) => carrier);
    expect(second).toMatchObject({ ok: true, value: { trackingNumber: 'FAKE0000000001', warnings: [] } });
    expect(first).toMatchObject({
      ok: true,
      value: {
        status: 'labelled',
        trackingNumber: 'FAKE0000000001',
        warnings: [expect.stringContaining('FAKE0000000002')],
      },
    });
    expect(Object.fromEntries(told)).toEqual({ labelBought: 'FAKE0000000001', secondLabelBought: 'FAKE0000000002' });
    expect(documents).toHaveLength(1);
    expect(books).toEqual([]);
  });

  it('isn’t a second one when it has the same number', async () => {
    let once: ReturnType<Carrier['buyLabel']> | undefined;
    const { first, told } = await boughtTwice((carrier) => ({
      ...carrier,
      buyLabel: (order) => {
        once ??= carrier.buyLabel(order);
        return once;
      },
    }));
    expect(first).toMatchObject({ ok: true, value: { trackingNumber: 'FAKE0000000001', warnings: [] } });
    expect(told).toEqual([['labelBought', 'FAKE0000000001']]);
  });
});
