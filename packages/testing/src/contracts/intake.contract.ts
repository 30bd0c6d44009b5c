import { ok } from '@rappit/domain';
import { exampleItem, exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, openStage, type Stage } from './stage.js';
import { stockOf } from './stock-stage.js';

type Answers = Awaited<ReturnType<Stage['placeAll']>>;

/** `ok`, or the code of the refusal. */
export const saidBy = (answers: Answers): readonly string[] => answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));

const SHORT = 'order.insufficient_stock';

export const intakeContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'answers each request with its order, reserved, stored and told',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 10);
      const answers = await stage.placeAll([
        stage.asking([exampleLine('MUG', 2)]),
        stage.asking([exampleLine(' MUG ', 3, { name: 'Mug!' })]),
      ]);
      const orders = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
      expectEqual(
        orders.map(({ status, lines }) => [status, lines[0]?.name, lines[0]?.reserved]),
        [
          ['reserved', 'Item MUG', 2],
          ['reserved', 'Mug!', 3],
        ],
        'the orders',
      );
      for (const order of orders) {
        expectEqual(await stage.read((stores) => stores.orders.find(order.id)), order, 'the stored order');
        const told = await stage.read((stores) => stores.orders.timeline(order.id, { limit: 10 }));
        expectEqual(
          told.data.map(({ what }) => what),
          ['placed'],
          'its timeline',
        );
      }
      expectEqual((await stage.levelOf(place)).reserved, 5, 'units reserved');
      const events = await stage.run(({ outbox }) => outbox.claim(10, 60));
      expectEqual(events.map(({ event }) => event.aggregateId).sort(), orders.map(({ id }) => id).sort(), 'the events');
    },
  },
  {
    promise: 'tells once of an item that a batch brings low, beside the events of the orders',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 10);
      await stage.run(({ items, now }) => items.change({ ...exampleItem('Mug', { lowStockThreshold: 7 }), sku, createdAt: now }));
      await stage.placeAll([2, 2, 9, 2].map((units) => stage.asking([exampleLine('MUG', units)])));
      await stage.place([exampleLine('MUG', 1)]);
      const events = (await stage.run(({ outbox }) => outbox.claim(10, 60))).map(({ event }) => event);
      expectEqual(events.map(({ type }) => type).sort(), ['inventory.low_stock', ...Array(4).fill('order.placed')], 'the events');
      const low = events.find(({ type }) => type === 'inventory.low_stock');
      expectEqual(low?.data, { sku, available: 6, threshold: 7 }, 'what is told of the item');
      expectEqual(
        new Set(events.map(({ aggregateId }) => aggregateId)).size,
        events.length,
        'aggregates, so that no event waits for another',
      );
    },
  },
  {
    promise: 'places nothing of an empty batch',
    keeps: async (world) => expectEqual(await (await openStage(world)).placeAll([]), [], 'the answers to no request'),
  },
  {
    promise: 'never lets two lines of one SKU both win what is there once',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 5);
      const [answer] = await stage.placeAll([stage.asking([exampleLine('MUG', 3), exampleLine('MUG', 3)])]);
      expectEqual(
        answer,
        { ok: false, error: { code: SHORT, shortfalls: [{ sku: 'MUG', wanted: 6, available: 5 }] } },
        'the answer',
      );
      expectEqual((await stockOf(stage)).reservations, [], 'what is reserved');
    },
  },
  {
    promise: 'serves a batch first come first served, and lists what a refused order would have needed',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 5);
      const answers = await stage.placeAll([2, 2, 2, 1].map((units) => stage.asking([exampleLine('MUG', units)])));
      expectEqual(saidBy(answers), ['ok', 'ok', SHORT, 'ok'], 'the answers');
      expectEqual(
        answers[2],
        { ok: false, error: { code: SHORT, shortfalls: [{ sku: 'MUG', wanted: 2, available: 1 }] } },
        'the refusal',
      );
    },
  },
  {
    promise: 'stores nothing of a refused order',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 1);
      const before = await stockOf(stage);
      await stage.placeAll([stage.asking([exampleLine('MUG', 2)]), stage.asking([exampleLine('NOBODY KNOWS', 1)])]);
      expectEqual(await stockOf(stage), before, 'the stock afterwards');
      expectEqual((await stage.read(({ orders }) => orders.list({ limit: 10 }, {}))).data, [], 'the orders afterwards');
      expectEqual(await stage.run(({ outbox }) => outbox.claim(10, 60)), [], 'the events');
    },
  },
  {
    promise: 'lets no bad order touch its neighbours',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 2);
      const lines = ['MUG', 'NOBODY KNOWS', '', `M${'\u0007'}G`, 'MUG'].map((sku) => [exampleLine(sku, 1)]);
      const answers = await stage.placeAll(lines.map((line) => stage.asking(line)));
      expectEqual(saidBy(answers), ['ok', 'order.unknown_sku', 'order.unknown_sku', 'order.unknown_sku', 'ok'], 'the answers');
    },
  },
  {
    promise: 'lets an order with a text that can hardly be stored touch no other',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 3);
      const line = exampleLine('MUG', 1);
      const answers = await stage.placeAll([
        stage.asking([line]),
        stage.asking([line], { tags: ['a\u0000b', 'half a pair: \ud83d'] }),
        stage.asking([line]),
      ]);
      const [first, second, third] = saidBy(answers);
      expectEqual([first, third], ['ok', 'ok'], 'the answers to its neighbours');
      expectThat(second === 'ok' || second === 'store.unstorable', `it is stored or refused, not answered with ${second}`);
    },
  },
  {
    promise: 'promises what is there and backorders what is missing, when asked to',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 2);
      const order = await stage.place([exampleLine('MUG', 5)], { onShortage: 'backorder' });
      expectEqual([order.status, order.lines[0]?.reserved, order.lines[0]?.backordered], ['backordered', 2, 3], 'the order');
      expectEqual((await stage.levelOf(place)).reserved, 2, 'units reserved');
    },
  },
  {
    promise: 'leaves to earlier orders what they wait for',
    keeps: async (world) => {
      const stage = await openStage(world);
      const closed = await stage.addLocation('closed', { active: false });
      await stage.shelve('MUG', 5, closed);
      await stage.place([exampleLine('MUG', 3)], { onShortage: 'backorder' });
      await stage.run(async ({ locations }) => {
        const found = await locations.find(closed);
        return found && locations.save({ ...found, active: true });
      });
      const answers = await stage.placeAll([3, 2].map((units) => stage.asking([exampleLine('MUG', units)])));
      expectEqual(
        saidBy(answers),
        [SHORT, 'ok'],
        'the answers to orders of three and of two, of five of which three are waited for',
      );
    },
  },
  {
    promise: "holds a shop's order with a SKU that nobody knows, and promises its other lines",
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 2);
      const channel = await stage.addChannel('demo.myshopify.com');
      const order = await stage.place([exampleLine('MUG', 2), exampleLine('NOBODY KNOWS', 1)], {
        source: fromChannel(channel.id, '1'),
        onShortage: 'backorder',
      });
      expectEqual([order.status, order.hold, order.lines[1]?.pending], ['onHold', 'unmappedSku', 1], 'the order');
      expectEqual((await stage.levelOf(place)).reserved, 2, 'units reserved');
    },
  },
  {
    promise: 'places exactly as many of thirty orders in one batch as there is stock for',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 100);
      const answers = await stage.placeAll(Array.from({ length: 30 }, () => stage.asking([exampleLine('MUG', 5)])));
      await expectTwenty(stage, answers);
    },
  },
  {
    promise: 'places exactly as many of thirty orders at once as there is stock for',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 100);
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => stage.placeAll([stage.asking([exampleLine('MUG', 5)])])),
      );
      await expectTwenty(stage, answers.flat());
    },
  },
];

/** 20 × 5 of 100: no unit is promised twice, none is left over, and every order has a number of its own. */
const expectTwenty = async (stage: Stage, answers: Answers): Promise<void> => {
  const placed = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  expectEqual(placed.length, 20, 'orders that were placed');
  expectEqual(saidBy(answers.filter((answer) => !answer.ok)), Array(10).fill(SHORT), 'the refusals');
  expectEqual(new Set(placed.map(({ number }) => number)).size, 20, 'order numbers');
  const { levels, reservations } = await stockOf(stage);
  expectEqual(
    levels.map(({ onHand, reserved }) => [onHand, reserved]),
    [[100, 100]],
    'the level',
  );
  expectThat(
    reservations.length === 20 && reservations.every(({ quantity, status }) => quantity === 5 && status === 'open'),
    'there are twenty reservations of five',
  );
  for (const order of placed)
    expectEqual(ok(await stage.read(({ orders }) => orders.find(order.id))), ok(order), 'a stored order');
};
