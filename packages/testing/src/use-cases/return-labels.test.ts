import {
  bug,
  labelReturn,
  type Once,
  type Refusal,
  type Result,
  type ReturnLabelRequest,
  type Shipment,
  type ShipmentId,
} from '@rappit/domain';
import { exampleAddress, exampleLine, exampleParcel, type FakeCarrier, fakeCarriers } from '../fakes/index.js';
import { mug, ordersScene } from './orders-scene.test-kit.js';

const must = <Value>(result: Result<Value, Refusal>): Value => (result.ok ? result.value : bug(result.error.code));

/** A request under a key; `asks` is what its body says. */
const under = (key: string, asks: string): Once => ({
  scope: 'POST /returns/:id/label',
  key,
  fingerprint: asks,
  answer: (outcome: Result<unknown, Refusal>) => ({
    status: 200,
    body: '',
    resource: outcome.ok ? (outcome.value as { readonly shipment: { readonly id: ShipmentId } }).shipment.id : null,
  }),
});

const customer = { ...exampleAddress, name: 'Amira Quokka', city: 'Bremen' };

/** An order of so many mugs, of which two were shipped, with a return of both that may come. */
const awaited = async (ordered = 2) => {
  const scene = await ordersScene(2);
  const { rappit, caller, locationId } = scene;
  const id = await scene.place([exampleLine('MUG', ordered)], { shippingAddress: customer });
  must(await rappit.markReady(caller, id));
  must(await scene.ship(id));
  const lines = (await scene.find(id)).lines.map((line) => ({ lineId: line.id, quantity: 2, reason: 'doesNotFit' as const }));
  const { id: returnId } = must(await rappit.requestReturn(caller, id, { lines, note: null }));
  must(await rappit.authoriseReturn(caller, returnId, null));
  const wanted: ReturnLabelRequest = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId };
  const label = (once?: Once) => rappit.labelReturn({ ...caller, once }, returnId, wanted);
  const shipments = () => rappit.memory.unitOfWork.read(caller.organizationId, ({ shipments }) => shipments.ofOrders([id]));
  const backwards = async () => (await shipments()).filter((shipment) => shipment.returnId === returnId);
  const outwards = async (): Promise<Shipment> =>
    (await shipments()).find((one) => one.returnId === null) ?? bug('it was shipped');
  /** Labels of the return that were sold. */
  const sold = () => rappit.carrier.sold().filter(({ order }) => order.isReturn);
  const carrier: FakeCarrier = rappit.carrier;
  const receive = (quantity: number) => {
    const goods = lines.map(({ lineId }) => ({ lineId, sku: null, quantity, condition: 'sellable' as const }));
    return rappit.receiveReturn(caller, returnId, { locationId, lines: goods });
  };
  const arrive = async (shipment: Shipment, status: 'delivered' | 'returned' = 'delivered'): Promise<void> => {
    carrier.scan(shipment.trackingNumber ?? bug('a label has a number'), [{ at: rappit.clock.now(), status }]);
    must(await rappit.trackNow(caller, shipment.id));
  };
  return { ...scene, id, returnId, wanted, label, backwards, outwards, arrive, receive, sold, carrier };
};

it('is bought from the customer to the location, told in the timeline, and moves neither stock nor the order', async () => {
  const { label, id, find, level, told, sold, returnId, books } = await awaited();
  const before = await find(id);
  expect(await label()).toMatchObject({
    ok: true,
    value: { status: 'labelled', returnId, lines: [{ sku: 'MUG', quantity: 2 }], short: false },
  });
  expect(sold()).toMatchObject([{ order: { from: customer, to: exampleAddress, isReturn: true } }]);
  expect((await told(id)).slice(-2).map(([what]) => what)).toEqual(['labelAsked', 'labelBought']);
  const { version: _was, ...same } = before;
  expect(await find(id)).toMatchObject(same);
  expect(await level(mug)).toBe('0 of 0');
  expect(await books()).toMatchObject({ levels: [], lines: [] });
});

it('is bought once: asked again it is answered as it is', async () => {
  const { label, sold } = await awaited();
  const first = must(await label());
  expect(await label()).toEqual({ ok: true, value: first });
  expect(sold()).toHaveLength(1);
});

