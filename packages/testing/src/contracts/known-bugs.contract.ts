import {
  adjustStock,
  byPriority,
  cancelOrder,
  leave,
  type Order,
  receiveStock,
  reconcile,
  type StoredAnswer,
  system,
} from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { saidBy } from './intake.contract.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, openStage, type Stage } from './stage.js';
import { promisedStage } from './stock-stage.js';

/** A stage with every use case of these stories, for one caller. */
const actors = (stage: Stage) => {
  const deps = { ...stage, policy: byPriority };
  const caller = { organizationId: stage.organizationId, actor: system('contract') };
  const answer = (): StoredAnswer => ({ status: 201, body: '', resource: null });
  return {
    cancel: (order: Order) => cancelOrder(deps)(caller, order.id, 'other'),
    adjust: adjustStock(deps),
    receive: receiveStock(deps),
    caller,
    /** Requests of one body, told apart by their keys alone. */
    under: (key: string) => ({ ...caller, once: { scope: 'POST', key, fingerprint: 'one body', answer } }),
  };
};

const SHORT = 'order.insufficient_stock';

/** Everything adds up, and so much of the SKU is reserved. */
export const expectReserved = async (stage: Stage, units: number): Promise<void> => {
  const { levels, lines } = await reconcile(stage)(stage.organizationId);
  expectEqual({ levels, lines }, { levels: [], lines: [] }, 'the differences in the books');
  const { data } = await stage.read(({ stock }) => stock.levels({ limit: 100 }, {}));
  expectEqual(
    data.reduce((sum, { reserved }) => sum + reserved, 0),
    units,
    'the units that are reserved',
  );
};

