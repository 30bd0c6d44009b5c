import {
  type FulfilmentStatus,
  fewestLocations,
  followSource,
  importOrder,
  noteFulfilments,
  OrderId,
  type OrderLineId,
  placeOrders,
  retellFulfilment,
  tellFulfilments,
} from '@rappit/domain';
import { exampleItem, exampleLocation, exampleParcel, exampleSku, fakeMeter, inMemory, sha256 } from '../fakes/index.js';
import { connectionScene, DOMAIN, must } from './shop-connection-scene.test-kit.js';
import { at, shopLine, shopOrder } from './shop-scene.test-kit.js';

const [mug, plate] = [exampleSku('MUG'), exampleSku('PLATE')];
const DAYS_2 = 2 * 86_400_000;

/** A connected shop that sold three mugs and a plate, all of which are there. */
const scene = async () => {
  const shops = connectionScene();
  const { caller, memory, one, other, clock } = shops;
  const { organizationId } = caller;
  const channel = await shops.connect();
  const begun: string[] = [];
  const beginTelling = async (id: string): Promise<void> => void begun.push(id);
  const subscribers = [noteFulfilments({ unitOfWork: memory.unitOfWork, beginTelling })];
  const rappit = inMemory({ over: { memory, ids: one.ids, clock }, subscribers });
  const { id: locationId } = must(await rappit.addLocation(caller, exampleLocation('MAIN')));
  for (const sku of [mug, plate]) {
    await rappit.addItem(caller, sku, exampleItem(sku));
    await rappit.receiveStock(caller, { sku, locationId, quantity: 10, reference: null });
  }
  const shop = shops.connections.shopify.shop(DOMAIN);
  const importing = importOrder({
    ...memory,
    placeOrders: placeOrders({ intake: memory.intake }),
    followSource: followSource({ ...memory, ids: one.ids, policy: fewestLocations }),
    digest: sha256,
  });
  const sold = shopOrder(1, [shopLine('MUG', 3), shopLine('PLATE', 1)]);
  shop.putOrder(sold);
  const { orderId } = must(await importing(organizationId, channel.id, sold));
  await rappit.markReady(caller, orderId);
  const { unitOfWork } = memory;
  const lines = (await unitOfWork.read(organizationId, ({ orders }) => orders.find(orderId)))?.lines ?? [];
  const meter = fakeMeter();
  const tellAs = (replica: typeof one) => tellFulfilments({ ...replica, meter, carrierName: (code) => `Carrier ${code}` });
  return {
    ...shops,
    channel,
    shop,
    sold,
    orderId,
    begun,
    rappit,
    /** Ships so many units of the mugs and of the plates, and hands on what happened. */
    ship: async (...units: readonly number[]) => {
      const parts = units.flatMap((quantity, place) =>
        quantity > 0 ? [{ orderLineId: lines[place]?.id as OrderLineId, quantity }] : [],
      );
      const asked = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId: null };
      const bought = must(await rappit.shipOrder(caller, orderId, { ...asked, lineIds: null, lines: parts }));
      await rappit.relayOutbox(organizationId);
      return bought;
    },
    importAgain: (hour: number, shipped: readonly number[]) =>
      importing(organizationId, channel.id, {
        ...sold,
        updatedAt: at(hour),
        lines: sold.lines.map((line, place) => ({ ...line, shipped: shipped[place] ?? 0 })),
      }),
    units: async () =>
      (await unitOfWork.read(organizationId, ({ orders }) => orders.find(OrderId(orderId))))?.lines.map((line) => [
        line.reserved,
        line.shipped,
      ]),
    tell: () => tellAs(one)(organizationId),
    tellElsewhere: () => tellAs(other)(organizationId),
    retell: async (shipmentId: string) => must(await retellFulfilment({ unitOfWork })(caller, shipmentId)),
    retellNone: () => retellFulfilment({ unitOfWork })(caller, orderId),
    rows: async () =>
      (await unitOfWork.read(organizationId, (stores) => stores.channelFulfilments.list(channel.id, { limit: 100 }))).data,
    counted: (outcome: FulfilmentStatus) => meter.total('channel_fulfilments_total', { kind: 'shopify', outcome }),
  };
};

