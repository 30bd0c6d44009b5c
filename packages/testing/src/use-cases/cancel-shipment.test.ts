import {
  type Carrier,
  evolveShipment,
  MAY_STILL_BILL,
  nothingButLabels,
  type Once,
  type Refusal,
  type Result,
  type Shipment,
} from '@rappit/domain';
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

const MINUTE_MS = 60_000;
const under = (key: string): Once => ({
  scope: 'POST /shipments/:id/cancel',
  key,
  fingerprint: key,
  answer: (outcome: Result<unknown, Refusal>) => ({
    status: 200,
    body: '',
    resource: outcome.ok ? (outcome.value as { readonly shipment: Shipment }).shipment.id : null,
  }),
});

type Serving = { readonly carrier: (fake: Carrier) => Carrier };

/** Six mugs, an order of four of them that is ready, and its shipments. `serving` is what stands before the fake carrier. */
const scene = async ({ carrier: before }: Serving = { carrier: (fake) => fake }) => {
  const fake = fakeCarrier();
  const rappit = inMemory({ carriers: fakeCarriers(before(fake.carrier)) });
  const { caller } = rappit;
  const { organizationId } = caller;
  const sku = exampleSku('MUG');
  await rappit.addItem(caller, sku, exampleItem('Mug'));
  const [near, far] = [
    await rappit.addLocation(caller, exampleLocation('NEAR')),
    await rappit.addLocation(caller, exampleLocation('FAR')),
  ];
  if (!near.ok || !far.ok) throw new Error('the locations are there');
  for (const { id } of [near.value, far.value])
    await rappit.receiveStock(caller, { sku, locationId: id, quantity: 3, reference: null });
  const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('MUG', 4)]));
  if (!placed.ok) throw new Error(placed.error.code);
  const orderId = placed.value.id;
  await rappit.markReady(caller, orderId);
  const read = rappit.memory.unitOfWork.read;
  const shipFrom = async (locationId: typeof near.value.id) => {
    const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
    const shipped = await rappit.shipOrder(caller, orderId, request);
    if (!shipped.ok) throw new Error(shipped.error.code);
    return shipped.value;
  };
  const order = async () => {
    const found = await read(organizationId, ({ orders }) => orders.find(orderId));
    return { status: found?.status, ...found?.lines.map(({ reserved, shipped }) => ({ reserved, shipped }))[0] };
  };
  const levels = async () => {
    const { data } = await read(organizationId, ({ stock }) => stock.levels({ limit: 10 }, { sku }));
    return [near.value.id, far.value.id].map((id) => {
      const level = data.find(({ locationId }) => locationId === id);
      return [level?.onHand, level?.reserved];
    });
  };
  return {
    fake,
    rappit,
    near: near.value.id,
    far: far.value.id,
    orderId,
    shipFrom,
    order,
    levels,
    find: (id: Shipment['id']) => read(organizationId, ({ shipments }) => shipments.find(id)),
    cancel: (id: Shipment['id'], once?: Once) => rappit.cancelShipment({ ...caller, once }, id),
    books: async () => {
      const { levels: differing, lines } = await rappit.reconcile(organizationId);
      return [...differing, ...lines];
    },
    told: async () =>
      (await read(organizationId, ({ orders }) => orders.timeline(orderId, { limit: 50 }))).data.map(({ what }) => what),
  };
};

