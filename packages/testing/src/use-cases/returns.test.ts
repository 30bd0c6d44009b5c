import {
  type Arrived,
  bug,
  type OrderId,
  type Refusal,
  type RequestedLine,
  type Result,
  type Return,
  type ReturnId,
  type Sku,
  settleDeliveries,
} from '@rappit/domain';
import { exampleItem, exampleLine, exampleParcel, exampleSku } from '../fakes/index.js';
import { mug, ordersScene, plate } from './orders-scene.test-kit.js';

const must = <Value>(result: Result<Value, Refusal>): Value => (result.ok ? result.value : bug(result.error.code));

type Scene = Awaited<ReturnType<typeof ordersScene>>;

/** What is done to returns of an order of the scene, lines named by their places. */
const returning = (scene: Scene, id: OrderId) => {
  const { rappit, caller, find, locationId } = scene;
  const lineAt = async (place: number) => (await find(id)).lines[place]?.id ?? bug('there is such a line');
  const request = async (...units: readonly number[]) => {
    const lines: RequestedLine[] = [];
    for (const [place, quantity] of units.entries())
      if (quantity > 0) lines.push({ lineId: await lineAt(place), quantity, reason: 'doesNotFit' });
    return rappit.requestReturn(caller, id, { lines, note: null });
  };
  const receive = async (
    one: ReturnId,
    ...goods: readonly (readonly [place: number, quantity: number, facts?: Partial<Arrived>])[]
  ) => {
    const lines: Arrived[] = [];
    for (const [place, quantity, facts] of goods)
      lines.push({ lineId: await lineAt(place), sku: null, quantity, condition: 'sellable', ...facts });
    return rappit.receiveReturn(caller, one, { locationId, lines });
  };
  const authorised = async (...units: readonly number[]): Promise<Return> =>
    must(await rappit.authoriseReturn(caller, must(await request(...units)).id, null));
  /** Of each line: how many are on returns, and how many came back. */
  const counts = async () => (await find(id)).lines.map((line) => [line.returning, line.returned]);
  return { ...scene, id, request, receive, authorised, counts };
};

/** An order of so many mugs and plates, shipped. */
const shipped = async (mugs = 3, plates = 0) => {
  const scene = await ordersScene(mugs, plates);
  const id = await scene.place([exampleLine('MUG', mugs), ...(plates > 0 ? [exampleLine('PLATE', plates)] : [])], {
    paymentStatus: 'paid',
  });
  must(await scene.rappit.markReady(scene.caller, id));
  must(await scene.ship(id));
  return returning(scene, id);
};

const damaged = { condition: 'damaged' } as const;

