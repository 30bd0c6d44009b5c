import { type Reservation, ReservationId } from '@rappit/domain';
import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleParcel, exampleSku, inMemory } from '../fakes/index.js';

const sku = exampleSku('MUG-1');
const plate = exampleSku('PLATE-1');

/** Mugs and plates at one location, and what somebody does about them. */
const scene = async (mugs: number, plates = 0) => {
  const rappit = inMemory();
  const { caller } = rappit;
  const location = await rappit.addLocation(caller, exampleLocation('MAIN'));
  if (!location.ok) throw new Error(location.error.code);
  const receive = (of: typeof sku, quantity: number) =>
    rappit.receiveStock(caller, { sku: of, locationId: location.value.id, quantity, reference: null });
  for (const [item, units] of [
    [sku, mugs],
    [plate, plates],
  ] as const) {
    await rappit.addItem(caller, item, exampleItem(item));
    if (units > 0) await receive(item, units);
  }
  const order = async (...lines: readonly (readonly [string, number])[]) => {
    const draft = exampleDraft(
      lines.map(([text, quantity]) => exampleLine(text, quantity)),
      { onShortage: 'backorder' },
    );
    const placed = await rappit.placeOrder(caller, draft);
    if (!placed.ok) throw new Error(placed.error.code);
    return placed.value.id;
  };
  const read = rappit.memory.unitOfWork.read;
  const find = async (id: Awaited<ReturnType<typeof order>>) => {
    const found = await read(caller.organizationId, ({ orders }) => orders.find(id));
    if (!found) throw new Error('the order is there');
    return found;
  };
  const units = async (id: Awaited<ReturnType<typeof order>>) =>
    (await find(id)).lines.map(({ reserved, pending, backordered }) => ({ reserved, pending, backordered }));
  const reservations = async (orderId: string, status: Reservation['status'] = 'open') =>
    (await read(caller.organizationId, ({ stock }) => stock.reservations({ limit: 100 }, { orderId, status }))).data;
  /** The promise of mugs, or of other goods. */
  const release = async (orderId: string, of = sku) => {
    const one = (await reservations(orderId)).find((reservation) => reservation.sku === of);
    return rappit.releaseReservation(caller, one?.id ?? ReservationId('none'));
  };
  const sweep = () => rappit.serveBacklog(caller.organizationId);
  const books = () => rappit.reconcile(caller.organizationId);
  return { rappit, caller, locationId: location.value.id, receive, order, find, units, reservations, release, sweep, books };
};

