import { err, leave, noChange, type Order, reconcile } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, openStage, type Stage } from './stage.js';
import { lapse, lapsedStage, UNPAID } from './stock-stage.js';

const found = async (stage: Stage, { id }: Order): Promise<Order> => {
  const order = await stage.read(({ orders }) => orders.find(id));
  expectThat(order !== undefined, 'the order is there');
  return order;
};

const placeFor = async (stage: Stage, facts: Parameters<Stage['place']>[1]): Promise<readonly (number | null)[]> => {
  const order = await stage.place([exampleLine('MUG', 1)], facts);
  return (await stage.openOf(order)).map(({ expiresAt }) => expiresAt && expiresAt.getTime() - order.placedAt.getTime());
};

export const unpaidContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'promises stock for half an hour to an unpaid order from the API, and for good to every other',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 10);
      const { id } = await stage.addChannel('demo.myshopify.com');
      expectEqual(await placeFor(stage, UNPAID), [30 * 60_000], 'how long an unpaid order keeps its promise');
      const others = [
        { ...UNPAID, source: fromChannel(id, '1') },
        { ...UNPAID, paymentMethod: 'cashOnDelivery' as const },
        { ...UNPAID, paymentMethod: null },
        { ...UNPAID, paymentStatus: 'authorized' as const },
      ];
      for (const facts of others) expectEqual(await placeFor(stage, facts), [null], 'how long every other keeps it');
    },
  },
  {
    promise: 'shows what lapsed as still reserved, and says how much it is',
    keeps: async (world) => {
      const { stage, place, order, lapsed } = await lapsedStage(world);
      const level = { ...place, onHand: 10, reserved: 6, safetyStock: 0, lapsed: 6 };
      expectEqual(await stage.levelOf(place), level, 'the level');
      const [standing] = await stage.read(({ stock }) => stock.standing([place.sku]));
      expectEqual(standing?.level, level, 'the level as it stands');
      expectEqual(await stage.read(({ orders }) => orders.lapsed(10)), [order.id], 'the orders of which something lapsed');
      expectEqual(await stage.read(({ orders }) => orders.lapsed(10, [place.sku])), [order.id], 'those of mugs');
      expectEqual(await stage.read(({ orders }) => orders.lapsed(10, [])), [], 'those of no SKU');
      expectEqual(await stage.read(({ orders }) => orders.lapsed(0)), [], 'none of them');
      const shipmentId = world.ids.next();
      await stage.change(place.sku, () => ({ ...noChange, pins: [{ id: lapsed.id, shipmentId }] }));
      expectEqual((await stage.levelOf(place)).lapsed, 0, 'what lapsed of a shipment being bought');
      expectEqual(await stage.read(({ orders }) => orders.lapsed(10)), [], 'the orders that may lose something then');
      await stage.change(place.sku, () => ({
        ...noChange,
        pins: [{ id: lapsed.id, shipmentId: null }],
        keeps: [{ id: lapsed.id }],
      }));
      expectEqual((await stage.levelOf(place)).lapsed, 0, 'what lapsed once it was paid');
      expectEqual((await stage.openOf(order))[0]?.expiresAt, null, 'until when a paid promise lasts');
    },
  },
  {
    promise: 'keeps no reservation that has left open',
    keeps: async (world) => {
      const { stage, place, lapsed } = await lapsedStage(world);
      await stage.change(place.sku, (books, occasion) => leave(books, occasion, [lapsed], 'released', null));
      const refused = await stage.attemptChange(place.sku, () => ({ ...noChange, keeps: [{ id: lapsed.id }] }));
      expectEqual(refused, { ok: false, error: { code: 'store.conflict' } }, 'keeping what was released');
    },
  },
  {
    promise: 'expires what lapsed before it places an order, and tells the order that lost it',
    keeps: async (world) => {
      const { stage, place, order } = await lapsedStage(world);
      const next = await stage.place([exampleLine('MUG', 10)]);
      expectEqual(next.lines[0]?.reserved, 10, 'what the next order gets');
      const lost = await found(stage, order);
      const { reserved, backordered } = lost.lines[0] ?? {};
      expectEqual(
        [lost.status, lost.paymentExpired, reserved, backordered],
        ['backordered', true, 0, 6],
        'the order that lost it',
      );
      const told = await stage.read(({ orders }) => orders.timeline(order.id, { limit: 10 }));
      expectEqual(told.data.at(-1)?.what, 'paymentExpired', 'what its timeline says');
      await stage.receive(place, 5);
      expectEqual((await found(stage, order)).lines[0]?.reserved, 0, 'what an unpaid order gets of what arrives');
      expectEqual(await stage.run(({ orders }) => orders.waitingFor([place.sku], 10)), [], 'who waits for mugs');
      expectEqual(await stage.read(({ orders }) => orders.servable(10, '')), [], 'what a backlog would serve');
      const { levels, lines } = await reconcile(stage)(stage.organizationId);
      expectEqual({ levels, lines }, { levels: [], lines: [] }, 'the differences in the books');
    },
  },
  {
    promise: 'gives what it took back to those who wait before it gives it to a new order',
    keeps: async (world) => {
      const { stage, order } = await lapsedStage(world);
      const promised = await stage.openOf(order);
      await stage.run(async ({ stock }) => {
        await stock.lock(promised.map(({ sku }) => sku));
        await stock.apply({ ...noChange, pins: promised.map(({ id }) => ({ id, shipmentId: order.id })) });
      });
      const waiting = await stage.place([exampleLine('MUG', 8)], { onShortage: 'backorder' });
      expectEqual(waiting.lines[0]?.reserved, 4, 'what there is while the label of the unpaid order is bought');
      await stage.run(async ({ stock }) => {
        await stock.lock(promised.map(({ sku }) => sku));
        await stock.apply({ ...noChange, pins: promised.map(({ id }) => ({ id, shipmentId: null })) });
      });
      const answers = await stage.placeAll([stage.asking([exampleLine('MUG', 3)]), stage.asking([exampleLine('MUG', 2)])]);
      expectEqual(
        answers.map((answer) => (answer.ok ? 'ok' : answer.error.code)),
        ['order.insufficient_stock', 'ok'],
        'new orders of three and of two mugs',
      );
      expectEqual((await found(stage, waiting)).lines[0]?.reserved, 8, 'what the waiting order has now');
    },
  },
  {
    promise: 'expires nothing for an order that is here already, though it names what lapsed',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 10);
      await stage.shelve('CUP', 1);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const told = { source: fromChannel(id, '1') };
      const here = await stage.place([exampleLine('MUG', 1)], told);
      const unpaid = await stage.place([exampleLine('MUG', 6)], UNPAID);
      await lapse(stage, unpaid, place);
      // A second order, of other goods, has the batch decided: what was answered before must take nothing along.
      const answers = await stage.placeAll([stage.asking([exampleLine('MUG', 1)], told), stage.asking([exampleLine('CUP', 1)])]);
      expectEqual(answers[0], err({ code: 'order.already_placed', orderId: here.id }), 'the answer to what is here already');
      expectEqual(answers[1]?.ok, true, 'whether its neighbour was placed');
      expectEqual((await stage.levelOf(place)).lapsed, 6, 'what lapsed, and is still open');
      expectEqual((await found(stage, unpaid)).lines[0]?.reserved, 6, 'what the unpaid order was promised');
    },
  },
  {
    promise: 'expires nothing for an order that its batch has placed already, though it names what lapsed',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 10);
      await stage.shelve('CUP', 1);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const told = { source: fromChannel(id, '1') };
      const unpaid = await stage.place([exampleLine('MUG', 6)], UNPAID);
      await lapse(stage, unpaid, place);
      // Found by the law: the shop's order stands twice in the batch, and only the word that isn't believed names mugs.
      const answers = await stage.placeAll([
        stage.asking([exampleLine('CUP', 1)], told),
        stage.asking([exampleLine('MUG', 1)], told),
      ]);
      expectEqual(
        answers.map((answer) => (answer.ok ? 'ok' : answer.error.code)),
        ['ok', 'order.already_placed'],
        'what became of the order that is told twice',
      );
      expectEqual((await stage.levelOf(place)).lapsed, 6, 'what lapsed, and is still open');
    },
  },
];