describe('a request', () => {
  it('is kept with its reasons and numbered within its order, and counted on the lines', async () => {
    const { request, counts, told, id, rappit, caller } = await shipped();
    expect(await request(2)).toMatchObject({
      ok: true,
      value: {
        orderId: id,
        number: '1001-R1',
        status: 'requested',
        lines: [{ sku: 'MUG', quantity: 2, reason: 'doesNotFit' }],
        version: 1,
      },
    });
    expect(await request(1)).toMatchObject({ value: { number: '1001-R2' } });
    expect(await counts()).toEqual([[3, 0]]);
    expect((await told(id)).slice(-2)).toEqual([
      ['returnRequested', null, null, '1001-R1: 2 × MUG (doesNotFit)'],
      ['returnRequested', null, null, '1001-R2: 1 × MUG (doesNotFit)'],
    ]);
    const events = rappit.memory.eventsOf(caller.organizationId).filter(({ type }) => type.includes('return'));
    expect(events.map(({ type }) => type).sort()).toEqual([
      ...['order.return_requested', 'order.return_requested'],
      ...['return.requested', 'return.requested'],
    ]);
  });

  it('is refused beyond what was shipped, over all returns of the order, and changes nothing', async () => {
    const { request, counts, find, id } = await shipped();
    must(await request(2));
    const before = await find(id);
    expect(await request(2)).toEqual({
      ok: false,
      error: { code: 'return.quantity_exceeded', path: 'lines[0].quantity', available: 1 },
    });
    expect(await find(id)).toEqual(before);
    expect(await counts()).toEqual([[2, 0]]);
  });

  it('is refused for an order of which nothing was shipped, whatever its status', async () => {
    const scene = await ordersScene(2);
    const { request, id, rappit, caller } = returning(scene, await scene.place([exampleLine('MUG', 2)]));
    const refused = (status: string) => ({
      ok: false,
      error: { code: 'order.invalid_transition', status, action: 'requestReturn' },
    });
    expect(await request(1)).toEqual(refused('reserved'));
    must(await rappit.markReady(caller, id));
    expect(await request(1)).toEqual(refused('readyToShip'));
    must(await rappit.cancelOrder(caller, id, 'other'));
    expect(await request(1)).toEqual(refused('cancelled'));
  });

  it('may be made of what left, while the rest waits', async () => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 3)]);
    must(await scene.rappit.markReady(scene.caller, id));
    must(await scene.ship(id));
    const { request, counts, find } = returning(scene, id);
    expect((await find(id)).status).toBe('partiallyShipped');
    expect(await request(3)).toMatchObject({ error: { available: 2 } });
    must(await request(2));
    expect(await counts()).toEqual([[2, 0]]);
  });

  it('of all that left makes the order returned only once nothing of it waits any more', async () => {
    const scene = await ordersScene(2);
    const id = await scene.place([exampleLine('MUG', 3)]);
    const { rappit, caller } = scene;
    must(await rappit.markReady(caller, id));
    must(await scene.ship(id));
    const { authorised, receive, find, counts } = returning(scene, id);
    must(await receive((await authorised(2)).id, [0, 2, damaged]));
    expect([(await find(id)).status, await counts()]).toEqual(['partiallyShipped', [[0, 2]]]);
    expect(await rappit.cancelOrder(caller, id, 'other')).toMatchObject({ value: { status: 'shipped' } });
    const hear = settleDeliveries({ unitOfWork: rappit.memory.unitOfWork, ids: rappit.ids });
    const event = rappit.memory.eventsOf(caller.organizationId).findLast(({ type }) => type === 'order.lines_cancelled');
    await hear(caller.organizationId, event ?? bug('it was told'));
    expect((await find(id)).status).toBe('returned');
  });

  it('is refused when it names nothing, a line twice or a line that the order has not', async () => {
    const { rappit, caller, id, find } = await shipped();
    const [line] = (await find(id)).lines;
    const asked = { lineId: line?.id ?? bug('a line'), quantity: 1, reason: 'other' } as const;
    const ask = (lines: readonly RequestedLine[]) => rappit.requestReturn(caller, id, { lines, note: null });
    expect(await ask([])).toMatchObject({ error: { code: 'order.invalid' } });
    expect(await ask([asked, asked])).toMatchObject({ error: { code: 'order.invalid', faults: [{ path: 'lines[1].lineId' }] } });
    expect(await ask([{ ...asked, quantity: 0 }])).toMatchObject({ error: { code: 'quantity.invalid' } });
    const unknown = rappit.ids.next() as typeof asked.lineId;
    expect(await ask([{ ...asked, lineId: unknown }])).toMatchObject({ error: { code: 'order.line_not_found' } });
  });

  it('that was rejected or cancelled frees its units for another one', async () => {
    const { request, rappit, caller, counts, told, id } = await shipped();
    expect(await rappit.rejectReturn(caller, must(await request(3)).id, 'worn')).toMatchObject({ value: { status: 'rejected' } });
    expect((await told(id)).at(-1)).toEqual(['returnRejected', null, null, '1001-R1: worn']);
    expect(await rappit.cancelReturn(caller, must(await request(3)).id, null)).toMatchObject({ value: { status: 'cancelled' } });
    expect(await counts()).toEqual([[0, 0]]);
    must(await request(3));
  });
});

