import { err, type Item, ok, receive } from '@rappit/domain';
import { exampleItem, exampleSku } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectRefused, expectRejected, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';

const mug = (now: Date): Item => ({ ...exampleItem('Mug'), sku: exampleSku('MUG'), createdAt: now });

export const unitOfWorkContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'has written everything when it resolved with success',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 3);
      expectEqual((await stage.levelOf(place)).onHand, 3, 'units on hand');
    },
  },
  {
    promise: 'has written nothing when it refused',
    keeps: async (world) => {
      const stage = await openStage(world);
      const refused = await stage.attempt(async ({ items, now }) => {
        await items.add(mug(now));
        return err({ code: 'test.refused' as const });
      });
      expectRefused(refused, 'test.refused', 'the refusal of the work');
      expectEqual(
        await stage.read(({ items }) => items.find(exampleSku('MUG'))),
        undefined,
        'the item of a refused unit of work',
      );
    },
  },
  {
    promise: 'has written nothing when it threw, and hands the exception on',
    keeps: async (world) => {
      const stage = await openStage(world);
      const thrown = new Error('out of order');
      const work = stage.attempt(async ({ items, now }) => {
        await items.add(mug(now));
        throw thrown;
      });
      expectThat((await expectRejected(work, 'a unit of work that throws')) === thrown, 'the very exception is handed on');
      expectEqual(
        await stage.read(({ items }) => items.find(exampleSku('MUG'))),
        undefined,
        'the item of a unit of work that threw',
      );
    },
  },
  {
    promise: 'sees inside what it has written, and shows it to nobody else before it ends',
    keeps: async (world) => {
      const stage = await openStage(world);
      const seen = await stage.run(async ({ items, now }) => {
        await items.add(mug(now));
        const inside = await items.find(exampleSku('MUG'));
        return { inside, outside: await stage.read((stores) => stores.items.find(exampleSku('MUG'))) };
      });
      expectThat(seen.inside !== undefined, 'the unit of work sees its own item');
      expectEqual(seen.outside, undefined, 'the item as seen by others before the end');
    },
  },
  {
    promise: 'reads one consistent state, whatever is written meanwhile',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [before, after] = await stage.read(async ({ items }) => {
        const first = await items.list({ limit: 10 });
        await stage.run((stores) => stores.items.add(mug(stores.now)));
        return [first, await items.list({ limit: 10 })] as const;
      });
      expectEqual(after, before, 'what a reader sees the second time');
    },
  },
  {
    promise: 'writes nothing while it only reads',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.read(({ items, now }) => items.add(mug(now))).catch(() => undefined);
      expectEqual(await stage.read(({ items }) => items.find(exampleSku('MUG'))), undefined, 'the item that a reader added');
    },
  },
  {
    promise: 'loses no update when many run at once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 0);
      const one = () =>
        stage.change(place.sku, (books, occasion) => receive(books, occasion, { ...place, quantity: 1, reference: null }));
      await Promise.all(Array.from({ length: 10 }, one));
      expectEqual((await stage.levelOf(place)).onHand, 10, 'units after ten receipts at once');
    },
  },
  {
    promise: 'tells the time by one clock that never runs backwards',
    keeps: async (world) => {
      const stage = await openStage(world);
      const first = await stage.run(async ({ now }) => now);
      const second = await stage.read(async ({ now }) => now);
      expectThat(first instanceof Date && second.getTime() >= first.getTime(), 'a later unit of work is not earlier');
    },
  },
  {
    promise: 'answers what the work answered',
    keeps: async (world) => {
      const stage = await openStage(world);
      expectEqual(await stage.attempt(async () => ok({ units: 3 })), ok({ units: 3 }), 'the answer');
    },
  },
];
