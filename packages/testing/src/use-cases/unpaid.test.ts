import type { OrderDraft, OrderId } from '@rappit/domain';
import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleParcel, exampleSku, inMemory } from '../fakes/index.js';

const MINUTE = 60_000;
const MUG = exampleSku('MUG');

/** Ten mugs, of which an order that isn't paid yet holds six. */
const unpaid = async () => {
  const hub = inMemory();
  await hub.addItem(hub.caller, MUG, exampleItem('Mug'));
  const location = await hub.addLocation(hub.caller, exampleLocation('FRA'));
  if (!location.ok) throw new Error(location.error.code);
  await hub.receiveStock(hub.caller, { sku: MUG, locationId: location.value.id, quantity: 10, reference: null });
  const place = async (quantity: number, facts: Partial<OrderDraft> = {}): Promise<OrderId> => {
    const placed = await hub.placeOrder(hub.caller, exampleDraft([exampleLine('MUG', quantity)], facts));
    if (!placed.ok) throw new Error(placed.error.code);
    return placed.value.id;
  };
  const id = await place(6, { paymentStatus: 'pending' });
  const orderNow = async (orderId = id) => {
    const order = await hub.memory.unitOfWork.read(hub.caller.organizationId, ({ orders }) => orders.find(orderId));
    if (!order) throw new Error('the order is there');
    const [line] = order.lines;
    return { status: order.status, expired: order.paymentExpired, reserved: line?.reserved, backordered: line?.backordered };
  };
  const pay = (status: 'paid' | 'authorized' | 'failed' | 'refunded' = 'paid') =>
    hub.recordPayment(hub.caller, id, { status, reference: null });
  const expire = () => hub.expireUnpaid(hub.caller.organizationId);
  return { hub, id, locationId: location.value.id, place, orderNow, pay, expire };
};

const promised = { status: 'reserved', expired: false, reserved: 6, backordered: 0 };
const lost = { status: 'backordered', expired: true, reserved: 0, backordered: 6 };

describe('an order that is to be paid first', () => {
  it('keeps its stock for half an hour, to the millisecond', async () => {
    const { hub, orderNow, expire } = await unpaid();
    hub.clock.advance(30 * MINUTE - 1);
    expect([await expire(), await orderNow()]).toEqual([0, promised]);
    hub.clock.advance(1);
    expect([await expire(), await orderNow(), await expire()]).toEqual([1, lost, 0]);
  });

  it.each(['paid', 'authorized'] as const)('keeps it for good once it is %s, though its time was over', async (status) => {
    const { hub, orderNow, pay, expire } = await unpaid();
    hub.clock.advance(31 * MINUTE);
    expect(await pay(status)).toMatchObject({ ok: true, value: { paymentStatus: status } });
    expect([await expire(), await orderNow()]).toEqual([0, promised]);
  });

  it('gets nothing that arrives until it is paid, and then what there is, in its old place', async () => {
    const { hub, locationId, place, orderNow, pay, expire } = await unpaid();
    hub.clock.advance(31 * MINUTE);
    await expire();
    const later = await place(12, { onShortage: 'backorder' });
    expect(await orderNow(later)).toMatchObject({ reserved: 10, backordered: 2 });
    await hub.receiveStock(hub.caller, { sku: MUG, locationId, quantity: 1, reference: null });
    expect(await orderNow()).toEqual(lost);
    await pay();
    await hub.receiveStock(hub.caller, { sku: MUG, locationId, quantity: 6, reference: null });
    expect([await orderNow(), await orderNow(later)]).toMatchObject([
      { expired: false, reserved: 6, backordered: 0 },
      { reserved: 11, backordered: 1 },
    ]);
  });

  it('loses nothing while its label is bought or may have been', async () => {
    const { hub, id, orderNow, expire } = await unpaid();
    await hub.markReady(hub.caller, id);
    hub.carrier.breakDown('lostAfterSale');
    const request = {
      carrier: 'fake',
      accountId: null,
      service: null,
      parcels: [exampleParcel],
      locationId: null,
      lineIds: null,
    };
    expect(await hub.shipOrder(hub.caller, id, request)).toMatchObject({ ok: false, error: { code: 'carrier.unknown_outcome' } });
    hub.clock.advance(31 * MINUTE);
    expect([await expire(), await orderNow()]).toMatchObject([0, { status: 'readyToShip', reserved: 6 }]);
  });

  it('is paid once, however often it is told', async () => {
    const { hub, id, pay } = await unpaid();
    const twice = [await pay(), await pay()].map((answer) => answer.ok && answer.value.version);
    expect(twice).toEqual([2, 2]);
    expect(await pay('failed')).toEqual({ ok: false, error: { code: 'payment.invalid_transition', from: 'paid', to: 'failed' } });
    const told = await hub.memory.unitOfWork.read(hub.caller.organizationId, ({ orders }) => orders.timeline(id, { limit: 10 }));
    expect(told.data.map(({ what, text }) => [what, text])).toEqual([
      ['placed', null],
      ['paymentRecorded', 'paid'],
    ]);
  });

  it('still waits after a payment that failed', async () => {
    const { hub, orderNow, pay, expire } = await unpaid();
    await pay('failed');
    hub.clock.advance(31 * MINUTE);
    expect([await expire(), await orderNow()]).toEqual([1, lost]);
  });

  it('gives what lapsed to whoever asks for it, before any sweep', async () => {
    const { hub, place, orderNow } = await unpaid();
    hub.clock.advance(31 * MINUTE);
    const levels = await hub.memory.unitOfWork.read(hub.caller.organizationId, ({ stock }) => stock.levels({ limit: 1 }, {}));
    expect(levels.data).toMatchObject([{ onHand: 10, reserved: 6, lapsed: 6 }]);
    const next = await place(9);
    expect([await orderNow(next), await orderNow()]).toMatchObject([{ status: 'reserved', reserved: 9 }, lost]);
  });

  it('lets what lapsed be moved to another location, and not what is promised', async () => {
    const { hub, locationId, orderNow } = await unpaid();
    const other = await hub.addLocation(hub.caller, exampleLocation('BER', { active: false }));
    if (!other.ok) throw new Error(other.error.code);
    const move = () => hub.transferStock(hub.caller, { sku: MUG, from: locationId, to: other.value.id, quantity: 10 });
    expect(await move()).toEqual({ ok: false, error: { code: 'transfer.insufficient_stock', available: 4 } });
    hub.clock.advance(31 * MINUTE);
    expect([await move(), await orderNow()]).toMatchObject([{ ok: true }, lost]);
  });
});