describe('cancelling a shipment', () => {
  it('takes the label back from its carrier, and promises the same units at the same location again', async () => {
    const { fake, near, far, shipFrom, cancel, order, levels, books, told } = await scene();
    const [first, second] = [await shipFrom(near), await shipFrom(far)];
    expect([await order(), await levels()]).toEqual([
      { status: 'shipped', reserved: 0, shipped: 4 },
      [
        [0, 0],
        [2, 0],
      ],
    ]);
    const cancelled = await cancel(second.id);
    expect(cancelled).toMatchObject({ ok: true, value: { status: 'cancelled', warnings: [], voidAskedAt: null } });
    expect(fake.voided()).toEqual([second.trackingNumber]);
    expect(await order()).toEqual({ status: 'partiallyShipped', reserved: 1, shipped: 3 });
    expect(await levels()).toEqual([
      [0, 0],
      [3, 1],
    ]);
    await cancel(first.id);
    expect(await order()).toEqual({ status: 'readyToShip', reserved: 4, shipped: 0 });
    expect(await levels()).toEqual([
      [3, 3],
      [3, 1],
    ]);
    expect(await books()).toEqual([]);
    expect((await told()).slice(-2)).toEqual(['shipmentCancelled', 'shipmentCancelled']);
  });

  it('leaves an order that may be shipped again, or cancelled', async () => {
    const { rappit, near, far, orderId, shipFrom, cancel, order, levels } = await scene();
    await shipFrom(far);
    expect((await cancel((await shipFrom(near)).id)).ok).toBe(true);
    const again = await shipFrom(near);
    expect(await order()).toMatchObject({ status: 'shipped', shipped: 4 });
    const { data } = await rappit.memory.unitOfWork.read(rappit.caller.organizationId, ({ shipments }) =>
      shipments.list({ limit: 10 }, { orderId }),
    );
    for (const { id } of data) await cancel(id);
    expect(await rappit.cancelOrder(rappit.caller, orderId, 'customerRequest')).toMatchObject({ ok: true });
    expect(again.status).toBe('labelled');
    expect(await levels()).toEqual([
      [3, 0],
      [3, 0],
    ]);
  });

  it('of a kit promises all of its parts again', async () => {
    const { rappit, near, cancel, books } = await scene();
    const { caller } = rappit;
    const plate = exampleSku('PLATE');
    await rappit.addItem(caller, plate, exampleItem('Plate'));
    await rappit.receiveStock(caller, { sku: plate, locationId: near, quantity: 9, reference: null });
    await rappit.receiveStock(caller, { sku: exampleSku('MUG'), locationId: near, quantity: 9, reference: null });
    const components = [
      { sku: exampleSku('MUG'), quantity: 1 },
      { sku: plate, quantity: 2 },
    ];
    await rappit.addItem(caller, exampleSku('SET'), exampleItem('Set', { components }));
    const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('SET', 2), exampleLine('PLATE', 1)]));
    if (!placed.ok) throw new Error(placed.error.code);
    await rappit.markReady(caller, placed.value.id);
    const request = {
      carrier: 'fake',
      accountId: null,
      service: null,
      parcels: [exampleParcel],
      locationId: near,
      lineIds: null,
    };
    const shipped = await rappit.shipOrder(caller, placed.value.id, request);
    if (!shipped.ok) throw new Error(shipped.error.code);
    await cancel(shipped.value.id);
    const { open, lines } = await rappit.memory.unitOfWork.read(caller.organizationId, async ({ stock, orders }) => ({
      open: await stock.openOf(placed.value.id),
      lines: (await orders.find(placed.value.id))?.lines.map(({ reserved, shipped: gone }) => [reserved, gone]),
    }));
    expect(open.map(({ sku, quantity, unitQuantity }) => [sku, quantity, unitQuantity]).sort()).toEqual([
      ['MUG', 2, 1],
      ['PLATE', 1, null],
      ['PLATE', 4, 2],
    ]);
    expect(lines).toEqual([
      [2, 0],
      [1, 0],
    ]);
    expect(await books()).toEqual([]);
  });

  it('of a draft asks no carrier, and leaves what was promised as it is', async () => {
    const { fake, near, shipFrom, cancel, find, rappit, levels } = await scene();
    fake.breakDown('unavailable');
    await shipFrom(near).catch(() => undefined);
    const { data } = await rappit.memory.unitOfWork.read(rappit.caller.organizationId, ({ shipments }) =>
      shipments.list({ limit: 1 }, {}),
    );
    const [draft] = data;
    if (!draft) throw new Error('there is a draft');
    expect(await cancel(draft.id)).toMatchObject({ ok: true, value: { status: 'cancelled', warnings: [] } });
    expect((await find(draft.id))?.status).toBe('cancelled');
    expect(await levels()).toEqual([
      [3, 3],
      [3, 1],
    ]);
    fake.mend();
    expect((await shipFrom(near)).status).toBe('labelled');
  });

  it('is ours alone where the carrier takes no label back, and warns that it may still bill', async () => {
    const { fake, near, shipFrom, cancel, order } = await scene({
      carrier: (fakeOne) => ({
        ...fakeOne,
        supports: { ...fakeOne.supports, voidLabel: false },
        voidLabel: nothingButLabels.voidLabel,
      }),
    });
    const { id } = await shipFrom(near);
    expect(await cancel(id)).toMatchObject({ ok: true, value: { status: 'cancelled', warnings: [MAY_STILL_BILL] } });
    expect(fake.voided()).toEqual([]);
    expect(await order()).toEqual({ status: 'readyToShip', reserved: 4, shipped: 0 });
  });

  it('asked twice is answered alike, and done once', async () => {
    const { near, shipFrom, cancel, levels, told } = await scene();
    const { id } = await shipFrom(near);
    const [first, second] = await Promise.all([cancel(id), cancel(id)]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(await cancel(id, under('a'))).toEqual(await cancel(id, under('a')));
    expect(await levels()).toEqual([
      [3, 3],
      [3, 1],
    ]);
    expect((await told()).filter((what) => what === 'shipmentCancelled')).toHaveLength(1);
  });

  it.each(['lostAfterSale', 'unreadable'] as const)('waits when the answer is %s, and the job asks again', async (fault) => {
    const { fake, rappit, near, shipFrom, cancel, find, order, books } = await scene();
    const { id } = await shipFrom(near);
    fake.breakDown(fault);
    const lost = await cancel(id, under('k'));
    expect(lost).toMatchObject({ ok: false, error: { code: 'carrier.unknown_outcome', shipmentId: id } });
    expect(await find(id)).toMatchObject({ status: 'labelled', voidAskedAt: rappit.clock.now() });
    expect(await rappit.lookUpPurchases(rappit.caller.organizationId)).toEqual({ due: 0, unanswered: 0 });
    fake.breakDown('unavailable');
    rappit.clock.advance(3 * MINUTE_MS);
    expect(await rappit.lookUpPurchases(rappit.caller.organizationId)).toEqual({ due: 1, unanswered: 1 });
    expect((await find(id))?.voidAskedAt).not.toBeNull();
    fake.mend();
    rappit.clock.advance(60 * MINUTE_MS);
    expect(await rappit.lookUpPurchases(rappit.caller.organizationId)).toEqual({ due: 1, unanswered: 0 });
    expect(await find(id)).toMatchObject({ status: 'cancelled', voidAskedAt: null, lookUpAt: null });
    expect(await cancel(id, under('k'))).toMatchObject({ ok: true, value: { status: 'cancelled' } });
    expect(await order()).toEqual({ status: 'readyToShip', reserved: 4, shipped: 0 });
    expect(await books()).toEqual([]);
  });

  it('goes on under its key when whoever asked has died before the carrier answered', async () => {
    let dying = true;
    const { rappit, near, shipFrom, cancel, find } = await scene({
      carrier: (fakeOne) => ({
        ...fakeOne,
        voidLabel: async (number) => {
          const answer = await fakeOne.voidLabel(number);
          if (dying) throw new Error('crashed');
          return answer;
        },
      }),
    });
    const { id } = await shipFrom(near);
    await expect(cancel(id, under('k'))).rejects.toThrow('crashed');
    expect(await find(id)).toMatchObject({ status: 'labelled', voidAskedAt: rappit.clock.now() });
    dying = false;
    expect(await cancel(id, under('k'))).toMatchObject({ ok: true, value: { status: 'cancelled' } });
  });

  it.each([
    ['refused', 'carrier.refused', ['voidRefused']],
    ['unavailable', 'carrier.unavailable', []],
    ['unauthorized', 'carrier.unauthorized', []],
  ] as const)('comes to nothing when the carrier is %s, and nobody asks again', async (how, code, tells) => {
    const { fake, rappit, near, shipFrom, cancel, find, order, told } = await scene();
    const { id, trackingNumber } = await shipFrom(near);
    if (how === 'refused') fake.scan(trackingNumber ?? '', [{ at: rappit.clock.now(), status: 'pickedUp' }]);
    else fake.breakDown(how);
    expect(await cancel(id)).toMatchObject({ ok: false, error: { code, shipmentId: id } });
    expect(await find(id)).toMatchObject({ status: 'labelled', voidAskedAt: null, lookUpAt: null });
    expect(await order()).toMatchObject({ shipped: 3 });
    expect((await told()).filter((what) => what === 'voidRefused')).toEqual(tells);
    rappit.clock.advance(60 * MINUTE_MS);
    expect(await rappit.lookUpPurchases(rappit.caller.organizationId)).toEqual({ due: 0, unanswered: 0 });
  });

  it.each(['pickedUp', 'delivered', 'returned'] as const)('is refused of a parcel that is %s', async (status) => {
    const { fake, rappit, near, shipFrom, cancel } = await scene();
    const shipped = await shipFrom(near);
    await rappit.memory.unitOfWork.run(rappit.caller.organizationId, async ({ shipments }) => {
      await shipments.save(evolveShipment(shipped, { status }));
      return { ok: true as const, value: null };
    });
    expect(await cancel(shipped.id)).toEqual({ ok: false, error: { code: 'shipment.invalid_transition', status } });
    expect(fake.voided()).toEqual([]);
  });

  it.each(['pickedUp', 'delivered', 'returned'] as const)('is refused of a parcel that is %s', async (status) => {
    const { fake, rappit, near, shipFrom, cancel } = await scene();
    const shipped = await shipFrom(near);
    await rappit.memory.unitOfWork.run(rappit.caller.organizationId, async ({ shipments }) => {
      await shipments.save(evolveShipment(shipped, { status }));
      return { ok: true as const, value: null };
    });
    expect(await cancel(shipped.id)).toEqual({ ok: false, error: { code: 'shipment.invalid_transition', status } });
    expect(fake.voided()).toEqual([]);
  });

  it('is refused while its purchase may have happened, and says where the shipment stands', async () => {
    const { fake, rappit, near, shipFrom, cancel, levels } = await scene();
    fake.breakDown('lostAfterSale');
    await shipFrom(near).catch(() => undefined);
    const { data } = await rappit.memory.unitOfWork.read(rappit.caller.organizationId, ({ shipments }) =>
      shipments.list({ limit: 1 }, {}),
    );
    const [lost] = data;
    if (!lost) throw new Error('there is a shipment');
    expect(await cancel(lost.id)).toEqual({ ok: false, error: { code: 'shipment.invalid_transition', status: 'unknown' } });
    expect(await levels()).toEqual([
      [3, 3],
      [3, 1],
    ]);
  });
});

