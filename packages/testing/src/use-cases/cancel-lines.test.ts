import { type CancelledUnits, type OrderId, OrderLineId } from '@rappit/domain';
import { exampleItem, exampleLine, exampleSku } from '../fakes/index.js';
import { mug, ordersScene, plate } from './orders-scene.test-kit.js';

type Scene = Awaited<ReturnType<typeof ordersScene>>;

/** Cancels units of lines by their places; null is all of a line that hasn't left. */
const cancelIn = async (
  { rappit, caller, find }: Scene,
  id: OrderId,
  ...units: readonly (readonly [number, number | null])[]
) => {
  const { lines } = await find(id);
  const named = units.map(([place, quantity]): CancelledUnits => ({ lineId: lines[place]?.id ?? OrderLineId('none'), quantity }));
  return rappit.cancelLines(caller, id, { reason: 'customerRequest', lines: named });
};

describe('cancelling lines of an order', () => {
  it('frees what was reserved of a line, and leaves the others', async () => {
    const scene = await ordersScene(2, 3);
    const id = await scene.place([exampleLine('MUG', 2), exampleLine('PLATE', 3)]);
    expect(await cancelIn(scene, id, [0, null])).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect(await scene.units(id)).toEqual([
      [0, 0, 0, 0, 2],
      [0, 3, 0, 0, 0],
    ]);
    expect([await scene.level(mug), await scene.level(plate)]).toEqual(['0 of 2', '3 of 3']);
    expect((await scene.told(id)).at(-1)).toEqual(['linesCancelled', null, null, 'customerRequest: 2 × MUG']);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('takes what waits before what is reserved', async () => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 5)]);
    expect(await cancelIn(scene, id, [0, 3])).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect(await scene.units(id)).toEqual([[0, 2, 0, 0, 3]]);
    expect(await cancelIn(scene, id, [0, 1])).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect([await scene.units(id), await scene.level(mug)]).toEqual([[[0, 1, 0, 0, 4]], '1 of 2']);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('gives what is free to whoever waits, and only the rest to new orders', async () => {
    const scene = await ordersScene(3);
    const id = await scene.place([exampleLine('MUG', 3)]);
    const waiting = await scene.place([exampleLine('MUG', 1)]);
    await cancelIn(scene, id, [0, 2]);
    expect([await scene.units(waiting), await scene.level(mug)]).toEqual([[[0, 1, 0, 0, 0]], '2 of 3']);
  });

  it('cancels the order when nothing of it is left', async () => {
    const scene = await ordersScene(2, 1);
    const id = await scene.place([exampleLine('MUG', 2), exampleLine('PLATE', 1)]);
    await cancelIn(scene, id, [0, null]);
    expect(await cancelIn(scene, id, [1, 1])).toMatchObject({ ok: true, value: { status: 'cancelled' } });
    expect((await scene.told(id)).at(-1)).toEqual(['cancelled', 'reserved', 'cancelled', 'customerRequest']);
  });

  it('leaves what is ready ready, as long as there is something to pack', async () => {
    const scene = await ordersScene(2, 1);
    const id = await scene.place([exampleLine('MUG', 2), exampleLine('PLATE', 2)]);
    await scene.rappit.markReady(scene.caller, id);
    expect(await cancelIn(scene, id, [0, null])).toMatchObject({ ok: true, value: { status: 'readyToShip' } });
    expect(await cancelIn(scene, id, [1, 1])).toMatchObject({ ok: true, value: { status: 'readyToShip' } });
  });

  it('of a kit frees whole kits, from whichever locations they are promised at', async () => {
    const scene = await ordersScene(4, 2);
    const { rappit, caller } = scene;
    const further = await scene.addLocation('FURTHER');
    await scene.receive(mug, 4, further);
    await scene.receive(plate, 2, further);
    const components = [
      { sku: mug, quantity: 2 },
      { sku: plate, quantity: 1 },
    ];
    await rappit.addItem(caller, exampleSku('SET'), exampleItem('Set', { components }));
    const id = await scene.place([exampleLine('SET', 4)]);
    expect(await cancelIn(scene, id, [0, 3])).toMatchObject({ ok: true });
    expect(await scene.units(id)).toEqual([[0, 1, 0, 0, 3]]);
    const { data } = await rappit.memory.unitOfWork.read(caller.organizationId, ({ stock }) =>
      stock.reservations({ limit: 100 }, { orderId: id, status: 'open' }),
    );
    expect(data.map(({ sku, quantity }) => `${quantity} ${sku}`).sort()).toEqual(['1 PLATE', '2 MUG']);
    expect(new Set(data.map(({ locationId }) => locationId)).size).toBe(1);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('is no change when there is nothing left of a line, asked again and again', async () => {
    const scene = await ordersScene(2, 1);
    const id = await scene.place([exampleLine('MUG', 2), exampleLine('PLATE', 1)]);
    await cancelIn(scene, id, [0, null]);
    const before = await scene.find(id);
    expect(await cancelIn(scene, id, [0, null])).toEqual({ ok: true, value: before });
    expect(await scene.find(id)).toEqual(before);
  });

  it.each([
    ['more than is left of a line', [[0, 3]], { code: 'order.quantity_exceeded', path: 'lines[0].quantity', available: 2 }],
    ['a line that the order does not have', [[7, 1]], { code: 'order.line_not_found' }],
    [
      'a line twice',
      [
        [0, 1],
        [0, 1],
      ],
      { code: 'order.invalid', faults: [{ path: 'lines[1].lineId', message: 'names a line a second time' }] },
    ],
  ] as const)('is refused whole for %s', async (_, units, error) => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 2)]);
    const before = await scene.find(id);
    expect(await cancelIn(scene, id, ...units)).toEqual({ ok: false, error });
    expect(await scene.find(id)).toEqual(before);
  });
});