describe('goods that come back', () => {
  it('are on hand again when they are sellable, and written off when they are damaged, each with a row of the ledger', async () => {
    const { authorised, receive, counts, level, find, id, books, rappit, caller } = await shipped();
    const one = await authorised(3);
    expect(await receive(one.id, [0, 1], [0, 1, damaged])).toMatchObject({
      value: { status: 'partlyReceived', lines: [{ parts: [{ sellable: 1, damaged: 1 }] }] },
    });
    expect(await level(mug)).toBe('0 of 1');
    expect(await counts()).toEqual([[1, 2]]);
    expect((await find(id)).status).toBe('shipped');
    const ledger = await rappit.memory.unitOfWork.read(caller.organizationId, ({ stock }) => stock.movements({ limit: 3 }, {}));
    expect(ledger.data.map((row) => [row.kind, row.onHandDelta, row.reason, row.reference?.id]).reverse()).toEqual([
      ['restock', 1, null, one.id],
      ['restock', 1, null, one.id],
      ['adjustment', -1, 'damage', one.id],
    ]);
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('make the order returned when all of it came back, by whichever return', async () => {
    const { authorised, receive, find, id, told, rappit, caller } = await shipped(2, 1);
    const [first, second] = [await authorised(2), await authorised(0, 1)];
    expect(await receive(second.id, [1, 1, damaged])).toMatchObject({ value: { status: 'received' } });
    expect((await find(id)).status).toBe('shipped');
    expect(await receive(first.id, [0, 2])).toMatchObject({ value: { status: 'received' } });
    expect((await find(id)).status).toBe('returned');
    expect((await told(id)).slice(-2)).toEqual([
      ['returnReceived', null, null, '1001-R1: 2 × MUG (sellable)'],
      ['returned', 'shipped', 'returned', '1001-R1'],
    ]);
    const events = rappit.memory.eventsOf(caller.organizationId).map(({ type }) => type);
    expect(events.filter((type) => type === 'return.received' || type === 'order.returned')).toHaveLength(3);
  });

  it('are given to orders that wait, before anybody else, in the same moment', async () => {
    const { authorised, receive, place, units, level } = await shipped();
    const waits = await place([exampleLine('MUG', 2)]);
    await receive((await authorised(3)).id, [0, 3]);
    expect(await units(waits)).toEqual([[0, 2, 0, 0, 0]]);
    expect(await level(mug)).toBe('2 of 3');
  });

  it('are of no use to orders that wait when they are damaged', async () => {
    const { authorised, receive, place, units, books } = await shipped();
    const waits = await place([exampleLine('MUG', 2)]);
    await receive((await authorised(3)).id, [0, 3, damaged]);
    expect(await units(waits)).toEqual([[0, 0, 2, 0, 0]]);
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('may come to a location that never had any', async () => {
    const { authorised, rappit, caller, addLocation, level, find, id } = await shipped();
    const one = await authorised(1);
    const [line] = (await find(id)).lines;
    const lines = [{ lineId: line?.id ?? bug('a line'), sku: null, quantity: 1, condition: 'sellable' as const }];
    must(await rappit.receiveReturn(caller, one.id, { locationId: await addLocation('BACK'), lines }));
    expect((await level(mug)).split(', ').sort()).toEqual(['0 of 0', '0 of 1']);
  });

  it.each([
    ['more than is awaited', (scene: Returning, one: Return) => scene.receive(one.id, [0, 3]), 'return.quantity_exceeded'],
    [
      'goods of a line that is not on it',
      (scene: Returning, one: Return) => scene.receive(one.id, [1, 1]),
      'return.line_not_found',
    ],
    ['none of them', (scene: Returning, one: Return) => scene.receive(one.id, [0, 0]), 'quantity.invalid'],
  ] as const)('are refused when they are %s, and nothing is half done', async (_, act, code) => {
    const scene = await shipped(3, 1);
    const one = await scene.authorised(2);
    const before = [await scene.find(scene.id), await scene.level(mug), await scene.level(plate)];
    expect(await act(scene, one)).toMatchObject({ ok: false, error: { code } });
    expect([await scene.find(scene.id), await scene.level(mug), await scene.level(plate)]).toEqual(before);
  });

  it('are refused when their SKU stands for a kit by now, and nothing is half done', async () => {
    const { authorised, receive, rappit, caller, find, id, books } = await shipped();
    const one = await authorised(3);
    must(await rappit.removeItem(caller, mug));
    const components = [{ sku: plate, quantity: 2 }];
    must(await rappit.addItem(caller, mug, exampleItem('A set', { components })));
    const before = await find(id);
    expect(await receive(one.id, [0, 3])).toEqual({ ok: false, error: { code: 'item.is_kit' } });
    expect(await find(id)).toEqual(before);
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('are refused before they are authorised, and after the return has ended', async () => {
    const { request, receive, rappit, caller } = await shipped();
    const one = must(await request(1));
    const refused = (status: string) => ({ ok: false, error: { code: 'return.invalid_transition', status, action: 'receive' } });
    expect(await receive(one.id, [0, 1])).toEqual(refused('requested'));
    must(await rappit.authoriseReturn(caller, one.id, null));
    must(await receive(one.id, [0, 1]));
    expect(await receive(one.id, [0, 1])).toEqual(refused('received'));
  });

  it('are awaited no more once the rest was cancelled, and the rest may be asked for once more', async () => {
    const { authorised, receive, rappit, caller, counts, request } = await shipped();
    const one = await authorised(3);
    must(await receive(one.id, [0, 1]));
    expect(await rappit.cancelReturn(caller, one.id, null)).toMatchObject({
      value: { status: 'received', lines: [{ quantity: 3, cancelled: 2 }] },
    });
    expect(await counts()).toEqual([[0, 1]]);
    expect(await request(3)).toMatchObject({ error: { available: 2 } });
    must(await request(2));
  });
});

type Returning = Awaited<ReturnType<typeof shipped>>;

describe('a kit', () => {
  const kitOrder = async () => {
    const scene = await ordersScene(4, 2);
    const { rappit, caller } = scene;
    const components = [
      { sku: mug, quantity: 2 },
      { sku: plate, quantity: 1 },
    ];
    await rappit.addItem(caller, exampleSku('KIT'), exampleItem('A set', { components }));
    const id = await scene.place([exampleLine('KIT', 2)]);
    must(await rappit.markReady(caller, id));
    must(await scene.ship(id));
    return returning(scene, id);
  };
  const levels = async ({ level }: Pick<Scene, 'level'>) => [await level(mug), await level(plate)];

  it('comes back as its components', async () => {
    const scene = await kitOrder();
    expect(await levels(scene)).toEqual(['0 of 0', '0 of 0']);
    must(await scene.receive((await scene.authorised(2)).id, [0, 2]));
    expect(await levels(scene)).toEqual(['0 of 4', '0 of 2']);
    expect((await scene.find(scene.id)).status).toBe('returned');
  });

  it('may come back one component after the other, and is back when all of them are', async () => {
    const scene = await kitOrder();
    const one = await scene.authorised(1);
    const only = (sku: Sku, facts: Partial<Arrived> = {}) => ({ sku, ...facts });
    must(await scene.receive(one.id, [0, 2, only(mug)]));
    expect(await scene.counts()).toEqual([[1, 0]]);
    must(await scene.receive(one.id, [0, 1, only(plate, damaged)]));
    expect(await scene.counts()).toEqual([[0, 1]]);
    expect(await levels(scene)).toEqual(['0 of 2', '0 of 0']);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('that came back in part can not come back once more', async () => {
    const scene = await kitOrder();
    const one = await scene.authorised(2);
    must(await scene.receive(one.id, [0, 1, { sku: mug }]));
    must(await scene.rappit.cancelReturn(scene.caller, one.id, null));
    expect(await scene.counts()).toEqual([[1, 0]]);
    expect(await scene.request(2)).toMatchObject({ error: { available: 1 } });
    must(await scene.receive((await scene.authorised(1)).id, [0, 1]));
    expect((await scene.find(scene.id)).status).toBe('shipped');
  });
});

describe('a refund', () => {
  it('is recorded on the return and as one of the payment, exactly, up to what was paid and no further', async () => {
    const { authorised, rappit, caller, find, id, told } = await shipped();
    const one = await authorised(3);
    const refund = (amountMinor: number) => rappit.refundReturn(caller, one.id, { amountMinor, reference: null });
    const { paidMinor } = await find(id);
    expect(await refund(paidMinor + 1)).toEqual({
      ok: false,
      error: {
        code: 'payment.amount_invalid',
        message: `must be at least 1 and at most ${paidMinor}, what is left of the payment`,
      },
    });
    expect(await refund(0)).toMatchObject({ error: { code: 'payment.amount_invalid' } });
    expect(await refund(1)).toMatchObject({ value: { refundedMinor: 1 } });
    expect(await find(id)).toMatchObject({ paymentStatus: 'partiallyRefunded', refundedMinor: 1 });
    expect((await told(id)).at(-1)).toEqual(['paymentRecorded', null, null, 'partiallyRefunded 0.01 EUR 1001-R1']);
    expect(await refund(paidMinor - 1)).toMatchObject({ value: { refundedMinor: paidMinor } });
    expect(await find(id)).toMatchObject({ paymentStatus: 'refunded', refundedMinor: paidMinor });
    expect(await refund(1)).toMatchObject({
      error: { code: 'payment.invalid_transition', from: 'refunded', to: 'partiallyRefunded' },
    });
  });

  it('is refused of what was never paid, and before the return is authorised', async () => {
    const scene = await ordersScene(1);
    const id = await scene.place([exampleLine('MUG', 1)], { paymentStatus: 'pending', paymentMethod: 'cashOnDelivery' });
    must(await scene.rappit.markReady(scene.caller, id));
    must(await scene.ship(id));
    const { request, rappit, caller } = returning(scene, id);
    const one = must(await request(1));
    const refund = () => rappit.refundReturn(caller, one.id, { amountMinor: 1, reference: null });
    expect(await refund()).toMatchObject({ error: { code: 'return.invalid_transition', action: 'refund' } });
    must(await rappit.authoriseReturn(caller, one.id, null));
    expect(await refund()).toMatchObject({ error: { code: 'payment.invalid_transition', from: 'pending' } });
  });
});

describe('a shipment beside a return', () => {
  const outwards = async ({ rappit, caller, id }: Returning) => {
    const { data } = await rappit.memory.unitOfWork.read(caller.organizationId, ({ shipments }) =>
      shipments.list({ limit: 1 }, { orderId: id }),
    );
    return data[0] ?? bug('the order was shipped');
  };
  const firstShipment = async (scene: Returning) => (await outwards(scene)).id;

  it('can not be cancelled while some of it is to come back, and can be afterwards', async () => {
    const scene = await shipped();
    const { rappit, caller, find, id, request } = scene;
    const shipmentId = await firstShipment(scene);
    const one = must(await request(1));
    const before = await find(id);
    expect(await rappit.cancelShipment(caller, shipmentId)).toEqual({ ok: false, error: { code: 'shipment.goods_on_return' } });
    expect(await find(id)).toEqual(before);
    must(await rappit.cancelReturn(caller, one.id, null));
    expect(await rappit.cancelShipment(caller, shipmentId)).toMatchObject({ value: { status: 'cancelled' } });
    expect(await request(1)).toMatchObject({ error: { code: 'order.invalid_transition' } });
  });

  it('whose label is being asked back has nothing that could come back', async () => {
    const scene = await shipped();
    const { rappit, caller, carrier, request } = { ...scene, carrier: scene.rappit.carrier };
    carrier.breakDown('lostAfterSale');
    expect(await rappit.cancelShipment(caller, await firstShipment(scene))).toMatchObject({
      error: { code: 'carrier.unknown_outcome' },
    });
    expect(await request(1)).toMatchObject({ error: { code: 'return.quantity_exceeded', available: 0 } });
  });

  it('whose label was asked back in vain has left once its parcel was seen, and may come back', async () => {
    const scene = await shipped();
    const { rappit, caller, request } = scene;
    const { id, trackingNumber } = await outwards(scene);
    rappit.carrier.breakDown('lostAfterSale');
    expect(await rappit.cancelShipment(caller, id)).toMatchObject({ error: { code: 'carrier.unknown_outcome' } });
    rappit.carrier.mend();
    rappit.carrier.scan(trackingNumber ?? bug('a label has a number'), [{ at: rappit.clock.now(), status: 'delivered' }]);
    expect(await rappit.trackNow(caller, id)).toMatchObject({ value: { status: 'delivered' } });
    expect(await request(3)).toMatchObject({ ok: true });
  });

  it('keeps its goods for a return while only the label of an earlier return is being asked back', async () => {
    const scene = await shipped();
    const { rappit, caller, request, authorised, locationId } = scene;
    const wanted = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId };
    const back = must(await rappit.labelReturn(caller, (await authorised(1)).id, wanted));
    rappit.carrier.breakDown('lostAfterSale');
    expect(await rappit.cancelShipment(caller, back.id)).toMatchObject({ error: { code: 'carrier.unknown_outcome' } });
    expect(await request(3)).toMatchObject({ error: { code: 'return.quantity_exceeded', available: 2 } });
    expect(await request(2)).toMatchObject({ ok: true });
  });

  it('leaves nothing to come back when a label is asked back for all that is free of returns, and asks no other back', async () => {
    const scene = await ordersScene(4);
    const id = await scene.place([exampleLine('MUG', 4)]);
    const { rappit, caller, request, find, ship } = { ...scene, ...returning(scene, id) };
    must(await rappit.markReady(caller, id));
    const orderLineId = (await find(id)).lines[0]?.id ?? bug('a line');
    const two = { lines: [{ orderLineId, quantity: 2 }] };
    const labels = [must(await ship(id, two)), must(await ship(id, two))];
    must(await request(2));
    rappit.carrier.breakDown('lostAfterSale');
    const answers = [];
    for (const label of labels) answers.push(await rappit.cancelShipment(caller, label.id));
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
    expect(codes).toEqual(['carrier.unknown_outcome', 'shipment.goods_on_return']);
    expect(await request(1)).toMatchObject({ error: { code: 'return.quantity_exceeded', available: 0 } });
  });
});

it('tells nobody of a return that there is none, and acts on none of another organization', async () => {
  const { rappit, caller, request } = await shipped();
  const one = must(await request(1));
  const stranger = { ...caller, organizationId: rappit.ids.next() as typeof caller.organizationId };
  for (const id of [one.id, rappit.ids.next() as ReturnId])
    expect(await rappit.authoriseReturn(stranger, id, null)).toEqual({ ok: false, error: { code: 'return.not_found' } });
});