describe('cancelling a shipment of an order of which something comes back', () => {
  /** Three and one are labelled, one of the four comes back, and the answer is lost that the three's label is taken back. */
  const asked = async () => {
    const on = await scene();
    const [three, one] = [await on.shipFrom(on.near), await on.shipFrom(on.far)];
    const lines = three.lines.map(({ orderLineId }) => ({ lineId: orderLineId, quantity: 1, reason: 'doesNotFit' as const }));
    expect(await on.rappit.requestReturn(on.rappit.caller, on.orderId, { lines, note: null })).toMatchObject({ ok: true });
    on.fake.breakDown('lostAfterSale');
    expect(await on.cancel(three.id)).toMatchObject({ error: { code: 'carrier.unknown_outcome' } });
    on.fake.mend();
    return { ...on, three, one };
  };

  it('is refused where nothing would be left to come back once another label is taken back that is asked for', async () => {
    const { fake, rappit, three, one, cancel, find, order, books } = await asked();
    expect(await cancel(one.id)).toEqual({ ok: false, error: { code: 'shipment.goods_on_return' } });
    expect(await find(one.id)).toEqual(one);
    expect(fake.voided()).toEqual([three.trackingNumber]);
    fake.breakDown('unavailable');
    expect(await cancel(three.id)).toMatchObject({ error: { code: 'carrier.unavailable' } });
    fake.mend();
    rappit.clock.advance(60 * MINUTE_MS);
    expect(await rappit.lookUpPurchases(rappit.caller.organizationId)).toEqual({ due: 1, unanswered: 0 });
    expect(await find(three.id)).toMatchObject({ status: 'cancelled', voidAskedAt: null });
    expect(await order()).toEqual({ status: 'partiallyShipped', reserved: 3, shipped: 1 });
    expect(await books()).toEqual([]);
  });

  it('is done where the other label is on its way, whoever was asked for it', async () => {
    const { fake, rappit, three, one, cancel, order } = await asked();
    fake.scan(three.trackingNumber ?? '', [{ at: rappit.clock.now(), status: 'pickedUp' }]);
    expect(await rappit.trackNow(rappit.caller, three.id)).toMatchObject({ value: { status: 'pickedUp' } });
    expect(await cancel(one.id)).toMatchObject({ ok: true, value: { status: 'cancelled' } });
    expect(await order()).toEqual({ status: 'partiallyShipped', reserved: 1, shipped: 3 });
  });
});