describe('cancelling the rest of an order of which something was shipped', () => {
  const partlyShipped = async () => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 5)]);
    await scene.rappit.markReady(scene.caller, id);
    await scene.ship(id);
    await scene.receive(mug, 1);
    expect(await scene.units(id)).toEqual([[0, 1, 2, 2, 0]]);
    return { scene, id };
  };

  it('makes it shipped', async () => {
    const { scene, id } = await partlyShipped();
    expect(await scene.rappit.cancelOrder(scene.caller, id, 'outOfStock')).toMatchObject({
      ok: true,
      value: { status: 'shipped' },
    });
    expect([await scene.units(id), await scene.level(mug)]).toEqual([[[0, 0, 0, 2, 3]], '0 of 1']);
    expect((await scene.told(id)).at(-1)).toEqual(['linesCancelled', 'partiallyShipped', 'shipped', 'outOfStock: 3 × MUG']);
  });

  it('ends a hold first', async () => {
    const { scene, id } = await partlyShipped();
    await scene.rappit.holdOrder(scene.caller, id, { reason: 'fraud', note: null });
    const cancelled = await scene.rappit.cancelOrder(scene.caller, id, 'fraudSuspected');
    expect(cancelled).toMatchObject({ ok: true, value: { status: 'shipped', hold: null } });
    expect((await scene.told(id)).slice(-2)).toEqual([
      ['resumed', 'onHold', 'partiallyShipped', 'fraud'],
      ['linesCancelled', 'partiallyShipped', 'shipped', 'fraudSuspected: 3 × MUG'],
    ]);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });
});

describe('while a label is being bought', () => {
  const buying = async () => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 3)]);
    await scene.rappit.markReady(scene.caller, id);
    scene.rappit.carrier.breakDown('lostAfterSale');
    await scene.ship(id);
    scene.rappit.carrier.mend();
    return { scene, id };
  };

  it('its units stay, and others may be cancelled', async () => {
    const { scene, id } = await buying();
    const inProgress = { ok: false, error: { code: 'order.purchase_in_progress' } };
    expect(await scene.rappit.cancelOrder(scene.caller, id, 'other')).toEqual(inProgress);
    expect(await cancelIn(scene, id, [0, null])).toEqual(inProgress);
    expect(await cancelIn(scene, id, [0, 2])).toEqual(inProgress);
    expect(await cancelIn(scene, id, [0, 1])).toMatchObject({ ok: true, value: { status: 'readyToShip' } });
    expect(await scene.units(id)).toEqual([[0, 2, 0, 0, 1]]);
  });

  it('and once it is bought the order is shipped, since nothing else is left', async () => {
    const { scene, id } = await buying();
    await cancelIn(scene, id, [0, 1]);
    const { data } = await scene.rappit.memory.unitOfWork.read(scene.caller.organizationId, ({ shipments }) =>
      shipments.list({ limit: 1 }, { orderId: id }),
    );
    for (const { id: shipmentId } of data)
      expect(await scene.rappit.buyLabel(scene.caller, shipmentId)).toMatchObject({ ok: true });
    expect(await scene.find(id)).toMatchObject({ status: 'shipped', lines: [{ shipped: 2, cancelled: 1 }] });
  });
});
