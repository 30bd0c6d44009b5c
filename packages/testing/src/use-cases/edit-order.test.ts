import { type LinesEdit, type OrderEdit, type OrderId, OrderLineId } from '@rappit/domain';
import { exampleAddress, exampleItem, exampleLine, exampleSku } from '../fakes/index.js';
import { mug, ordersScene, plate } from './orders-scene.test-kit.js';

type Scene = Awaited<ReturnType<typeof ordersScene>>;
type Add = readonly (readonly [sku: string, quantity: number])[];
type Wish = {
  readonly set?: Readonly<Record<number, number>>;
  readonly add?: Add;
  readonly onShortage?: LinesEdit['onShortage'];
};

/** Sets lines by their places to quantities, and adds others. */
const editIn = async (
  { rappit, caller, find }: Scene,
  id: OrderId,
  { set = {}, add = [], onShortage = 'reject' }: Wish,
  more: OrderEdit = {},
) => {
  const { lines } = await find(id);
  const change = Object.entries(set).map(([place, quantity]) => ({
    lineId: lines[Number(place)]?.id ?? OrderLineId('none'),
    quantity,
  }));
  const added = add.map(([sku, quantity]) => ({
    sku,
    quantity,
    name: null,
    unitPriceMinor: 1_900,
    taxMinor: 0,
    discountMinor: 0,
  }));
  return rappit.editOrder(caller, id, { ...more, lines: { change, add: added, onShortage } });
};

