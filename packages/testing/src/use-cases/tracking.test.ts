import {
  type Carrier,
  err,
  type Order,
  type OrderId,
  ok,
  type Parcel,
  type Shipment,
  type ShipmentId,
  settleDeliveries,
  type Tracked,
} from '@rappit/domain';
import { FAKE_RETRY_AFTER_SECONDS } from '../fakes/carrier-fault.js';
import {
  exampleAddress,
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
  fakeCarrier,
  fakeCarriers,
  inMemory,
  type Scan,
} from '../fakes/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MUG = exampleSku('MUG');

/** A hub whose carrier says which numbers it was asked for. */
const hubWith = (change: (carrier: Carrier) => Carrier, others: readonly Carrier[]) => {
  const clockless = inMemory();
  const fake = fakeCarrier('fake', { now: clockless.clock.now });
  const asked: (readonly string[])[] = [];
  const listening: Carrier = {
    ...fake.carrier,
    track: (numbers) => {
      asked.push(numbers);
      return fake.carrier.track(numbers);
    },
  };
  const hub = inMemory({ carriers: fakeCarriers(change(listening), ...others), now: clockless.clock.now });
  return { hub, fake, asked, clock: clockless.clock };
};

/** Orders of a mug each, and what was shipped of them. */
const shop = async (change: (carrier: Carrier) => Carrier = (carrier) => carrier, ...others: readonly Carrier[]) => {
  const { hub, fake, asked, clock } = hubWith(change, others);
  await hub.addItem(hub.caller, MUG, exampleItem('Mug'));
  const location = await hub.addLocation(hub.caller, { ...exampleLocation('FRA'), address: exampleAddress });
  if (!location.ok) throw new Error(location.error.code);
  await hub.receiveStock(hub.caller, { sku: MUG, locationId: location.value.id, quantity: 1_000, reference: null });
  const place = async (lines: readonly number[]): Promise<Order> => {
    const draft = exampleDraft(lines.map((quantity) => exampleLine('MUG', quantity)));
    const placed = await hub.placeOrder(hub.caller, { ...draft, shippingAddress: exampleAddress });
    if (!placed.ok) throw new Error(placed.error.code);
    await hub.markReady(hub.caller, placed.value.id);
    return placed.value;
  };
  const ship = async (order: Order, parcels: readonly Parcel[] = [exampleParcel], line?: number, carrier = 'fake') => {
    const lineIds = line === undefined ? null : order.lines.slice(line, line + 1).map(({ id }) => id);
    const request = { carrier, accountId: null, service: null, parcels, locationId: location.value.id, lineIds };
    const shipped = await hub.shipOrder(hub.caller, order.id, request);
    if (!shipped.ok) throw new Error(shipped.error.code);
    return shipped.value;
  };
  const { unitOfWork } = hub.memory;
  const { organizationId } = hub.caller;
  let seen = 0;
  return {
    hub,
    fake,
    asked,
    clock,
    place,
    ship,
    order: (id: OrderId) => unitOfWork.read(organizationId, ({ orders }) => orders.find(id)),
    shipment: (id: ShipmentId) => unitOfWork.read(organizationId, ({ shipments }) => shipments.find(id)),
    timeline: async (id: OrderId) =>
      (await unitOfWork.read(organizationId, ({ orders }) => orders.timeline(id, { limit: 100 }))).data.map(
        ({ what, to, text }) => [what, to, text],
      ),
    /** One scan after another, a minute apart. */
    scan: (number: string, ...statuses: readonly Scan['status'][]) =>
      fake.scan(
        number,
        statuses.map((status) => ({ status, at: new Date(clock.now().getTime() - DAY + MINUTE * seen++) })),
      ),
    /** How many were due. */
    track: async () => (await hub.trackDue(organizationId)).due,
    turn: () => hub.trackDue(organizationId),
    events: () => hub.memory.eventsOf(organizationId).filter(({ type }) => type.startsWith('shipment.')),
  };
};

const numberOf = ({ trackingNumber }: Shipment): string => trackingNumber ?? '';

