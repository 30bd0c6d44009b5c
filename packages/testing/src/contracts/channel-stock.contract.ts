import type { ChannelId, ShopVariant, ShownStock } from '@rappit/domain';
import { exampleItem, exampleSku } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';

const variant = (externalVariantId: string, facts: Partial<ShopVariant> = {}): ShopVariant => ({
  externalVariantId,
  externalItemId: `item ${externalVariantId}`,
  sku: null,
  barcode: null,
  name: `Variant ${externalVariantId}`,
  ...facts,
});

const at = new Date('2026-01-05T09:00:00.000Z');
const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1_000);

const place = (channelId: ChannelId, externalItemId: string, facts: Partial<ShownStock> = {}): ShownStock => ({
  channelId,
  externalItemId,
  externalLocationId: null,
  sku: exampleSku('MUG'),
  target: 5,
  changedAt: at,
  submitted: null,
  accepted: null,
  observed: null,
  settlesAt: null,
  status: 'due',
  attempts: 0,
  dueAt: at,
  problem: null,
  ...facts,
});

export const channelStockContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'knows which listed variants a shop counts, by variant, as it told of them last',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { id: channelId } = await stage.addChannel('demo.myshopify.com');
      const mug = await stage.addItem('MUG');
      const told = [variant('1'), variant('2', { externalItemId: null }), variant('3'), variant('10')];
      await stage.run(async ({ channels, channelStock }) => {
        await channelStock.saveVariants(channelId, told);
        await channelStock.saveVariants(channelId, [variant('3', { externalItemId: 'another', name: 'Anew' })]);
        await channelStock.saveVariants(channelId, []);
        for (const externalVariantId of ['1', '2', '3', '4'])
          await channels.saveListing({ channelId, externalVariantId, sku: mug });
      });
      const counted = (limit: number, after?: string) =>
        stage.read(({ channelStock }) => channelStock.counted(channelId, limit, after));
      const expected = [
        { externalVariantId: '1', externalItemId: 'item 1', sku: mug },
        { externalVariantId: '3', externalItemId: 'another', sku: mug },
      ];
      expectEqual(
        [await counted(10), await counted(1), await counted(10, '1')],
        [expected, [expected[0]], [expected[1]]],
        'those',
      );
    },
  },
  {
    promise: 'finds variants that nobody has listed by the very SKU, and proposes others by their barcode, never by their name',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { id: channelId } = await stage.addChannel('demo.myshopify.com');
      const mug = await stage.addItem('MUG');
      await stage.addItem('OTHER');
      const cup = exampleSku('CUP');
      await stage.run(({ items, now }) =>
        items.add({ ...exampleItem('Cup'), sku: cup, barcode: '4006381333931', createdAt: now }),
      );
      const told = [
        variant('1', { sku: 'MUG' }),
        variant('2', { sku: 'mug' }),
        variant('3', { barcode: '4006381333931', sku: 'CUP-1' }),
        variant('4', { name: 'Item OTHER' }),
        variant('5', { sku: 'MUG' }),
      ];
      await stage.run(async ({ channels, channelStock }) => {
        await channelStock.saveVariants(channelId, told);
        await channels.saveListing({ channelId, externalVariantId: '5', sku: mug });
      });
      expectEqual(
        await stage.read(({ channelStock }) => channelStock.unlisted(channelId, 10)),
        [{ channelId, externalVariantId: '1', sku: mug }],
        'what is listed by its SKU',
      );
      expectEqual(
        await allPages(1, (page) => stage.read(({ channelStock }) => channelStock.proposals(channelId, page))),
        [{ externalVariantId: '3', name: 'Variant 3', barcode: '4006381333931', externalSku: 'CUP-1', sku: cup }],
        'what is proposed',
      );
    },
  },
  {
    promise: 'keeps what places show, each once, as it was saved last, and lists them page by page',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const { id } = await stage.addChannel('demo.myshopify.com');
      const full = place(id, 'a', {
        externalLocationId: '1',
        submitted: 4,
        accepted: 3,
        observed: 2,
        settlesAt: later(60),
        status: 'givenUp',
        attempts: 8,
        problem: 'shop.stale',
      });
      const rows = [place(id, 'a'), full, place(id, 'b')];
      const save = (...some: readonly ShownStock[]) => stage.run(({ channelStock }) => channelStock.save(some));
      await save(...rows.map((row) => ({ ...row, target: 1 })));
      await save(...rows);
      const list = (who: typeof stage) => allPages(2, (page) => who.read(({ channelStock }) => channelStock.list(id, page)));
      expectEqual([await list(stage), await list(other)], [rows, []], 'the places');
      const ofStatus = (status: ShownStock['status']) =>
        allPages(1, (page) => stage.read(({ channelStock }) => channelStock.list(id, page, status)));
      expectEqual([await ofStatus('givenUp'), await ofStatus('shown')], [[full], []], 'those of a status');
      const locked = (items: readonly string[]) => stage.run(({ channelStock }) => channelStock.lock(id, items));
      expectEqual([await locked(['a']), await locked([])], [rows.slice(0, 2), []], 'those of an item');
    },
  },
  {
    promise: 'leases due places to one caller, those first that wait longest',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const now = await stage.read(async (stores) => stores.now);
      await stage.run(({ channelStock }) =>
        channelStock.save([
          place(id, 'young', { changedAt: later(60) }),
          place(id, 'old', { changedAt: later(30) }),
          place(id, 'shown', { status: 'shown' }),
          place(id, 'given up', { status: 'givenUp', changedAt: later(40) }),
          place(id, 'not yet', { dueAt: new Date(now.getTime() + 600_000), changedAt: later(50) }),
        ]),
      );
      const claim = async (limit: number) =>
        (await stage.run(({ channelStock }) => channelStock.claim(id, limit, 60))).map((row) => row.externalItemId).sort();
      expectEqual([await claim(1), await claim(9), await claim(9)], [['old'], ['young'], []], 'what is leased');
    },
  },
];