describe('editing the lines of an order', () => {
  it('reserves only what is more, and leaves what is promised where it is', async () => {
    const scene = await ordersScene(2);
    const { rappit, caller } = scene;
    const id = await scene.place([exampleLine('MUG', 2)]);
    const promised = async () =>
      (
        await rappit.memory.unitOfWork.read(caller.organizationId, ({ stock }) =>
          stock.reservations({ limit: 10 }, { orderId: id, status: 'open' }),
        )
      ).data;
    const [before] = await promised();
    await scene.receive(mug, 3);
    expect(await editIn(scene, id, { set: { 0: 4 } })).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect(await scene.level(mug)).toBe('4 of 5');
    expect(await promised()).toContainEqual(before);
    expect((await scene.told(id)).at(-1)).toEqual(['edited', null, null, 'MUG: 2 → 4']);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('releases only what is less, what waits before what is reserved, and serves whoever waits', async () => {
    const scene = await ordersScene(3);
    const id = await scene.place([exampleLine('MUG', 5)]);
    const waiting = await scene.place([exampleLine('MUG', 1)]);
    expect(await editIn(scene, id, { set: { 0: 4 } })).toMatchObject({ ok: true, value: { status: 'backordered' } });
    expect(await scene.units(id)).toEqual([[0, 3, 1, 0, 0]]);
    expect(await editIn(scene, id, { set: { 0: 2 } })).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect([await scene.units(id), await scene.units(waiting)]).toEqual([[[0, 2, 0, 0, 0]], [[0, 1, 0, 0, 0]]]);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('adds and takes off lines, and the totals follow', async () => {
    const scene = await ordersScene(2, 3);
    const id = await scene.place([exampleLine('MUG', 2, { taxMinor: 100, discountMinor: 50 })]);
    const before = await scene.find(id);
    expect(await editIn(scene, id, { set: { 0: 0 }, add: [['PLATE', 3]] })).toMatchObject({ ok: true });
    const after = await scene.find(id);
    expect(after.lines.map(({ sku, ordered, reserved }) => [sku, ordered, reserved])).toEqual([
      ['MUG', 0, 0],
      ['PLATE', 3, 3],
    ]);
    expect([before.totals.totalMinor, after.totals]).toEqual([
      3_800 - 50 + 100 + 490,
      { subtotalMinor: 5_700, discountMinor: 0, taxMinor: 0, shippingMinor: 490, totalMinor: 6_190 },
    ]);
    expect((await scene.told(id)).at(-1)?.[3]).toBe('MUG: 2 → 0, PLATE: 0 → 3');
    expect(await scene.level(mug)).toBe('0 of 2');
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('moves units from one line to another of the same goods, though nothing else is there', async () => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 2)]);
    const waiting = await scene.place([exampleLine('MUG', 1)]);
    expect(await editIn(scene, id, { set: { 0: 1 }, add: [['MUG', 1]] })).toMatchObject({ ok: true });
    expect([await scene.units(id), await scene.units(waiting)]).toEqual([
      [
        [0, 1, 0, 0, 0],
        [0, 1, 0, 0, 0],
      ],
      [[0, 0, 1, 0, 0]],
    ]);
  });

  it('is refused whole when there is too little, naming each shortfall', async () => {
    const scene = await ordersScene(3, 1);
    const id = await scene.place([exampleLine('MUG', 2)]);
    const before = await scene.find(id);
    expect(await editIn(scene, id, { set: { 0: 5 }, add: [['PLATE', 2]] }, { tags: ['gift'] })).toEqual({
      ok: false,
      error: {
        code: 'order.insufficient_stock',
        shortfalls: [
          { sku: 'MUG', wanted: 3, available: 1 },
          { sku: 'PLATE', wanted: 2, available: 1 },
        ],
      },
    });
    expect([await scene.find(id), await scene.level(mug), await scene.level(plate)]).toEqual([before, '2 of 3', '0 of 1']);
  });

  it('lets what is missing wait where that was asked for', async () => {
    const scene = await ordersScene(3);
    const id = await scene.place([exampleLine('MUG', 2)]);
    const edited = await editIn(scene, id, { set: { 0: 5 }, onShortage: 'backorder' });
    expect(edited).toMatchObject({ ok: true, value: { status: 'backordered' } });
    expect(await scene.units(id)).toEqual([[0, 3, 2, 0, 0]]);
    await scene.receive(mug, 2);
    expect(await scene.find(id)).toMatchObject({ status: 'reserved', lines: [{ reserved: 5 }] });
  });

  it('gets no more than what orders leave that wait', async () => {
    const scene = await ordersScene(1);
    const { rappit, caller } = scene;
    const id = await scene.place([exampleLine('MUG', 1)]);
    const waiting = await scene.place([exampleLine('MUG', 2)]);
    const closed = await scene.addLocation('CLOSED');
    await rappit.changeLocation(caller, closed, { active: false });
    await scene.receive(mug, 2, closed);
    await rappit.changeLocation(caller, closed, { active: true });
    expect(await editIn(scene, id, { set: { 0: 2 } })).toMatchObject({
      ok: false,
      error: { code: 'order.insufficient_stock', shortfalls: [{ sku: 'MUG', wanted: 1, available: 0 }] },
    });
    expect(await scene.units(waiting)).toEqual([[0, 0, 2, 0, 0]]);
    expect(await editIn(scene, id, { set: { 0: 2 }, onShortage: 'backorder' })).toMatchObject({ ok: true });
    expect(await scene.units(waiting)).toEqual([[0, 2, 0, 0, 0]]);
  });

  it('takes back that it was made ready when its units changed, and not when only a price did', async () => {
    const scene = await ordersScene(3);
    const { rappit, caller } = scene;
    const id = await scene.place([exampleLine('MUG', 2)]);
    await rappit.markReady(caller, id);
    const [line] = (await scene.find(id)).lines;
    const change = [{ lineId: line?.id ?? OrderLineId('none'), quantity: 2, unitPriceMinor: 1_500 }];
    const priced = await rappit.editOrder(caller, id, { lines: { change, add: [], onShortage: 'reject' } });
    expect(priced).toMatchObject({
      ok: true,
      value: { status: 'readyToShip', totals: { subtotalMinor: 3_000, totalMinor: 3_490 } },
    });
    expect(await editIn(scene, id, { set: { 0: 3 } })).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect((await scene.told(id)).at(-1)).toEqual(['edited', 'readyToShip', 'reserved', 'MUG: 2 → 3']);
  });

  it('of a kit promises whole kits, and gives whole ones back', async () => {
    const scene = await ordersScene(6, 3);
    const components = [
      { sku: mug, quantity: 2 },
      { sku: plate, quantity: 1 },
    ];
    await scene.rappit.addItem(scene.caller, exampleSku('SET'), exampleItem('Set', { components }));
    const id = await scene.place([exampleLine('MUG', 1)]);
    expect(await editIn(scene, id, { add: [['SET', 2]] })).toMatchObject({ ok: true });
    expect([await scene.level(mug), await scene.level(plate)]).toEqual(['5 of 6', '2 of 3']);
    expect(await editIn(scene, id, { set: { 1: 1 } })).toMatchObject({ ok: true });
    expect([await scene.level(mug), await scene.level(plate)]).toEqual(['3 of 6', '1 of 3']);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it.each([
    ['a line that the order does not have', { set: { 4: 1 } }, { code: 'order.line_not_found' }],
    [
      'goods that nobody knows',
      { add: [['CUP', 1]] },
      { code: 'order.unknown_sku', faults: [{ path: 'addLines[0].sku', message: 'is not a SKU of this organization' }] },
    ],
    ['all of it', { set: { 0: 0 } }, { code: 'order.nothing_left' }],
    [
      'a part of a unit',
      { set: { 0: 1.5 } },
      {
        code: 'order.invalid',
        faults: [{ path: 'changeLines[0].quantity', message: 'must be an integer from 0 to 1000000' }],
      },
    ],
  ] as const)('is refused for %s', async (_, wish, error) => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 2)]);
    const before = await scene.find(id);
    expect(await editIn(scene, id, wish)).toEqual({ ok: false, error });
    expect(await scene.find(id)).toEqual(before);
  });

  it('never goes below what was shipped, and not at all once everything was', async () => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 3)]);
    await scene.rappit.markReady(scene.caller, id);
    await scene.ship(id);
    expect(await editIn(scene, id, { set: { 0: 1 } })).toEqual({
      ok: false,
      error: { code: 'order.below_shipped', path: 'changeLines[0].quantity', least: 2 },
    });
    await scene.receive(mug, 1);
    await scene.rappit.markReady(scene.caller, id);
    await scene.ship(id);
    expect(await editIn(scene, id, { set: { 0: 4 } })).toEqual({
      ok: false,
      error: { code: 'order.invalid_transition', status: 'shipped', action: 'edit' },
    });
  });

  it('leaves alone what a label is being bought for', async () => {
    const scene = await ordersScene(3);
    const id = await scene.place([exampleLine('MUG', 2)]);
    await scene.rappit.markReady(scene.caller, id);
    scene.rappit.carrier.breakDown('lostAfterSale');
    await scene.ship(id);
    expect(await editIn(scene, id, { set: { 0: 1 } })).toEqual({ ok: false, error: { code: 'order.purchase_in_progress' } });
    expect(await editIn(scene, id, { set: { 0: 3 } })).toMatchObject({ ok: true, value: { status: 'readyToShip' } });
  });

  it('of an order whose payment was waited for in vain promises nothing', async () => {
    const scene = await ordersScene(2);
    const { rappit, caller } = scene;
    const id = await scene.place([exampleLine('MUG', 1)], { paymentStatus: 'pending', paymentMethod: 'prepaid' });
    rappit.clock.advance(31 * 60_000);
    await rappit.expireUnpaid(caller.organizationId);
    expect(await editIn(scene, id, { set: { 0: 2 } })).toMatchObject({ ok: false, error: { code: 'order.insufficient_stock' } });
    await editIn(scene, id, { set: { 0: 2 }, onShortage: 'backorder' });
    expect(await scene.units(id)).toEqual([[0, 0, 2, 0, 0]]);
  });
});