it('that is there already takes the key of whoever asks for it, which then stands for that request alone', async () => {
  const { label, sold } = await awaited();
  const first = must(await label());
  expect(await label(under('K', 'this'))).toEqual({ ok: true, value: first });
  expect(await label(under('K', 'that'))).toEqual({ ok: false, error: { code: 'idempotency.key_reused' } });
  expect(await label(under('K', 'this'))).toEqual({ ok: true, value: first });
  expect(sold()).toHaveLength(1);
});

it('is not bought anew under a key that was answered with one that was cancelled since', async () => {
  const { rappit, caller, label, sold } = await awaited();
  const first = must(await label());
  must(await label(under('K', 'this')));
  must(await rappit.cancelShipment(caller, first.id));
  expect(await label(under('K', 'this'))).toMatchObject({ value: { id: first.id, status: 'cancelled' } });
  expect(sold()).toHaveLength(1);
});

it('whose answer was lost is looked up instead of bought again', async () => {
  const { label, sold, carrier, backwards } = await awaited();
  carrier.breakDown('lostAfterSale');
  expect(await label()).toMatchObject({ error: { code: 'carrier.unknown_outcome' } });
  carrier.mend();
  expect(await label()).toMatchObject({ value: { status: 'labelled' } });
  expect(sold()).toHaveLength(1);
  expect(await backwards()).toHaveLength(1);
});

it('that the carrier refused names the fields as they are asked for, and may be asked for anew', async () => {
  const { label, sold, carrier } = await awaited();
  carrier.refuse('from.postalCode', 'Nobody lives there.');
  expect(await label()).toMatchObject({ error: { code: 'carrier.refused', path: 'shippingAddress.postalCode' } });
  carrier.refuse('to.postalCode', 'Nobody works there.');
  expect(await label()).toMatchObject({ error: { code: 'carrier.refused', path: 'location.address.postalCode' } });
  carrier.mend();
  expect(await label()).toMatchObject({ value: { status: 'labelled' } });
  expect(sold()).toHaveLength(1);
});

it('is refused by a clear code where the carrier sells none, and nothing is kept', async () => {
  const { rappit, caller, returnId, wanted, backwards } = await awaited();
  const { carrier } = rappit.carrier;
  const without = { ...carrier, supports: { ...carrier.supports, returnLabels: false } };
  const asked = labelReturn({ unitOfWork: rappit.memory.unitOfWork, ids: rappit.ids, carriers: fakeCarriers(without) });
  expect(await asked(caller, returnId, wanted)).toEqual({
    ok: false,
    error: { code: 'carrier.unsupported', message: "This carrier doesn't offer labels for returns." },
  });
  expect(await backwards()).toEqual([]);
});

it('is refused for a return that awaits nothing', async () => {
  const { rappit, caller, returnId, label } = await awaited();
  must(await rappit.cancelReturn(caller, returnId, null));
  expect(await label()).toEqual({
    ok: false,
    error: { code: 'return.invalid_transition', status: 'cancelled', action: 'label' },
  });
});

it.each([
  [
    'was cancelled',
    (scene: Awaited<ReturnType<typeof awaited>>) => scene.rappit.cancelReturn(scene.caller, scene.returnId, null),
  ],
  ['came back whole', (scene: Awaited<ReturnType<typeof awaited>>) => scene.receive(2)],
] as const)('is not bought for a return that %s, by the draft that an earlier refusal left', async (_, end) => {
  const scene = await awaited();
  const { rappit, caller, carrier, label, backwards, find, id, sold } = scene;
  carrier.refuse(null, 'Not today.');
  expect(await label()).toMatchObject({ error: { code: 'carrier.refused' } });
  carrier.mend();
  const [draft] = await backwards();
  must(await end(scene));
  const before = await find(id);
  expect(await rappit.buyLabel(caller, draft?.id ?? bug('a draft'))).toEqual({
    ok: false,
    error: { code: 'shipment.return_over' },
  });
  expect([sold(), await backwards(), await find(id)]).toEqual([[], [draft], before]);
});

