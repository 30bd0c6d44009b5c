import { OrderLineId } from '@rappit/domain';
import { PERSONAL } from '../../../../test/markers.js';
import { exampleAddress } from '../fakes/index.js';
import { mug } from './orders-scene.test-kit.js';
import { shopLine, shopOrder, shopScene } from './shop-scene.test-kit.js';

const sound = { levels: [], lines: [] };

const gone = [shopLine('MUG', 2, { shipped: 2 })];

/** Two mugs of 10 each that a shop sold and sent, and a return of both that may come and be given money for. */
const refunding = async () => {
  const scene = await shopScene(2);
  const { rappit, caller } = scene;
  await scene.hear(shopOrder(1, gone));
  const id = await scene.orderId();
  const lineId = (await scene.find(id)).lines[0]?.id ?? OrderLineId('');
  const lines = [{ lineId, quantity: 2, reason: 'other' as const }];
  const requested = await rappit.requestReturn(caller, id, { lines, note: null });
  if (!requested.ok) throw new Error(requested.error.code);
  await rappit.authoriseReturn(caller, requested.value.id, null);
  return {
    ...scene,
    refund: (amountMinor: number) => rappit.refundReturn(caller, requested.value.id, { amountMinor, reference: null }),
    payment: async () => {
      const { paymentStatus, refundedMinor } = await scene.find(id);
      return [paymentStatus, refundedMinor];
    },
  };
};

