import { advance, type LastWord, leave, type Order, OrderId } from '@rappit/domain';
import { exampleAddress, exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, occasionAt, openStage, type Stage } from './stage.js';
import { promisedStage } from './stock-stage.js';

/** The order after a note: one version on, nothing else different. */
const noted = (stage: Stage, order: Order, text: string) =>
  advance(occasionAt(stage, order.placedAt), order, {}, { what: 'noted', text });

const findOrder = (stage: Stage, order: Order): Promise<Order | undefined> => stage.read(({ orders }) => orders.find(order.id));

const lastWord = (mark: string): LastWord => ({
  mark,
  gone: 1,
  statuses: { payment: 'paid', fulfilment: 'something new ☕' },
  lines: [{ lineId: '7', ordered: 2, shipped: 1, cancelled: 0, unitPriceMinor: 1_900, taxMinor: 0, discountMinor: 0 }],
  totals: { subtotalMinor: 3_800, discountMinor: 0, taxMinor: 0, shippingMinor: 0, totalMinor: 3_800 },
  paymentStatus: 'paid',
  refundedMinor: null,
  tags: ['x,y'],
  customer: 'a',
  shippingAddress: 'b',
  billingAddress: 'c',
});

export const ordersContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds an order with every fact as it was placed',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 1);
      const channel = await stage.addChannel('demo.myshopify.com');
      const line = exampleLine('MUG', 3, {
        name: 'Mug ☕',
        taxMinor: 12,
        discountMinor: 5,
        shipped: 1,
        external: { lineId: '90071992547409931', variantId: '42', sku: 'SHOP-MUG' },
      });
      const facts = {
        source: fromChannel(channel.id, '90071992547409931'),
        billingAddress: { ...exampleAddress, lines: ['a', 'b'] },
        tags: ['gift', 'x,y'],
      };
      const order = await stage.place([line, exampleLine('MUG', 1)], {
        ...facts,
        onShortage: 'backorder',
        paymentStatus: 'pending',
        paymentMethod: 'cashOnDelivery',
      });
      expectEqual(await findOrder(stage, order), order, 'the order');
      expectEqual(
        order.lines.map(({ reserved, backordered, shipped }) => [reserved, backordered, shipped]),
        [
          [1, 1, 1],
          [0, 1, 0],
        ],
        'the units of its lines',
      );
      expectEqual(await stage.read(({ orders }) => orders.find(OrderId(world.ids.next()))), undefined, 'an id that nobody has');
    },
  },
  {
    promise: 'finds many orders at once, each once and in the order of their ids',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 5);
      const one = await stage.place([exampleLine('MUG', 2), exampleLine('MUG', 1)]);
      const other = await stage.place([exampleLine('MUG', 1)]);
      const ids = [other.id, OrderId(world.ids.next()), one.id, other.id];
      expectEqual(await stage.read(({ orders }) => orders.findMany(ids)), [one, other], 'the orders');
    },
  },
  {
    promise: "finds which order a channel's order became, by its exact id",
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      await stage.shelve('MUG', 3);
      const [one, two] = [await stage.addChannel('one.myshopify.com'), await stage.addChannel('two.myshopify.com')];
      const order = await stage.place([exampleLine('MUG', 1)], { source: fromChannel(one.id, '90071992547409931') });
      const became = (channelId: string, externalId: string, of = stage) =>
        of.read(({ orders }) => orders.ofSource({ channelId, externalId }));
      expectEqual(await became(one.id, '90071992547409931'), order.id, 'the order');
      expectEqual(
        [
          await became(one.id, '90071992547409932'),
          await became(two.id, '90071992547409931'),
          await became(one.id, '90071992547409931', other),
        ],
        [undefined, undefined, undefined],
        'of an id one off, of another channel, and for another organization',
      );
    },
  },
  {
    promise: 'keeps what a shop told last, as it was placed and as it is told later',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 3);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const source = { ...fromChannel(id, '1'), lastWord: lastWord('first') };
      const order = await stage.place([exampleLine('MUG', 1)], { source });
      expectEqual((await findOrder(stage, order))?.source, source, 'the source as it was placed');
      const later = { ...source, updatedAt: new Date('2026-01-05T12:00:00.000Z'), lastWord: lastWord('second') };
      const untold = { order: { ...order, source: later, version: 2 }, isNew: false, addedLines: 0 };
      await stage.run(({ orders }) => orders.save({ ...untold, entries: [], events: [], explanation: null }));
      expectEqual((await findOrder(stage, order))?.source, later, 'the source afterwards');
      const { data } = await stage.read(({ orders }) => orders.timeline(order.id, { limit: 10 }));
      expectEqual(
        data.map(({ what }) => what),
        ['placed'],
        'what was told of the order',
      );
    },
  },
  {
    promise: 'saves a change with its lines, one version on',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      const ready = advance(
        occasionAt(stage, order.placedAt),
        order,
        { status: 'readyToShip', tags: ['new'] },
        { what: 'markedReady', text: null },
      );
      await stage.run(({ orders }) => orders.save(ready));
      expectEqual(
        await findOrder(stage, order),
        { ...order, status: 'readyToShip', tags: ['new'], version: 2 },
        'the order afterwards',
      );
    },
  },
  {
    promise: 'never saves a change of an order that somebody else has changed meanwhile',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      await stage.run(({ orders }) => orders.save(noted(stage, order, 'first')));
      await expectNotDone(
        stage.attempt(async ({ orders }) => ({ ok: true, value: await orders.save(noted(stage, order, 'second')) })),
        'a change of an old version',
      );
      const { data } = await stage.read(({ orders }) => orders.timeline(order.id, { limit: 10 }));
      expectEqual(
        data.map(({ text }) => text),
        [null, 'first'],
        'what was told of the order',
      );
      expectEqual((await findOrder(stage, order))?.version, 2, 'the version afterwards');
    },
  },
  {
    promise: 'lets one of many changes win that were decided on the same version at once',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      const changing = (text: string) =>
        stage.attempt(async ({ orders }) => ({ ok: true as const, value: await orders.save(noted(stage, order, text)) }));
      const answers = await Promise.all(['a', 'b', 'c'].map((text) => changing(text).catch(() => undefined)));
      expectEqual(answers.filter((answer) => answer?.ok).length, 1, 'changes that were saved');
      expectEqual((await findOrder(stage, order))?.version, 2, 'the version afterwards');
    },
  },
  {
    promise: 'saves two changes of one order in one unit of work',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      await stage.run(async ({ orders }) => {
        const first = noted(stage, order, 'first');
        await orders.save(first);
        await orders.save(noted(stage, first.order, 'second'));
      });
      expectEqual((await findOrder(stage, order))?.version, 3, 'the version afterwards');
    },
  },
  {
    promise: 'saves changes of several orders at once, or none of them',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      const other = await stage.place([exampleLine('MUG', 1)]);
      const both = (text: string) => [noted(stage, order, text), noted(stage, other, text)] as const;
      await stage.run(({ orders }) => orders.save(...both('first')));
      expectEqual(
        [(await findOrder(stage, order))?.version, (await findOrder(stage, other))?.version],
        [2, 2],
        'the versions of both',
      );
      const [stale] = both('stale');
      const current = noted(stage, { ...other, version: 2 }, 'current');
      await expectNotDone(
        stage.attempt(async ({ orders }) => ({ ok: true, value: await orders.save(current, stale) })),
        'a change of an old version beside another',
      );
      expectEqual(
        [(await findOrder(stage, order))?.version, (await findOrder(stage, other))?.version],
        [2, 2],
        'the versions afterwards',
      );
      await stage.run(({ orders }) => orders.save());
    },
  },
  {
    promise: 'locks the orders that exist, as they are now',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      const locked = await stage.run(({ orders }) => orders.lock([OrderId(world.ids.next()), order.id, order.id]));
      expectEqual(locked, [order], 'the locked orders');
      expectEqual(await stage.run(({ orders }) => orders.lock([])), [], 'the orders of no id');
    },
  },
  {
    promise: 'lets many who lock the same order decide one after another',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      const note = (text: string) =>
        stage.run(async ({ orders }) => {
          const [locked] = await orders.lock([order.id]);
          expectThat(locked !== undefined, 'the order is there');
          await orders.save(noted(stage, locked, text));
        });
      await Promise.all(['a', 'b', 'c', 'd'].map(note));
      expectEqual((await findOrder(stage, order))?.version, 5, 'the version after four notes at once');
    },
  },
  {
    promise: 'sets lines beside their open reservations, and those that differ first',
    keeps: async (world) => {
      const { stage, place, order } = await promisedStage(world);
      const other = await stage.place([exampleLine('MUG', 1), exampleLine('MUG', 2)]);
      const facts = { pending: 0, reserved: 4, backordered: 0, shipped: 0, cancelled: 0, promised: 4, openReserved: 4 };
      const before = await stage.read(({ orders }) => orders.lineBooks(10));
      expectEqual(
        before.find(({ orderId }) => orderId === order.id),
        { id: order.lines[0]?.id, orderId: order.id, sku: place.sku, ordered: 4, ...facts },
        'the books of a line',
      );
      const [one] = (await stage.openOf(other)).filter(({ quantity }) => quantity === 2);
      expectThat(one !== undefined, 'the second line has a reservation');
      await stage.change(place.sku, (books, occasion) => leave(books, occasion, [one], 'released', null));
      const [first, ...others] = await stage.read(({ orders }) => orders.lineBooks(1));
      expectEqual(
        [first?.id, first?.reserved, first?.openReserved, others.length],
        [one.orderLineId, 2, 0, 0],
        'the one line of books that differ',
      );
    },
  },
];
