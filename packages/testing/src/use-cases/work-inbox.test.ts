import { type Delivery, ok, type ShopReaders, workInbox } from '@rappit/domain';
import { nobodyToAsk, shopLine, shopOrder, shopScene } from './shop-scene.test-kit.js';

/** A purchase of which nobody knows what became of it, and a shop that cancels the order meanwhile. */
const cancelledMeanwhile = async () => {
  const scene = await shopScene(2);
  const { rappit, caller, channelId } = scene;
  const { unitOfWork } = rappit.memory;
  await scene.hear(shopOrder(1, [shopLine('MUG', 2)]));
  const id = await scene.orderId();
  await rappit.markReady(caller, id);
  rappit.carrier.breakDown('lostBeforeSale');
  await scene.ship(id);
  const order = shopOrder(2, [shopLine('MUG', 2, { cancelled: 2 })]);
  const readers: ShopReaders = { shopify: { verifies: () => true, read: () => ok({ kind: 'order', order }) } };
  const delivery: Delivery = {
    id: rappit.ids.next(),
    sourceId: channelId,
    topic: 'orders/cancelled',
    deliveryId: '1',
    body: '{}',
    receivedAt: rappit.clock.now(),
  };
  await unitOfWork.run(caller.organizationId, async ({ inbox }) => ok(await inbox.receive(delivery)));
  const logged = async () => {
    const entry = await unitOfWork.read(caller.organizationId, ({ inbox }) => inbox.find(delivery.id));
    if (!entry) throw new Error('the delivery is there');
    return entry;
  };
  const work = () => workInbox({ unitOfWork, readers, importOrder: rappit.importOrder, ...nobodyToAsk })(caller.organizationId);
  return { ...scene, id, receivedAt: delivery.receivedAt, logged, work };
};

it('has what a purchase is in the way of wait for a day if need be, and works it off when that is over', async () => {
  const { rappit, caller, id, receivedAt, find, logged, work } = await cancelledMeanwhile();
  const nextDay = receivedAt.getTime() + 24 * 3_600_000;
  let times = 0;
  for (; rappit.clock.now().getTime() < nextDay; times += 1) {
    expect(await work()).toBe(1);
    const { status, attempts, outcome, dueAt } = await logged();
    expect([status, attempts, outcome]).toEqual(['due', 0, 'order.purchase_in_progress']);
    rappit.clock.set(dueAt);
  }
  expect(times).toBeLessThan(40);
  rappit.carrier.mend();
  await rappit.lookUpPurchases(caller.organizationId);
  expect(await work()).toBe(1);
  expect(await logged()).toMatchObject({ status: 'done', attempts: 1, outcome: 'updated' });
  expect((await find(id)).status).toBe('cancelled');
});
