import { type OrderId, OrderLineId, shippedUnits } from '@rappit/domain';
import { exampleItem, exampleLine, exampleSku } from '../fakes/index.js';
import { mug, ordersScene, plate } from './orders-scene.test-kit.js';

type Scene = Awaited<ReturnType<typeof ordersScene>>;
type Parts = readonly (readonly [place: number, quantity: number])[];

/** An order of these lines, made ready, and how parts of it are shipped: lines by their places. */
const ready = async (scene: Scene, ...units: readonly (readonly [string, number])[]) => {
  const id = await scene.place(units.map(([sku, quantity]) => exampleLine(sku, quantity)));
  await scene.rappit.markReady(scene.caller, id);
  const { lines } = await scene.find(id);
  const partsOf = (parts: Parts) =>
    parts.map(([place, quantity]) => ({ orderLineId: lines[place]?.id ?? OrderLineId('none'), quantity }));
  return {
    id,
    shipParts: (...parts: Parts) => scene.ship(id, { lines: partsOf(parts) }),
    shipped: async () => {
      const order = await scene.find(id);
      return order.lines.map((line) => shippedUnits(order.lines, line.id));
    },
  };
};

const openOf = async ({ rappit, caller }: Scene, id: OrderId) => {
  const { data } = await rappit.memory.unitOfWork.read(caller.organizationId, ({ stock }) =>
    stock.reservations({ limit: 100 }, { orderId: id, status: 'open' }),
  );
  return data.map(({ quantity, sku }) => `${quantity} ${sku}`).sort();
};

describe('shipping a part of a line', () => {
  it('ships so many units, and leaves the rest reserved for another shipment', async () => {
    const scene = await ordersScene(5, 1);
    const { id, shipParts, shipped } = await ready(scene, ['MUG', 5], ['PLATE', 1]);
    expect(await shipParts([0, 2])).toMatchObject({
      ok: true,
      value: { status: 'labelled', short: false, lines: [{ quantity: 2 }] },
    });
    expect(await scene.find(id)).toMatchObject({ status: 'partiallyShipped' });
    expect(await scene.units(id)).toEqual([
      [0, 3, 0, 2, 0],
      [0, 1, 0, 0, 0],
    ]);
    expect([await scene.level(mug), await scene.level(plate), await openOf(scene, id)]).toEqual([
      '3 of 3',
      '1 of 1',
      ['1 PLATE', '3 MUG'],
    ]);
    expect(await shipParts([0, 3], [1, 1])).toMatchObject({ ok: true, value: { lines: [{ quantity: 3 }, { quantity: 1 }] } });
    expect(await scene.find(id)).toMatchObject({ status: 'shipped' });
    expect(await shipped()).toEqual([5, 1]);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('is refused for more than is reserved there and free, and nothing is bought', async () => {
    const scene = await ordersScene(3);
    const { id, shipParts } = await ready(scene, ['MUG', 5]);
    const exceeded = (place: number, available: number) => ({
      ok: false,
      error: { code: 'shipment.quantity_exceeded', path: `lines[${place}].quantity`, available },
    });
    expect(await shipParts([0, 4])).toEqual(exceeded(0, 3));
    expect(await shipParts([0, 2], [0, 2])).toEqual(exceeded(1, 3));
    expect(await shipParts([0, 0])).toEqual({ ok: false, error: { code: 'quantity.invalid', path: 'lines[0].quantity' } });
    expect(await shipParts([7, 1])).toEqual({ ok: false, error: { code: 'order.line_not_found' } });
    scene.rappit.carrier.breakDown('lostAfterSale');
    await shipParts([0, 2]);
    scene.rappit.carrier.mend();
    expect(await shipParts([0, 2])).toEqual(exceeded(0, 1));
    expect([await scene.units(id), scene.rappit.carrier.sold().length]).toEqual([[[0, 3, 2, 0, 0]], 1]);
  });

  it('is bought later as it was asked for, though more is reserved by then', async () => {
    const scene = await ordersScene(3);
    const { id, shipParts } = await ready(scene, ['MUG', 5]);
    scene.rappit.carrier.breakDown('unavailable');
    const refused = await shipParts([0, 2]);
    scene.rappit.carrier.mend();
    if (refused.ok || !('shipmentId' in refused.error) || !refused.error.shipmentId) throw new Error('a draft is left');
    await scene.receive(mug, 2);
    expect(await scene.units(id)).toEqual([[0, 5, 0, 0, 0]]);
    const bought = await scene.rappit.buyLabel(scene.caller, refused.error.shipmentId);
    expect(bought).toMatchObject({ ok: true, value: { status: 'labelled', lines: [{ quantity: 2 }] } });
    expect(await scene.units(id)).toEqual([[0, 3, 0, 2, 0]]);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('gives back what it took when it is cancelled, and the order is what it was', async () => {
    const scene = await ordersScene(3);
    const { id, shipParts, shipped } = await ready(scene, ['MUG', 3]);
    const bought = await shipParts([0, 1]);
    if (!bought.ok) throw new Error(bought.error.code);
    expect(await scene.rappit.cancelShipment(scene.caller, bought.value.id)).toMatchObject({ ok: true });
    expect([await scene.units(id), await shipped(), await scene.level(mug)]).toEqual([[[0, 3, 0, 0, 0]], [0], '3 of 3']);
    expect(await scene.find(id)).toMatchObject({ status: 'readyToShip' });
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('of a kit ships whole kits', async () => {
    const scene = await ordersScene(6, 3);
    const components = [
      { sku: mug, quantity: 2 },
      { sku: plate, quantity: 1 },
    ];
    await scene.rappit.addItem(scene.caller, exampleSku('SET'), exampleItem('Set', { components }));
    const { id, shipParts } = await ready(scene, ['SET', 3]);
    expect(await shipParts([0, 2])).toMatchObject({ ok: true, value: { lines: [{ sku: 'SET', quantity: 2 }] } });
    expect([await scene.units(id), await openOf(scene, id)]).toEqual([[[0, 1, 0, 2, 0]], ['1 PLATE', '2 MUG']]);
    expect([await scene.level(mug), await scene.level(plate)]).toEqual(['2 of 2', '1 of 1']);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('leaves the rest to be cancelled, and the order is shipped then', async () => {
    const scene = await ordersScene(3);
    const { id, shipParts } = await ready(scene, ['MUG', 3]);
    await shipParts([0, 1]);
    const [line] = (await scene.find(id)).lines;
    const lines = [{ lineId: line?.id ?? OrderLineId('none'), quantity: null }];
    const cancelled = await scene.rappit.cancelLines(scene.caller, id, { reason: 'customerRequest', lines });
    expect(cancelled).toMatchObject({ ok: true, value: { status: 'shipped' } });
    expect(await scene.units(id)).toEqual([[0, 0, 0, 1, 2]]);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });
});