describe('following parcels', () => {
  it('moves the shipment by its scans, tells its order and whoever hears, and ends with the delivery', async () => {
    const { place, ship, scan, track, order, shipment, timeline, events, clock, hub } = await shop();
    const placed = await place([1]);
    const { id, trackingNumber } = await ship(placed);
    scan(`${trackingNumber}`, 'pickedUp', 'inTransit');
    expect(await track()).toBe(1);
    expect(await shipment(id)).toMatchObject({ status: 'inTransit', parcelStandings: [{ status: 'inTransit' }] });
    expect(await order(placed.id)).toMatchObject({ status: 'shipped' });
    scan(`${trackingNumber}`, 'outForDelivery', 'delivered');
    clock.advance(2 * HOUR);
    expect(await track()).toBe(1);
    expect(await order(placed.id)).toMatchObject({ status: 'delivered' });
    expect((await timeline(placed.id)).slice(-2)).toEqual([
      ['parcelMoved', null, `${trackingNumber}: inTransit`],
      ['delivered', 'delivered', `${trackingNumber}: delivered`],
    ]);
    expect(events().map(({ type, aggregateId, data }) => [type, aggregateId, data])).toEqual([
      [
        'shipment.in_transit',
        id,
        { shipmentId: id, orderId: placed.id, carrier: 'fake', trackingNumber, from: 'labelled', status: 'inTransit' },
      ],
      [
        'shipment.delivered',
        id,
        { shipmentId: id, orderId: placed.id, carrier: 'fake', trackingNumber, from: 'inTransit', status: 'delivered' },
      ],
    ]);
    expect(hub.memory.eventsOf(hub.caller.organizationId).at(-1)).toMatchObject({
      type: 'order.delivered',
      aggregateId: placed.id,
    });
    clock.advance(30 * DAY);
    expect(await track()).toBe(0);
  });

  it('delivers an order with the last of its shipments, and a shipment with the last of its parcels', async () => {
    const { place, ship, scan, track, order, shipment, clock } = await shop();
    const placed = await place([1, 1]);
    const first = await ship(placed, [exampleParcel, exampleParcel], 0);
    const second = await ship(placed, [exampleParcel], 1);
    scan(first.parcelNumbers[0] ?? '', 'delivered');
    scan(numberOf(second), 'delivered');
    await track();
    expect([(await shipment(first.id))?.status, (await shipment(second.id))?.status]).toEqual(['inTransit', 'delivered']);
    expect(await order(placed.id)).toMatchObject({ status: 'shipped' });
    scan(first.parcelNumbers[1] ?? '', 'delivered');
    clock.advance(HOUR * 2);
    await track();
    expect(await order(placed.id)).toMatchObject({ status: 'delivered' });
  });

  it('returns an order only when all of it came back', async () => {
    const { place, ship, scan, track, order, clock } = await shop();
    const placed = await place([1, 1]);
    const [first, second] = [await ship(placed, [exampleParcel], 0), await ship(placed, [exampleParcel], 1)];
    scan(numberOf(first), 'inTransit', 'returned', 'delivered');
    scan(numberOf(second), 'inTransit');
    await track();
    expect(await order(placed.id)).toMatchObject({ status: 'shipped' });
    scan(numberOf(second), 'returned');
    clock.advance(HOUR * 2);
    await track();
    expect(await order(placed.id)).toMatchObject({ status: 'returned' });
  });

  it('leaves an order shipped that came back in part', async () => {
    const { place, ship, scan, track, order, shipment } = await shop();
    const placed = await place([1]);
    const { id, parcelNumbers } = await ship(placed, [exampleParcel, exampleParcel]);
    scan(parcelNumbers[0] ?? '', 'returned');
    scan(parcelNumbers[1] ?? '', 'delivered');
    await track();
    expect((await shipment(id))?.status).toBe('returned');
    expect(await order(placed.id)).toMatchObject({ status: 'shipped' });
  });

  it('doesn’t call an order delivered of which something still waits', async () => {
    const { place, ship, scan, track, order } = await shop();
    const placed = await place([1, 1]);
    scan(numberOf(await ship(placed, [exampleParcel], 0)), 'delivered');
    await track();
    expect(await order(placed.id)).toMatchObject({ status: 'partiallyShipped' });
  });

  it('delivers an order when its rest is cancelled and what was shipped of it has arrived already', async () => {
    const { place, ship, scan, track, order, timeline, hub } = await shop();
    const placed = await place([1, 1]);
    scan(numberOf(await ship(placed, [exampleParcel], 0)), 'delivered');
    await track();
    const rest = placed.lines.slice(1).map(({ id: lineId }) => ({ lineId, quantity: null }));
    expect(await hub.cancelLines(hub.caller, placed.id, { reason: 'customerRequest', lines: rest })).toMatchObject({ ok: true });
    expect(await order(placed.id)).toMatchObject({ status: 'shipped' });
    const hear = settleDeliveries({ unitOfWork: hub.memory.unitOfWork, ids: hub.ids });
    const event = hub.memory.eventsOf(hub.caller.organizationId).findLast(({ type }) => hear.types?.includes(type));
    if (!event) throw new Error('it is told that lines were cancelled');
    for (const _ of ['once', 'again']) await hear(hub.caller.organizationId, event);
    expect(await order(placed.id)).toMatchObject({ status: 'delivered' });
    expect((await timeline(placed.id)).slice(-1)).toEqual([['delivered', 'delivered', null]]);
  });

  it('asks for as many numbers at once as the carrier answers, and for none again before it may', async () => {
    const { place, ship, track, asked, clock } = await shop((carrier) => ({
      ...carrier,
      supports: { ...carrier.supports, trackAtOnce: 2 },
    }));
    const numbers: string[] = [];
    for (let count = 0; count < 5; count += 1) numbers.push(numberOf(await ship(await place([1]))));
    expect(await track()).toBe(5);
    expect(asked).toEqual([numbers.slice(0, 2), numbers.slice(2, 4), numbers.slice(4)]);
    clock.advance(59 * MINUTE);
    expect([await track(), asked.length]).toEqual([0, 3]);
    clock.advance(13 * MINUTE);
    expect([await track(), asked.length]).toEqual([5, 6]);
  });

  it('lets a carrier that fails alone for a while, and keeps nothing from another', async () => {
    const other = fakeCarrier('other');
    const { place, ship, scan, track, shipment, fake, asked, clock } = await shop(undefined, other.carrier);
    const [first, second] = [await ship(await place([1])), await ship(await place([1]), [exampleParcel], 0, 'other')];
    scan(numberOf(first), 'pickedUp');
    other.scan(numberOf(second), [{ status: 'pickedUp', at: clock.now() }]);
    fake.breakDown('unavailable');
    expect(await track()).toBe(2);
    expect([(await shipment(first.id))?.status, (await shipment(second.id))?.status]).toEqual(['labelled', 'pickedUp']);
    fake.mend();
    clock.advance(14 * MINUTE);
    expect([await track(), asked.length]).toEqual([0, 1]);
    clock.advance(4 * MINUTE);
    expect([await track(), asked.length]).toEqual([1, 2]);
    expect(await shipment(first.id)).toMatchObject({ status: 'pickedUp', trackFailures: 0 });
  });

  it('asks a carrier that goes on failing less and less often, and not before it wants to be asked', async () => {
    const { place, ship, track, shipment, fake, asked, clock } = await shop();
    const { id } = await ship(await place([1]));
    const waits = async (): Promise<number> => {
      expect(await track()).toBe(1);
      const minutes = (((await shipment(id))?.trackAt?.getTime() ?? 0) - clock.now().getTime()) / MINUTE;
      clock.advance(Math.ceil(minutes) * MINUTE);
      return Math.floor(minutes);
    };
    fake.breakDown('unavailable');
    expect([await waits(), await waits(), await waits(), await waits()]).toEqual([15, 30, 60, 120]);
    fake.breakDown('rateLimited');
    expect(await waits()).toBe(360);
    fake.mend();
    expect([await track(), asked.length, (await shipment(id))?.trackFailures]).toEqual([1, 6, 0]);
  });

  it('leaves a carrier alone that says when it may be asked again, also with what falls due before then, and no other', async () => {
    const other = fakeCarrier('other');
    const { place, ship, turn, shipment, fake, asked, clock } = await shop(undefined, other.carrier);
    const early = await ship(await place([1]));
    const elsewhere = await ship(await place([1]), [exampleParcel], 0, 'other');
    expect(await turn()).toEqual({ due: 2, unanswered: 0 });
    clock.advance(50 * MINUTE);
    const late = await ship(await place([1]));
    fake.breakDown('rateLimited');
    const until = new Date(clock.now().getTime() + FAKE_RETRY_AFTER_SECONDS * 1_000);
    expect(await turn()).toEqual({ due: 1, unanswered: 1 });
    fake.mend();
    expect(asked).toEqual([[early.trackingNumber], [late.trackingNumber]]);
    expect(await shipment(early.id)).toMatchObject({ status: 'labelled', trackAt: until, trackFailures: 1 });
    clock.advance(30 * MINUTE);
    expect(await turn()).toEqual({ due: 1, unanswered: 0 });
    expect((await shipment(elsewhere.id))?.trackedAt).toEqual(clock.now());
    expect(asked).toHaveLength(2);
    clock.advance(8 * HOUR);
    expect(await turn()).toEqual({ due: 3, unanswered: 0 });
    expect(asked).toHaveLength(3);
  });

  it('asks a carrier that fails once, however much was due, and puts off by a day what nobody can follow', async () => {
    const mute = { ...fakeCarrier('mute').carrier, track: undefined as never };
    const { place, ship, track, shipment, fake, asked, clock } = await shop(
      (carrier) => ({ ...carrier, supports: { ...carrier.supports, trackAtOnce: 1 } }),
      { ...mute, supports: { ...mute.supports, trackAtOnce: 0 } },
    );
    for (let count = 0; count < 3; count += 1) await ship(await place([1]));
    const { id } = await ship(await place([1]), [exampleParcel], 0, 'mute');
    fake.breakDown('unavailable');
    expect([await track(), asked.length]).toEqual([4, 1]);
    expect((await shipment(id))?.trackAt).toEqual(new Date(clock.now().getTime() + DAY));
  });

  it('asks no more for what is too old', async () => {
    const { place, ship, track, clock } = await shop();
    await ship(await place([1]));
    clock.advance(59 * DAY);
    expect(await track()).toBe(1);
    clock.advance(DAY);
    expect(await track()).toBe(1);
    clock.advance(300 * DAY);
    expect(await track()).toBe(0);
  });

  it('keeps what a carrier says only in its summary', async () => {
    const said: Tracked = { trackingNumber: '', status: 'outForDelivery', events: [], signedBy: null, deliveryOn: '2026-01-08' };
    const { place, ship, track, shipment } = await shop((carrier) => ({
      ...carrier,
      track: async (numbers) => ok(numbers.map((trackingNumber) => ({ ...said, trackingNumber }))),
    }));
    const { id } = await ship(await place([1]));
    await track();
    expect(await shipment(id)).toMatchObject({ status: 'outForDelivery', parcelStandings: [{ deliveryOn: '2026-01-08' }] });
  });
});

