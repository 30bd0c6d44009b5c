import { type Item, ok } from '@rappit/domain';
import { exampleItem, exampleLine, exampleSku } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';

const at = new Date('2026-01-05T09:30:00.000Z');
const item = (text: string, facts: Partial<Item> = {}): Item => ({
  ...exampleItem(text),
  sku: exampleSku(text),
  createdAt: at,
  ...facts,
});

/** In the order of code points, which isn't that of UTF-16 units: U+FF3A comes before U+1F600. */
const scripts = ['A', 'B', 'a', 'a b', 'ä', 'кружка', 'مخزون', '杯子', 'Ｚ', '😀'];

export const itemsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds an item with every fact as it was added',
    keeps: async (world) => {
      const stage = await openStage(world);
      const full = item('FULL', {
        barcode: '4006381333931',
        dimensions: { lengthMm: 90, widthMm: 80, heightMm: 100 },
        customs: { hsCode: '691200', originCountryCode: 'DE', description: 'Mug, "stoneware"' },
        lowStockThreshold: 0,
      });
      const bare = item('BARE', { weightGrams: null });
      await stage.run(async ({ items }) => [await items.add(full), await items.add(bare)]);
      expectEqual(await stage.read(({ items }) => items.find(full.sku)), full, 'the item with all facts');
      expectEqual(await stage.read(({ items }) => items.find(bare.sku)), bare, 'the item without facts');
      expectEqual(await stage.read(({ items }) => items.find(exampleSku('full'))), undefined, 'a SKU in other letters');
    },
  },
  {
    promise: 'adds no second item under a SKU',
    keeps: async (world) => {
      const stage = await openStage(world);
      const added = await stage.run(async ({ items }) => [
        await items.add(item('A')),
        await items.add(item('A', { name: 'Another' })),
      ]);
      expectEqual(added, [true, false], 'whether each was added');
      expectEqual((await stage.read(({ items }) => items.find(exampleSku('A'))))?.name, 'A', 'the name that stays');
    },
  },
  {
    promise: 'changes an item that is there, and says so when it is not',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.run(({ items }) => items.add(item('A')));
      const changed = await stage.run(async ({ items }) => [
        await items.change(item('A', { name: 'New', lowStockThreshold: 1_000_000 })),
        await items.change(item('B')),
      ]);
      expectEqual(changed, [true, false], 'whether each was changed');
      expectEqual(
        (await stage.read(({ items }) => items.list({ limit: 10 }))).data,
        [item('A', { name: 'New', lowStockThreshold: 1_000_000 })],
        'the items afterwards',
      );
    },
  },
  {
    promise: 'finds, lists and changes no removed item, and revives it when it is added again',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.run(({ items }) => items.add(item('A')));
      expectEqual(
        await stage.run(async ({ items }) => [await items.remove(exampleSku('A'), at), await items.remove(exampleSku('A'), at)]),
        [true, false],
        'whether it was removed',
      );
      const gone = await stage.run(async ({ items }) => ({
        found: await items.find(exampleSku('A')),
        many: await items.findMany([exampleSku('A')]),
        list: (await items.list({ limit: 10 })).data,
        changed: await items.change(item('A')),
      }));
      expectEqual(gone, { found: undefined, many: [], list: [], changed: false }, 'what is left of a removed item');
      const later = item('A', { name: 'Again', createdAt: new Date('2026-02-01T00:00:00.000Z') });
      expectEqual(await stage.run(({ items }) => items.add(later)), true, 'whether it was revived');
      expectEqual(await stage.read(({ items }) => items.find(exampleSku('A'))), later, 'the revived item');
    },
  },
  {
    promise: 'finds those of many SKUs that exist',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const text of ['A', 'B']) await stage.run(({ items }) => items.add(item(text)));
      const found = await stage.read(({ items }) => items.findMany(['A', 'C', 'B', 'A'].map(exampleSku)));
      expectEqual(found.map(({ sku }) => sku).sort(), ['A', 'B'], 'the SKUs found');
      expectEqual(await stage.read(({ items }) => items.findMany([])), [], 'what is found of no SKU');
    },
  },
  {
    promise: 'lists items by code point, page by page, each once',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const text of [...scripts].reverse()) await stage.addItem(text);
      for (const limit of [1, 3, 100]) {
        const listed = await allPages(limit, (page) => stage.read(({ items }) => items.list(page)));
        expectEqual(
          listed.map(({ sku }) => sku),
          scripts,
          `the SKUs in pages of ${limit}`,
        );
      }
    },
  },
  {
    promise: 'goes on after any text, whether or not an item has that SKU',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const text of ['A', 'C']) await stage.addItem(text);
      const after = async (cursor: string) =>
        (await stage.read(({ items }) => items.list({ limit: 10, cursor }))).data.map(({ sku }) => sku);
      expectEqual(await after('B'), ['C'], 'what comes after B');
      expectEqual(await after("Ö'); --"), [], 'what comes after a text that no SKU has');
      expectEqual(await after(''), ['A', 'C'], 'what comes after nothing');
    },
  },
  {
    promise: 'finds what starts with a text, in SKU or name, and takes every sign of it literally',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.run(async ({ items }) => {
        await items.add(item('M%', { name: 'Glass' }));
        await items.add(item('MUG', { name: 'Stoneware' }));
        await items.add(item('X', { name: 'MUG in blue' }));
      });
      const found = async (text: string) =>
        (await stage.read(({ items }) => items.list({ limit: 10 }, text))).data.map(({ sku }) => sku);
      expectEqual(await found('MU'), ['MUG', 'X'], 'what starts with MU');
      expectEqual(await found('M%'), ['M%'], 'what starts with a per cent sign in it');
      expectEqual(await found('UG'), [], 'what only holds the text');
      expectEqual(await found('Stone'), ['MUG'], 'what has such a name');
    },
  },
  {
    promise: 'locks an item that is there, so that many who change it do so one after another',
    keeps: async (world) => {
      const stage = await openStage(world);
      const sku = await stage.addItem('A');
      const lengthen = () =>
        stage.run(async ({ items }) => {
          const found = await items.lock(sku);
          return found && items.change({ ...found, name: `${found.name}+` });
        });
      await Promise.all([lengthen(), lengthen(), lengthen()]);
      expectEqual((await stage.read(({ items }) => items.find(sku)))?.name, 'Item A+++', 'the name after three changes at once');
      expectEqual(await stage.run(({ items }) => items.lock(exampleSku('B'))), undefined, 'the lock of an item that nobody has');
    },
  },
  {
    promise: 'adds or revives many at once, and none of them when one is there',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.run(async ({ items }) => {
        await items.add(item('OLD', { name: 'Before' }));
        await items.remove(exampleSku('OLD'), at);
        await items.add(item('THERE'));
      });
      const later = new Date('2026-02-01T00:00:00.000Z');
      const many = ['C', 'OLD', 'A'].map((text) => item(text, { createdAt: later, weightGrams: null, barcode: text }));
      await expectNotDone(
        stage.attempt(async ({ items }) => ok(await items.addMany([...many, item('THERE', { name: 'Overwritten' })]))),
        'adding one that is there',
      );
      const list = async () => (await stage.read(({ items }) => items.list({ limit: 10 }))).data;
      expectEqual(await list(), [item('THERE')], 'the items after that');
      await stage.run(({ items }) => items.addMany(many));
      await stage.run(({ items }) => items.addMany([]));
      const sorted = [...many].sort((a, b) => (a.sku < b.sku ? -1 : 1));
      expectEqual(await list(), [...sorted, item('THERE')], 'the items with those that were added');
    },
  },
  {
    promise: 'locks and changes many at once, with every fact but when they were added',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const text of ['A', 'B', 'C']) await stage.run(({ items }) => items.add(item(text)));
      await stage.run(({ items }) => items.remove(exampleSku('C'), at));
      const locked = await stage.run(({ items }) => items.lockMany(['B', 'X', 'A', 'C', 'A'].map(exampleSku)));
      expectEqual(locked.map(({ sku }) => sku).sort(), ['A', 'B'], 'those that could be locked');
      expectEqual(await stage.run(({ items }) => items.lockMany([])), [], 'those of no SKU');
      const full = {
        name: 'New',
        barcode: '1',
        weightGrams: null,
        dimensions: { lengthMm: 1, widthMm: 2, heightMm: 3 },
        customs: { hsCode: '691200', originCountryCode: 'DE', description: 'Mug' },
        lowStockThreshold: 4,
        components: [{ sku: exampleSku('C'), quantity: 2 }],
      };
      const bare = {
        name: 'Bare',
        barcode: null,
        weightGrams: null,
        dimensions: null,
        customs: null,
        lowStockThreshold: null,
        components: null,
      };
      const changed = [item('B', full), item('A', bare)];
      await stage.run(async ({ items }) => {
        await items.lockMany(changed.map(({ sku }) => sku));
        await items.changeMany(changed.map((one) => ({ ...one, createdAt: new Date('2030-01-01T00:00:00.000Z') })));
        await items.changeMany([]);
      });
      const { data } = await stage.read(({ items }) => items.list({ limit: 10 }));
      expectEqual(data, [item('A', bare), item('B', full)], 'the items afterwards');
      const gone = stage.attempt(async ({ items }) => ok(await items.changeMany([item('A'), item('C')])));
      await expectNotDone(gone, 'changing one that was removed');
    },
  },
  {
    promise: 'counts what would be lost with an item: listings and units that orders wait for',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('A', 2);
      const other = await stage.addItem('B');
      const none = { listings: 0, waiting: 0, kits: 0 };
      expectEqual(await stage.run(({ items }) => items.uses(sku)), none, 'the uses of an item that nobody wants');
      await stage.place([exampleLine('A', 1), exampleLine('A', 5)], { onShortage: 'backorder' });
      const { id } = await stage.addChannel('demo.myshopify.com');
      for (const externalVariantId of ['1', '2'])
        await stage.run(({ channels }) => channels.saveListing({ channelId: id, externalVariantId, sku }));
      expectEqual(await stage.run(({ items }) => items.uses(sku)), { listings: 2, waiting: 4, kits: 0 }, 'the uses of the item');
      expectEqual(await stage.run(({ items }) => items.uses(other)), none, 'the uses of another item');
    },
  },
];