describe('editing facts of an order', () => {
  it('changes addresses and tags with the lines, each told by itself', async () => {
    const scene = await ordersScene(3);
    const id = await scene.place([exampleLine('MUG', 2)], { tags: ['old', 'gift'] });
    const edited = await editIn(
      scene,
      id,
      { set: { 0: 3 } },
      { billingAddress: exampleAddress, tags: ['gift', ' rush '], version: 1 },
    );
    expect(edited).toMatchObject({ ok: true, value: { tags: ['gift', 'rush'], billingAddress: exampleAddress, version: 4 } });
    expect((await scene.told(id)).slice(1)).toEqual([
      ['addressChanged', null, null, 'billing'],
      ['tagged', null, null, '+ rush, − old'],
      ['edited', null, null, 'MUG: 2 → 3'],
    ]);
  });

  it('is refused when somebody has changed the order since it was read', async () => {
    const scene = await ordersScene(3);
    const id = await scene.place([exampleLine('MUG', 2)]);
    await scene.rappit.addNote(scene.caller, id, 'Rang the bell.');
    expect(await scene.rappit.editOrder(scene.caller, id, { tags: ['gift'], version: 1 })).toEqual({
      ok: false,
      error: { code: 'order.changed', version: 2 },
    });
  });

  it('is no change where everything is so already', async () => {
    const scene = await ordersScene(3);
    const id = await scene.place([exampleLine('MUG', 2)], { tags: ['gift'] });
    const before = await scene.find(id);
    expect(await editIn(scene, id, { set: { 0: 2 } }, { tags: ['gift'] })).toEqual({ ok: true, value: before });
    expect(await scene.find(id)).toEqual(before);
  });
});