describe('a parcel of a shop’s order', () => {
  it('is told to the shop once, with its number, its carrier and what is in it, each of several for itself', async () => {
    const { ship, tell, shop, rows, begun, caller, counted } = await scene();
    const [first, second] = [await ship(2), await ship(1, 1)];
    expect(begun).toEqual([caller.organizationId, caller.organizationId]);
    await tell();
    await tell();
    const parcel = (number: string | null, lines: readonly (readonly [string, number])[]) => ({
      externalOrderId: '1',
      lines: lines.map(([externalLineId, quantity]) => ({ externalLineId, quantity })),
      tracking: { company: 'Carrier fake', number, url: null },
      notifyCustomer: true,
    });
    expect(shop.fulfilments()).toEqual([
      parcel(first.trackingNumber, [['line of MUG', 2]]),
      parcel(second.trackingNumber, [
        ['line of MUG', 1],
        ['line of PLATE', 1],
      ]),
    ]);
    expect((await rows()).map(({ status, toldAt }) => [status, toldAt !== null])).toEqual([
      ['told', true],
      ['told', true],
    ]);
    expect(counted('told')).toBe(2);
  });

  it('is told again when the answer was lost, and the shop shows its number once', async () => {
    const { ship, tell, shop, rows, clock } = await scene();
    await ship(3, 1);
    shop.breakDown('lost');
    await tell();
    expect(await rows()).toMatchObject([{ status: 'due', attempts: 1, problem: 'shop.unknown_outcome' }]);
    shop.mend();
    await tell();
    expect(await rows()).toMatchObject([{ status: 'due' }]);
    clock.advance(60_000);
    await tell();
    expect([shop.fulfilments().length, await rows()]).toMatchObject([1, [{ status: 'told', problem: null }]]);
  });

  it('is told by another when whoever told it has died, and by nobody else before', async () => {
    const { ship, tellElsewhere, shop, rows, clock, caller, memory, channel } = await scene();
    await ship(3, 1);
    await memory.unitOfWork.run(caller.organizationId, async ({ channelFulfilments }) => ({
      ok: true as const,
      value: await channelFulfilments.claim(channel.id, 600),
    }));
    await tellElsewhere();
    expect(shop.fulfilments()).toEqual([]);
    clock.advance(600_000);
    await tellElsewhere();
    expect([shop.fulfilments().length, await rows()]).toMatchObject([1, [{ status: 'told' }]]);
  });

  it('is given up when the shop refuses it, or is away for more than a day, until somebody asks for it', async () => {
    const { ship, tell, shop, rows, clock, retell, retellNone, counted } = await scene();
    const { id } = await ship(3, 1);
    shop.breakDown('away');
    for (let hour = 0; hour < 24; hour += 1) {
      await tell();
      clock.advance(3_600_000);
    }
    expect(await rows()).toMatchObject([{ status: 'givenUp', attempts: 12, problem: 'shop.unavailable' }]);
    expect([counted('due'), counted('givenUp')]).toEqual([11, 1]);
    shop.mend();
    clock.advance(DAYS_2);
    await tell();
    expect(shop.fulfilments()).toEqual([]);
    expect(await retell(id)).toMatchObject({ status: 'due', attempts: 0 });
    await tell();
    expect(shop.fulfilments()).toHaveLength(1);
    expect(await retell(id)).toMatchObject({ status: 'told' });
    expect(await retellNone()).toEqual({ ok: false, error: { code: 'fulfilment.not_found' } });
  });

  it('is not told when its label was cancelled before', async () => {
    const { ship, tell, shop, rows, rappit, caller } = await scene();
    const { id } = await ship(3, 1);
    must(await rappit.cancelShipment(caller, id));
    await tell();
    expect([shop.fulfilments(), await rows()]).toMatchObject([[], [{ status: 'dropped', toldAt: null }]]);
  });

  it('waits while the shop knows us no more', async () => {
    const { ship, tell, shop, rows, connections, find, channel } = await scene();
    await ship(3, 1);
    connections.shopify.revoke();
    await tell();
    expect(await find(channel)).toMatchObject({ status: 'reconnectNeeded' });
    await tell();
    expect([shop.fulfilments(), await rows()]).toMatchObject([[], [{ status: 'due', attempts: 1 }]]);
  });

  it('moves no stock when the shop tells it back to us', async () => {
    const { ship, tell, importAgain, units } = await scene();
    await ship(2);
    await tell();
    expect(await units()).toEqual([
      [1, 2],
      [1, 0],
    ]);
    must(await importAgain(2, [2, 0]));
    expect(await units()).toEqual([
      [1, 2],
      [1, 0],
    ]);
  });
});