describe('a reservation that a person releases', () => {
  it('goes to orders that wait, and its own units are pending', async () => {
    const { order, units, release, find, reservations, books } = await scene(3);
    const [first, second] = [await order(['MUG-1', 3]), await order(['MUG-1', 2])];
    expect(await release(first)).toMatchObject({ ok: true, value: { quantity: 3, status: 'released' } });
    expect(await units(second)).toEqual([{ reserved: 2, pending: 0, backordered: 0 }]);
    expect(await units(first)).toEqual([{ reserved: 0, pending: 3, backordered: 0 }]);
    expect([(await find(first)).status, (await find(second)).status]).toEqual(['backordered', 'reserved']);
    expect(await reservations(first)).toEqual([]);
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('is tried again when the backlog is served, like whoever waits', async () => {
    const { order, units, release, find, sweep, receive, books } = await scene(3);
    const [first, second] = [await order(['MUG-1', 3]), await order(['MUG-1', 2])];
    await release(first);
    expect(await sweep()).toBe(1);
    expect(await units(first)).toEqual([{ reserved: 1, pending: 0, backordered: 2 }]);
    await receive(sku, 2);
    expect(await units(first)).toEqual([{ reserved: 3, pending: 0, backordered: 0 }]);
    expect([(await find(first)).status, (await find(second)).status]).toEqual(['reserved', 'reserved']);
    expect(await sweep()).toBe(0);
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('takes with it what the order waits for of these goods, and gets none of it back at once', async () => {
    const { order, units, release, receive, sweep } = await scene(2);
    const id = await order(['MUG-1', 3], ['MUG-1', 2]);
    expect((await units(id)).map(({ reserved, backordered }) => [reserved, backordered])).toEqual([
      [2, 1],
      [0, 2],
    ]);
    await release(id);
    await receive(sku, 10);
    expect(await units(id)).toEqual([
      { reserved: 0, pending: 3, backordered: 0 },
      { reserved: 0, pending: 2, backordered: 0 },
    ]);
    await sweep();
    expect((await units(id)).map(({ reserved }) => reserved)).toEqual([3, 2]);
  });

  it('leaves the other goods of the order as they are, and lets them be served meanwhile', async () => {
    const { order, units, release, receive, find, sweep } = await scene(2, 1);
    const id = await order(['MUG-1', 2], ['PLATE-1', 3]);
    await release(id);
    const pending = { reserved: 0, pending: 2, backordered: 0 };
    expect(await units(id)).toEqual([pending, { reserved: 1, pending: 0, backordered: 2 }]);
    await receive(plate, 2);
    expect(await units(id)).toEqual([pending, { reserved: 3, pending: 0, backordered: 0 }]);
    expect((await find(id)).status).toBe('backordered');
    await sweep();
    expect((await find(id)).status).toBe('reserved');
  });

  it('of a kit takes all of its parts', async () => {
    const { rappit, caller, order, units, reservations, release, sweep, books } = await scene(5, 4);
    const components = [
      { sku, quantity: 2 },
      { sku: plate, quantity: 1 },
    ];
    await rappit.addItem(caller, exampleSku('SET'), exampleItem('Set', { components }));
    const id = await order(['SET', 2], ['PLATE-1', 1]);
    expect(await reservations(id)).toHaveLength(3);
    const [part] = (await reservations(id)).filter(({ unitQuantity }) => unitQuantity === 2);
    await rappit.releaseReservation(caller, part?.id ?? ReservationId('none'));
    expect(await units(id)).toEqual([
      { reserved: 0, pending: 2, backordered: 0 },
      { reserved: 1, pending: 0, backordered: 0 },
    ]);
    expect((await reservations(id, 'released')).map(({ quantity }) => quantity).sort()).toEqual([2, 4]);
    await sweep();
    expect((await units(id))[0]).toEqual({ reserved: 2, pending: 0, backordered: 0 });
    expect(await release(id)).toMatchObject({ ok: true });
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('is refused when there is none, or it has ended before', async () => {
    const { rappit, caller, order, reservations, release } = await scene(3);
    const id = await order(['MUG-1', 1]);
    const [one] = await reservations(id);
    await release(id);
    const again = await rappit.releaseReservation(caller, one?.id ?? ReservationId('none'));
    expect(again).toEqual({ ok: false, error: { code: 'reservation.not_open', status: 'released' } });
    const none = await rappit.releaseReservation(caller, ReservationId('019b0000-0000-7000-8000-00000000dead'));
    expect(none).toEqual({ ok: false, error: { code: 'reservation.not_found' } });
  });

  it('is refused while a label is being bought for it', async () => {
    const { rappit, caller, order, reservations, release, units } = await scene(3);
    const id = await order(['MUG-1', 2]);
    await rappit.markReady(caller, id);
    rappit.carrier.breakDown('lostAfterSale');
    const request = {
      carrier: 'fake',
      accountId: null,
      service: null,
      parcels: [exampleParcel],
      locationId: null,
      lineIds: null,
    };
    expect(await rappit.shipOrder(caller, id, request)).toMatchObject({ ok: false });
    expect(await release(id)).toEqual({ ok: false, error: { code: 'order.purchase_in_progress' } });
    expect(await units(id)).toEqual([{ reserved: 2, pending: 0, backordered: 0 }]);
    expect(await reservations(id)).toMatchObject([{ status: 'open' }]);
  });

  it('makes an order that was ready wait, and what is left of it may be made ready again', async () => {
    const { rappit, caller, order, release, find, sweep } = await scene(3, 3);
    const id = await order(['MUG-1', 2], ['PLATE-1', 1]);
    await rappit.markReady(caller, id);
    await release(id);
    expect((await find(id)).status).toBe('backordered');
    expect(await rappit.markReady(caller, id)).toMatchObject({ ok: true, value: { status: 'readyToShip' } });
    await sweep();
    expect((await find(id)).lines.map(({ pending, backordered }) => pending + backordered)).toEqual([0, 0]);
    expect((await find(id)).status).toBe('readyToShip');
  });

  it('keeps an item from being removed while its units are pending', async () => {
    const { rappit, caller, locationId, order, release } = await scene(1);
    await release(await order(['MUG-1', 1]));
    await rappit.adjustStock(caller, { sku, locationId, delta: -1, reason: 'loss' });
    expect(await rappit.removeItem(caller, sku)).toMatchObject({ ok: false, error: { code: 'item.in_use', waiting: 1 } });
  });

  it('is told in the timeline, by whom and of what', async () => {
    const { rappit, caller, order, release, sweep } = await scene(1);
    const id = await order(['MUG-1', 1]);
    await release(id);
    await sweep();
    const { data } = await rappit.memory.unitOfWork.read(caller.organizationId, ({ orders }) =>
      orders.timeline(id, { limit: 10 }),
    );
    expect(data.map(({ what, text, from, to }) => [what, text, from, to])).toEqual([
      ['placed', null, null, 'reserved'],
      ['stockReleased', '1 × MUG-1', 'reserved', 'backordered'],
      ['queued', null, null, null],
      ['backorderFilled', null, 'backordered', 'reserved'],
    ]);
  });
});