/** Ways in which other shops' stock went wrong, each told as it happened to them. */
export const knownBugsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'two lines of one SKU: each fits alone, together they do not',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 5);
      const answers = await stage.placeAll([stage.asking([exampleLine('MUG', 3), exampleLine('MUG', 3)])]);
      expectEqual(saidBy(answers), [SHORT], 'the answer');
      await expectReserved(stage, 0);
    },
  },
  {
    promise: 'split over-allocation: what a second location adds is what is still missing, not what it has',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 10, await stage.addLocation('L0', { priority: 0 }));
      await stage.receive({ sku, locationId: await stage.addLocation('L1', { priority: 1 }) }, 9);
      const order = await stage.place([exampleLine('MUG', 13)]);
      const parts = (await stage.openOf(order)).map(({ quantity }) => quantity);
      expectEqual([parts.length, parts[0], parts[1]], [2, 10, 3], 'what each location gives of thirteen');
      await expectReserved(stage, 13);
    },
  },
  {
    promise: 'double release: of two who give the same units back, one does',
    keeps: async (world) => {
      const { stage, place, reservation } = await promisedStage(world);
      // Enough else is promised for the level to bear the units being given back twice: only the reservation can tell.
      await stage.place([exampleLine('MUG', 6)]);
      const release = () =>
        stage.attemptChange(place.sku, (books, occasion) => leave(books, occasion, [reservation], 'released', null));
      const answers = await Promise.all([release(), release()]);
      expectEqual(answers.filter((one) => one.ok).length, 1, 'how many gave the units back');
      expectEqual((await stage.levelOf(place)).reserved, 6, 'units reserved afterwards');
    },
  },
  {
    promise: 'double release: an order that is cancelled by several at once gives its units back once',
    keeps: async (world) => {
      const { stage, order } = await promisedStage(world);
      await stage.place([exampleLine('MUG', 2)]);
      const { cancel } = actors(stage);
      const answers = await Promise.all([cancel(order), cancel(order), cancel(order)]);
      expectEqual(answers.filter((one) => one.ok).length, 1, 'how many cancelled it');
      await expectReserved(stage, 2);
    },
  },
  {
    promise: 'own-hold lock-out: an order that holds the last units is not kept from them by its own hold',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 4);
      const order = await stage.place([exampleLine('MUG', 4)]);
      expectEqual(saidBy(await stage.placeAll([stage.asking([exampleLine('MUG', 1)])])), [SHORT], 'anybody else');
      const open = await stage.openOf(order);
      await stage.change(place.sku, (books, occasion) => leave(books, occasion, open, 'consumed', null));
      const { onHand, reserved } = await stage.levelOf(place);
      expectEqual([onHand, reserved], [0, 0], 'what is left when its units went out');
    },
  },
  {
    promise: 'reversed lock order: orders that name the same SKUs the other way round all come to an answer',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const sku of ['A', 'B', 'C']) await stage.shelve(sku, 10);
      const there = ['A', 'B', 'C'].map((sku) => exampleLine(sku, 1));
      const ask = (index: number) => stage.placeAll([stage.asking(index % 2 === 0 ? there : [...there].reverse())]);
      const answers = (await Promise.all(Array.from({ length: 16 }, (_, index) => ask(index)))).flat();
      expectEqual([...saidBy(answers)].sort(), [...Array(10).fill('ok'), ...Array(6).fill(SHORT)].sort(), 'the answers');
      await expectReserved(stage, 30);
    },
  },
  {
    promise: 'reserve failing beside a sibling: when one line is not there, the other lines hold nothing either',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 5);
      await stage.shelve('PLATE', 0);
      const answers = await stage.placeAll([
        stage.asking([exampleLine('MUG', 5), exampleLine('PLATE', 1)]),
        stage.asking([exampleLine('MUG', 5)]),
      ]);
      expectEqual(saidBy(answers), [SHORT, 'ok'], 'the answers');
      await expectReserved(stage, 5);
    },
  },
  {
    promise: 'corrective write lost: a count that happens to be the same as an earlier one is booked as well',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 10);
      const { adjust, under } = actors(stage);
      for (const key of ['monday', 'tuesday', 'tuesday']) await adjust(under(key), { ...place, delta: -3, reason: 'count' });
      expectEqual((await stage.levelOf(place)).onHand, 4, 'what is there after the same correction on two days');
    },
  },
  {
    promise: 'count below promised: only the missing units break, and the others stay promised',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 10);
      const older = await stage.place([exampleLine('MUG', 6)]);
      const newer = await stage.place([exampleLine('MUG', 4)]);
      const { adjust, caller } = actors(stage);
      const counted = await adjust(caller, { ...place, delta: -3, reason: 'count' });
      expectThat(counted.ok, 'a count is a fact');
      expectEqual(
        counted.value.broken.map(({ quantity }) => quantity),
        [3],
        'the units that broke',
      );
      const units = async (order: Order) => (await stage.read(({ orders }) => orders.find(order.id)))?.lines[0]?.reserved;
      expectEqual([await units(older), await units(newer)], [6, 1], 'what the orders still have');
      await expectReserved(stage, 7);
    },
  },
  {
    promise: 'a batch in which one order fails on data: its neighbours are placed',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 10);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const shops = (externalId: string) => stage.asking([exampleLine('MUG', 1)], { source: fromChannel(id, externalId) });
      const nul = stage.asking([exampleLine('MUG', 1)], { tags: ['a\u0000b'] });
      const answers = await stage.placeAll([shops('1'), nul, shops('1'), shops('2')]);
      const [first, , again, last] = saidBy(answers);
      expectEqual([first, again, last], ['ok', 'order.already_placed', 'ok'], "the neighbours' answers");
      const placed = saidBy(answers).filter((said) => said === 'ok').length;
      await expectReserved(stage, placed);
    },
  },
  {
    promise: 'two batches with the same keys in opposite order: each key has one effect, and nobody waits in a circle',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 100);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const batch = ['1', '2', '3', '4', '5'].map((externalId) =>
        stage.asking([exampleLine('MUG', 1)], { source: fromChannel(id, externalId) }),
      );
      const rounds = await Promise.all([stage.placeAll(batch), stage.placeAll([...batch].reverse())]);
      expectEqual(saidBy(rounds.flat()).filter((said) => said === 'ok').length, 5, 'how many orders were placed');
      await expectReserved(stage, 5);
    },
  },
];