describe('asking where a parcel is', () => {
  it('asks the carrier at once, and not again before it may', async () => {
    const { hub, place, ship, scan, asked, clock } = await shop();
    const { id, trackingNumber } = await ship(await place([1]));
    scan(`${trackingNumber}`, 'pickedUp');
    expect(await hub.trackNow(hub.caller, id)).toMatchObject({ ok: true, value: { status: 'pickedUp' } });
    const mayTrackAt = new Date(clock.now().getTime() + HOUR);
    const refused = err({ code: 'shipment.tracked_recently', mayTrackAt, retryAfterSeconds: 3_600 });
    expect(await hub.trackNow(hub.caller, id)).toEqual(refused);
    clock.advance(HOUR);
    expect(await hub.trackNow(hub.caller, id)).toMatchObject({ ok: true });
    expect(asked).toEqual([[trackingNumber], [trackingNumber]]);
  });

  it('lets one of several ask who want to at once', async () => {
    const { hub, place, ship, asked } = await shop();
    const { id } = await ship(await place([1]));
    const answers = await Promise.all([1, 2, 3].map(() => hub.trackNow(hub.caller, id)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('gives the turn back when the carrier doesn’t answer', async () => {
    const { hub, place, ship, fake } = await shop();
    const { id } = await ship(await place([1]));
    fake.breakDown('unavailable');
    expect(await hub.trackNow(hub.caller, id)).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
    fake.mend();
    expect(await hub.trackNow(hub.caller, id)).toMatchObject({ ok: true });
  });

  it('refuses what can’t be asked for', async () => {
    const { hub, place, ship, fake } = await shop();
    const placed = await place([1]);
    expect(await hub.trackNow(hub.caller, 'unknown' as ShipmentId)).toEqual(err({ code: 'shipment.not_found' }));
    fake.breakDown('lostBeforeSale');
    await expect(ship(placed)).rejects.toThrow('carrier.unknown_outcome');
    const { data } = await hub.memory.unitOfWork.read(hub.caller.organizationId, ({ shipments }) =>
      shipments.list({ limit: 1 }, {}),
    );
    expect(await hub.trackNow(hub.caller, data[0]?.id ?? ('' as ShipmentId))).toEqual(err({ code: 'shipment.not_labelled' }));
  });
});