it('may be bought by the draft that an earlier refusal left while its return awaits anything', async () => {
  const { rappit, caller, carrier, label, backwards, receive } = await awaited();
  carrier.refuse(null, 'Not today.');
  expect(await label()).toMatchObject({ error: { code: 'carrier.refused' } });
  carrier.mend();
  must(await receive(1));
  const [draft] = await backwards();
  expect(await rappit.buyLabel(caller, draft?.id ?? bug('a draft'))).toMatchObject({ value: { status: 'labelled' } });
});

it.each([
  [
    'cancelled',
    'shipped',
    (scene: Awaited<ReturnType<typeof awaited>>) => scene.rappit.cancelOrder(scene.caller, scene.id, 'other'),
  ],
  [
    'held',
    'onHold',
    (scene: Awaited<ReturnType<typeof awaited>>) =>
      scene.rappit.holdOrder(scene.caller, scene.id, { reason: 'manual', note: null }),
  ],
] as const)(
  'keeps nobody from having the rest of the order %s while nobody knows whether it was bought',
  async (_, status, act) => {
    const scene = await awaited(3);
    const { carrier, label, find, id, books } = scene;
    carrier.breakDown('lostAfterSale');
    expect(await label()).toMatchObject({ error: { code: 'carrier.unknown_outcome' } });
    expect(await act(scene)).toMatchObject({ value: { status } });
    carrier.mend();
    expect(await label()).toMatchObject({ value: { status: 'labelled' } });
    expect(await find(id)).toMatchObject({ status, purchases: 0 });
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  },
);

it('that was refused leaves the order as free as it was', async () => {
  const { carrier, label, find, id } = await awaited();
  carrier.refuse(null, 'Not today.');
  expect(await label()).toMatchObject({ error: { code: 'carrier.refused' } });
  expect(await find(id)).toMatchObject({ purchases: 0 });
});

it('goes back to its carrier when it is cancelled, and another one may be bought', async () => {
  const { rappit, caller, label, sold, carrier, find, id } = await awaited();
  const first = must(await label());
  const before = (await find(id)).lines;
  expect(await rappit.cancelShipment(caller, first.id)).toMatchObject({ value: { status: 'cancelled' } });
  expect(carrier.voided()).toEqual([first.trackingNumber]);
  expect((await find(id)).lines).toEqual(before);
  expect(must(await label()).id).not.toBe(first.id);
  expect(sold()).toHaveLength(2);
});

it('is not bought a second time by the draft that an earlier refusal left', async () => {
  const { rappit, caller, carrier, label, backwards, find, id, sold } = await awaited();
  carrier.refuse(null, 'Not today.');
  expect(await label()).toMatchObject({ error: { code: 'carrier.refused' } });
  carrier.mend();
  const [draft] = await backwards();
  must(await label());
  const before = await find(id);
  expect(await rappit.buyLabel(caller, draft?.id ?? bug('a draft'))).toEqual({
    ok: false,
    error: { code: 'shipment.nothing_to_ship' },
  });
  expect([sold().length, await find(id)]).toEqual([1, before]);
});

it('may be bought once more when its parcel went back to the customer', async () => {
  const { label, arrive, sold } = await awaited();
  const first = must(await label());
  await arrive(first, 'returned');
  expect(must(await label()).id).not.toBe(first.id);
  expect(sold()).toHaveLength(2);
});

it('may be bought once more for the rest, when its parcel has arrived with a part of the goods', async () => {
  const { label, arrive, receive, sold } = await awaited();
  const first = must(await label());
  await arrive(first);
  must(await receive(1));
  const second = must(await label());
  expect(second).toMatchObject({ status: 'labelled', lines: [{ sku: 'MUG', quantity: 1 }] });
  expect(must(await label()).id).toBe(second.id);
  expect(sold()).toHaveLength(2);
});

it('tells nothing of whether the order was delivered, neither on its way nor at its end', async () => {
  const { label, arrive, find, id, outwards } = await awaited();
  const back = must(await label());
  await arrive(await outwards());
  expect(await find(id)).toMatchObject({ status: 'delivered' });
  await arrive(back);
  expect(await find(id)).toMatchObject({ status: 'delivered', lines: [{ returned: 0 }] });
});