describe('news of an order of a shop', () => {
  it('release what the shop took off, and serve whoever waits', async () => {
    const scene = await shopScene(3);
    await scene.hear(shopOrder(1, [shopLine('MUG', 3)]));
    const waiting = await scene.place([{ ...shopLine('MUG', 1), external: null }]);
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 3, { cancelled: 2 })]))).toBe('updated');
    const id = await scene.orderId();
    expect([await scene.units(id), await scene.units(waiting)]).toEqual([[[0, 1, 0, 0, 2]], [[0, 1, 0, 0, 0]]]);
    expect((await scene.told(id)).at(-1)).toEqual(['linesCancelled', null, null, 'MUG: cancelled 0 → 2']);
    expect(await scene.books()).toMatchObject(sound);
  });

  it('promise what the shop added, behind whoever waits, and let what is missing wait', async () => {
    const scene = await shopScene(2, 1);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1)]));
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 4), shopLine('PLATE', 1)]))).toBe('updated');
    const id = await scene.orderId();
    expect(await scene.units(id)).toEqual([
      [0, 2, 2, 0, 0],
      [0, 1, 0, 0, 0],
    ]);
    expect((await scene.find(id)).status).toBe('backordered');
    expect((await scene.find(id)).totals.totalMinor).toBe(5_000);
    expect(await scene.books()).toMatchObject(sound);
  });

  it('cancel the order with its reason', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    const cancelled = shopOrder(2, [shopLine('MUG', 2, { cancelled: 2 })], {
      cancelReason: 'fraudSuspected',
      paymentStatus: 'refunded',
    });
    expect(await scene.outcome(cancelled)).toBe('updated');
    const order = await scene.find(await scene.orderId());
    expect(order).toMatchObject({ status: 'cancelled', paymentStatus: 'refunded', paidMinor: 2_000, refundedMinor: 2_000 });
    expect(await scene.told(order.id)).toContainEqual(['cancelled', 'reserved', 'cancelled', 'fraudSuspected']);
    expect(await scene.level(mug)).toBe('0 of 2');
  });

  it('place an order that was cancelled before it was heard of as cancelled, and its creation changes nothing', async () => {
    const scene = await shopScene(2);
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 2, { cancelled: 2 })]))).toBe('placed');
    expect(await scene.outcome(shopOrder(1, [shopLine('MUG', 2)]))).toBe('stale');
    expect((await scene.find(await scene.orderId())).status).toBe('cancelled');
    expect(await scene.level(mug)).toBe('0 of 2');
  });

  it('count what the shop says was shipped as gone from where it was promised', async () => {
    const scene = await shopScene(3);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 2, { shipped: 1 })]))).toBe('updated');
    const id = await scene.orderId();
    expect(await scene.units(id)).toEqual([[0, 1, 0, 1, 0]]);
    expect([await scene.level(mug), (await scene.find(id)).status]).toEqual(['1 of 2', 'partiallyShipped']);
    await scene.hear(shopOrder(3, [shopLine('MUG', 2, { shipped: 2 })]));
    expect([await scene.level(mug), (await scene.find(id)).status]).toEqual(['0 of 1', 'shipped']);
    expect(await scene.books()).toMatchObject(sound);
  });

  it('tell of an order that was shipped elsewhere, and have nobody act on what it only passed through', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    await scene.hear(shopOrder(2, [shopLine('MUG', 2, { shipped: 2 })]));
    const id = await scene.orderId();
    expect((await scene.told(id)).slice(1)).toEqual([
      ['edited', 'reserved', 'readyToShip', null],
      ['edited', 'readyToShip', 'shipped', 'MUG: shipped elsewhere 0 → 2'],
    ]);
    const events = scene.rappit.memory.eventsOf(scene.caller.organizationId).filter(({ aggregateId }) => aggregateId === id);
    expect(events.map(({ type, data }) => [type, data['status']])).toEqual([
      ['order.placed', 'reserved'],
      ['order.edited', 'shipped'],
    ]);
  });

  it('take one unit as shipped and another as given up in one word', async () => {
    const scene = await shopScene(5);
    await scene.hear(shopOrder(1, [shopLine('MUG', 4)]));
    await scene.hear(shopOrder(2, [shopLine('MUG', 4, { shipped: 1, cancelled: 2 })]));
    const id = await scene.orderId();
    expect(await scene.units(id)).toEqual([[0, 1, 0, 1, 2]]);
    expect(await scene.level(mug)).toBe('1 of 4');
    expect(await scene.books()).toMatchObject(sound);
  });

  it('ship nothing a second time that left with a label of ours', async () => {
    const scene = await shopScene(3);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    const id = await scene.orderId();
    await scene.rappit.markReady(scene.caller, id);
    await scene.ship(id);
    expect(await scene.level(mug)).toBe('0 of 1');
    await scene.hear(shopOrder(2, [shopLine('MUG', 2, { shipped: 2 })]));
    await scene.hear(shopOrder(3, [shopLine('MUG', 2, { cancelled: 2 })], { paymentStatus: 'refunded' }));
    expect(await scene.units(id)).toEqual([[0, 0, 0, 2, 0]]);
    expect([await scene.level(mug), (await scene.find(id)).status]).toEqual(['0 of 1', 'shipped']);
    expect(await scene.books()).toMatchObject(sound);
  });

  it('ask for nothing again that left with a label of ours and that the shop has not heard of', async () => {
    const scene = await shopScene(5);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    const id = await scene.orderId();
    await scene.rappit.markReady(scene.caller, id);
    await scene.ship(id);
    await scene.hear(shopOrder(2, [shopLine('MUG', 3)]));
    expect(await scene.units(id)).toEqual([[0, 1, 0, 2, 0]]);
    expect([await scene.level(mug), (await scene.find(id)).status]).toEqual(['1 of 3', 'partiallyShipped']);
  });

  it('get only what orders leave that wait already', async () => {
    const scene = await shopScene(1);
    const { rappit, caller } = scene;
    await scene.hear(shopOrder(1, [shopLine('MUG', 1)]));
    const waiting = await scene.place([{ ...shopLine('MUG', 2), external: null }]);
    const closed = await scene.addLocation('CLOSED');
    await rappit.changeLocation(caller, closed, { active: false });
    await scene.receive(mug, 2, closed);
    await rappit.changeLocation(caller, closed, { active: true });
    await scene.hear(shopOrder(2, [shopLine('MUG', 2)]));
    expect([await scene.units(waiting), await scene.units(await scene.orderId())]).toEqual([
      [[0, 2, 0, 0, 0]],
      [[0, 1, 1, 0, 0]],
    ]);
  });

  it('leave shipped what is on a return, though the shop takes back that it was shipped', async () => {
    const scene = await shopScene(3);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2, { shipped: 2 })]));
    const id = await scene.orderId();
    const lineId = (await scene.find(id)).lines[0]?.id ?? OrderLineId('');
    const lines = [{ lineId, quantity: 1, reason: 'other' as const }];
    expect(await scene.rappit.requestReturn(scene.caller, id, { lines, note: null })).toMatchObject({ ok: true });
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 2, { cancelled: 2 })]))).toBe('updated');
    expect(await scene.units(id)).toEqual([[0, 0, 0, 1, 1]]);
  });

  it('leave alone what was cancelled, added or written here', async () => {
    const scene = await shopScene(5, 5);
    const { rappit, caller } = scene;
    await scene.hear(shopOrder(1, [shopLine('MUG', 3)], { tags: ['gift'] }));
    const id = await scene.orderId();
    const [line] = (await scene.find(id)).lines;
    const cancelled = { reason: 'outOfStock', lines: [{ lineId: line?.id ?? OrderLineId(''), quantity: 1 }] } as const;
    await rappit.cancelLines(caller, id, cancelled);
    const plate = { sku: 'PLATE', name: null, quantity: 2, unitPriceMinor: 500, taxMinor: 0, discountMinor: 0 };
    const shippingAddress = { ...exampleAddress, lines: [`Corrected ${PERSONAL}`] };
    await rappit.editOrder(caller, id, {
      lines: { change: [], add: [plate], onShortage: 'backorder' },
      tags: ['gift', 'ours'],
      shippingAddress,
    });
    await scene.hear(shopOrder(2, [shopLine('MUG', 3)], { tags: ['express'], paymentStatus: 'paid' }));
    expect(await scene.units(id)).toEqual([
      [0, 2, 0, 0, 1],
      [0, 2, 0, 0, 0],
    ]);
    expect(await scene.find(id)).toMatchObject({ tags: ['ours', 'express'], shippingAddress });
    await scene.hear(shopOrder(3, [shopLine('MUG', 2)], { tags: ['express'] }));
    expect((await scene.units(id))[0]).toEqual([0, 1, 0, 0, 1]);
    expect(await scene.books()).toMatchObject(sound);
  });

  it('empty a line that the shop tells no more', async () => {
    const scene = await shopScene(2, 2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1), shopLine('PLATE', 2)]));
    await scene.hear(shopOrder(2, [shopLine('PLATE', 2)]));
    const order = await scene.find(await scene.orderId());
    expect(order.lines.map(({ ordered, reserved }) => [ordered, reserved])).toEqual([
      [0, 0],
      [2, 2],
    ]);
    expect(order.status).toBe('reserved');
  });

  it('cancel an order of which the shop tells no line any more', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1)]));
    expect(await scene.outcome(shopOrder(2, []))).toBe('updated');
    expect((await scene.find(await scene.orderId())).status).toBe('cancelled');
  });

  it('hold an order for goods that nobody knows, and let it go when they are taken off', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1)]));
    const id = await scene.orderId();
    await scene.hear(shopOrder(2, [shopLine('MUG', 1), shopLine('NOBODY KNOWS', 2)]));
    expect(await scene.find(id)).toMatchObject({ status: 'onHold', hold: 'unmappedSku' });
    expect(await scene.units(id)).toEqual([
      [0, 1, 0, 0, 0],
      [2, 0, 0, 0, 0],
    ]);
    await scene.hear(shopOrder(3, [shopLine('MUG', 1)]));
    expect(await scene.find(id)).toMatchObject({ status: 'reserved', hold: null });
  });

  it('keep two lines of one id apart', async () => {
    const scene = await shopScene(5);
    const twice = (first: number, second: number) => [shopLine('MUG', first), shopLine('MUG', second)];
    await scene.hear(shopOrder(1, twice(1, 2)));
    await scene.hear(shopOrder(2, twice(1, 3)));
    expect(await scene.units(await scene.orderId())).toEqual([
      [0, 1, 0, 0, 0],
      [0, 3, 0, 0, 0],
    ]);
  });

  it('are put off while a label is being bought for what is to go', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    const id = await scene.orderId();
    await scene.rappit.markReady(scene.caller, id);
    scene.rappit.carrier.breakDown('lostAfterSale');
    await scene.ship(id);
    const cancelled = shopOrder(2, [shopLine('MUG', 2, { cancelled: 2 })]);
    expect(await scene.outcome(cancelled)).toBe('order.purchase_in_progress');
    expect(await scene.units(id)).toEqual([[0, 2, 0, 0, 0]]);
  });

  it.each([
    ['one that was cancelled before it was heard of', [shopLine('MUG', 2, { cancelled: 2 })]],
    ['one that was here', [shopLine('MUG', 2)]],
  ])('begin %s again when the shop goes on with it', async (_, first) => {
    const scene = await shopScene(3);
    await scene.hear(shopOrder(1, first));
    await scene.hear(shopOrder(2, [shopLine('MUG', 2, { cancelled: 2 })], { cancelReason: 'paymentFailed' }));
    const id = await scene.orderId();
    expect([(await scene.find(id)).status, await scene.level(mug)]).toEqual(['cancelled', '0 of 3']);
    expect(await scene.outcome(shopOrder(3, [shopLine('MUG', 2)]))).toBe('updated');
    expect([(await scene.find(id)).status, await scene.level(mug)]).toEqual(['reserved', '2 of 3']);
    expect((await scene.told(id)).slice(-2)).toEqual([
      ['edited', 'cancelled', 'new', null],
      ['edited', 'new', 'reserved', 'MUG: cancelled 2 → 0'],
    ]);
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 2, { cancelled: 2 })]))).toBe('stale');
    expect(await scene.books()).toMatchObject(sound);
  });

  it('begin one again behind whoever waits, and let it wait where nothing is left', async () => {
    const scene = await shopScene(1);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1, { cancelled: 1 })]));
    await scene.place([{ ...shopLine('MUG', 1), external: null }]);
    await scene.hear(shopOrder(2, [shopLine('MUG', 1)]));
    const id = await scene.orderId();
    expect([(await scene.find(id)).status, await scene.units(id)]).toEqual(['backordered', [[0, 0, 1, 0, 0]]]);
  });

  it('leave cancelled what was cancelled here, however often the shop tells of it', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    const id = await scene.orderId();
    expect(await scene.rappit.cancelOrder(scene.caller, id, 'outOfStock')).toMatchObject({ ok: true });
    await scene.hear(shopOrder(2, [shopLine('MUG', 2)], { tags: ['gift'] }));
    expect([(await scene.find(id)).status, await scene.level(mug)]).toEqual(['cancelled', '0 of 2']);
  });

  it('are refused for a line that no order may have', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1)]));
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 1.5)]))).toBe('order.invalid');
  });

  it('of what was given back move the payment', async () => {
    const scene = await shopScene(2);
    const lines = [shopLine('MUG', 2)];
    await scene.hear(shopOrder(1, lines));
    await scene.hear(shopOrder(2, lines, { paymentStatus: 'partiallyRefunded', refundedMinor: 300 }));
    const id = await scene.orderId();
    expect(await scene.find(id)).toMatchObject({ paymentStatus: 'partiallyRefunded', paidMinor: 2_000, refundedMinor: 300 });
    await scene.hear(shopOrder(3, lines, { paymentStatus: 'partiallyRefunded', refundedMinor: 900 }));
    expect((await scene.find(id)).refundedMinor).toBe(900);
    expect((await scene.told(id)).at(-1)).toEqual(['paymentRecorded', null, null, 'partiallyRefunded']);
  });

  it.each([
    ['less than was given back here', { paymentStatus: 'partiallyRefunded', refundedMinor: 300 }, ['partiallyRefunded', 1_200]],
    ['nothing of it', { paymentStatus: 'partiallyRefunded', refundedMinor: null }, ['partiallyRefunded', 1_200]],
    ['more than it', { paymentStatus: 'partiallyRefunded', refundedMinor: 1_500 }, ['partiallyRefunded', 1_500]],
    ['all of the payment', { paymentStatus: 'refunded', refundedMinor: 2_000 }, ['refunded', 2_000]],
    ['that money is awaited', { paymentStatus: 'pending', refundedMinor: 0 }, ['pending', 1_200]],
  ] as const)('of what was given back that tell %s leave what returns were given', async (_, told, expected) => {
    const { refund, hear, payment } = await refunding();
    expect(await refund(1_200)).toMatchObject({ ok: true });
    await hear(shopOrder(2, gone, told));
    expect(await payment()).toEqual(expected);
    expect(await refund(2_000 - expected[1] + 1)).toMatchObject({ ok: false });
  });

  it('of other totals alone leave what was paid and given back as it is', async () => {
    const { refund, hear, find, orderId } = await refunding();
    expect(await refund(1_200)).toMatchObject({ ok: true });
    const totals = { subtotalMinor: 2_000, discountMinor: 1_000, taxMinor: 0, shippingMinor: 0, totalMinor: 1_000 };
    await hear(shopOrder(2, gone, { totals }));
    expect(await find(await orderId())).toMatchObject({
      totals,
      paymentStatus: 'partiallyRefunded',
      paidMinor: 2_000,
      refundedMinor: 1_200,
    });
  });

  it('of an order that grew and is paid in part by now keep what was paid, until all is', async () => {
    const scene = await shopScene(3);
    await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
    const id = await scene.orderId();
    await scene.hear(shopOrder(2, [shopLine('MUG', 3)], { paymentStatus: 'pending', statuses: { payment: 'partially_paid' } }));
    expect(await scene.find(id)).toMatchObject({ paymentStatus: 'pending', paidMinor: 2_000, refundedMinor: 0 });
    await scene.hear(shopOrder(3, [shopLine('MUG', 3)]));
    expect(await scene.find(id)).toMatchObject({ paymentStatus: 'paid', paidMinor: 3_000 });
  });

  it('are remembered when nothing else changed, so that what was told before them comes too late', async () => {
    const scene = await shopScene(2);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1)]));
    await scene.hear(shopOrder(3, [shopLine('MUG', 1)]));
    expect(await scene.outcome(shopOrder(2, [shopLine('MUG', 2)]))).toBe('stale');
    const id = await scene.orderId();
    expect(await scene.told(id)).toHaveLength(1);
    expect(await scene.units(id)).toEqual([[0, 1, 0, 0, 0]]);
  });

  it('told again change nothing, also when the order was changed here since', async () => {
    const scene = await shopScene(2);
    const told = shopOrder(1, [shopLine('MUG', 2)], { tags: ['gift'] });
    await scene.hear(told);
    const id = await scene.orderId();
    await scene.rappit.editOrder(scene.caller, id, { tags: [] });
    const before = await scene.find(id);
    expect(await scene.outcome(told)).toBe('known');
    expect(await scene.find(id)).toEqual(before);
  });
});
