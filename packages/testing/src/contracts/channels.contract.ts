import { type Channel, ChannelId, type Listing } from '@rappit/domain';
import { exampleLine, exampleSku } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, openStage } from './stage.js';

const shop = (world: PersistenceWorld, shopDomain: string): Channel => ({
  id: ChannelId(world.ids.next()),
  kind: 'shopify',
  name: 'Demo shop',
  shopDomain,
  status: 'connected',
  access: 'webhookSecret',
  buffer: 0,
  locations: [],
  createdAt: new Date('2026-01-05T09:00:00.000Z'),
});

export const channelsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds a channel as it was added, and its secrets apart from it, in their order',
    keeps: async (world) => {
      const stage = await openStage(world);
      const channel = shop(world, 'demo.myshopify.com');
      expectEqual(
        await stage.run(({ channels }) => channels.add(channel, ['sealed one', 'sealed two'])),
        true,
        'whether it was added',
      );
      expectEqual(await stage.read(({ channels }) => channels.find(channel.id)), channel, 'the channel');
      expectEqual(
        await stage.read(({ channels }) => channels.secretsOf(channel.id)),
        ['sealed one', 'sealed two'],
        'its secrets',
      );
      expectEqual(
        await stage.read(({ channels }) => channels.secretsOf(ChannelId(world.ids.next()))),
        [],
        'the secrets of nobody',
      );
    },
  },
  {
    promise: 'adds no second channel of a shop to an organization, and lets another organization have one',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const first = shop(world, 'demo.myshopify.com');
      await stage.run(({ channels }) => channels.add(first, ['one']));
      expectEqual(
        await stage.run(({ channels }) => channels.add(shop(world, 'demo.myshopify.com'), ['two'])),
        false,
        'whether a second was added',
      );
      expectEqual(
        (await stage.read(({ channels }) => channels.list({ limit: 10 }))).data,
        [first],
        'the channels of the organization',
      );
      expectEqual(
        await other.run(({ channels }) => channels.add(shop(world, 'demo.myshopify.com'), ['three'])),
        true,
        'whether the other has one',
      );
    },
  },
  {
    promise: 'opens the door to every channel that claims a shop, and to no other',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const domain = `shop-${world.ids.next()}.myshopify.com`;
      const [mine, theirs] = [await stage.addChannel(domain), await other.addChannel(domain)];
      await stage.addChannel('elsewhere.myshopify.com');
      const claimed = await world.door.channelsOfShop('shopify', domain);
      const sorted = [...claimed].sort((a, b) => (a.channelId < b.channelId ? -1 : 1));
      const expected = [
        { organizationId: stage.organizationId, channelId: mine.id },
        { organizationId: other.organizationId, channelId: theirs.id },
      ].sort((a, b) => (a.channelId < b.channelId ? -1 : 1));
      expectEqual(sorted, expected, 'the channels of the shop');
      expectEqual(await world.door.channelsOfShop('shopify', `no-${domain}`), [], 'the channels of a shop that nobody has');
    },
  },
  {
    promise: 'lists channels newest first, page by page, each once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const added: string[] = [];
      for (const name of ['a', 'b', 'c']) added.unshift((await stage.addChannel(`${name}.myshopify.com`)).id);
      const listed = await allPages(2, (page) => stage.read(({ channels }) => channels.list(page)));
      expectEqual(
        listed.map(({ id }) => id),
        added,
        'the channels',
      );
    },
  },
  {
    promise: 'maps a variant to one SKU, the last that was named',
    keeps: async (world) => {
      const stage = await openStage(world);
      const channel = await stage.addChannel('demo.myshopify.com');
      const [mug, cup] = [await stage.addItem('MUG'), await stage.addItem('CUP')];
      const listing = (sku: Listing['sku'], externalVariantId = '42'): Listing => ({
        channelId: channel.id,
        externalVariantId,
        sku,
      });
      for (const one of [listing(mug), listing(cup), listing(cup, '43')])
        await stage.run(({ channels }) => channels.saveListing(one));
      const found = await stage.read(({ channels }) => channels.listingsOf(channel.id, ['42', '43', '44', '42']));
      expectEqual(
        [...found].sort((a, b) => (a.externalVariantId < b.externalVariantId ? -1 : 1)),
        [listing(cup), listing(cup, '43')],
        'the listings of the variants',
      );
      expectEqual(await stage.read(({ channels }) => channels.listingsOf(channel.id, [])), [], 'the listings of no variant');
    },
  },
  {
    promise: 'lists listings page by page, each once, of one channel when asked',
    keeps: async (world) => {
      const stage = await openStage(world);
      const sku = await stage.addItem('MUG');
      const channels = [await stage.addChannel('a.myshopify.com'), await stage.addChannel('b.myshopify.com')];
      const listings = channels.flatMap(({ id }) =>
        ['1', '10', '2'].map((externalVariantId) => ({ channelId: id, externalVariantId, sku })),
      );
      for (const listing of [...listings].reverse()) await stage.run((stores) => stores.channels.saveListing(listing));
      const all = await allPages(2, (page) => stage.read((stores) => stores.channels.listings(page)));
      expectEqual(all.length, 6, 'listings in all');
      expectEqual(
        new Set(all.map(({ channelId, externalVariantId }) => `${channelId} ${externalVariantId}`)).size,
        6,
        'different listings',
      );
      const [first] = channels;
      expectThat(first !== undefined, 'there is a channel');
      const ofFirst = await allPages(2, (page) => stage.read((stores) => stores.channels.listings(page, first.id)));
      expectEqual(ofFirst, listings.slice(0, 3), 'the listings of one channel, by variant');
      await stage.run((stores) => stores.channels.dropListings(first.id));
      const left = await allPages(2, (page) => stage.read((stores) => stores.channels.listings(page)));
      expectEqual(
        left.filter(({ channelId }) => channelId === first.id),
        [],
        'the listings of a channel of which they were dropped',
      );
      expectEqual(left.length, 3, 'the listings of the other channel');
    },
  },
  {
    promise: 'lists what nobody has mapped yet, oldest order first, with what the shop calls it',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const channel = await stage.addChannel('demo.myshopify.com');
      const external = { lineId: '7', variantId: '42', sku: 'NO' };
      const sold = (id: string) => ({ source: fromChannel(channel.id, id), onShortage: 'backorder' as const });
      const first = await stage.place(
        [exampleLine('MUG', 1), exampleLine('NO', 2, { external, name: 'Nothing' }), exampleLine(null, 3)],
        sold('1'),
      );
      const second = await stage.place([exampleLine('NO', 4)], sold('2'));
      const listed = await allPages(2, (page) => stage.read(({ channels }) => channels.unmapped(page)));
      expectEqual(
        listed.map(({ orderId, units }) => [orderId, units]),
        [
          [first.id, 2],
          [first.id, 3],
          [second.id, 4],
        ],
        'the lines that wait',
      );
      const about = {
        orderLineId: first.lines[1]?.id,
        orderId: first.id,
        orderNumber: first.number,
        channelId: channel.id,
        name: 'Nothing',
        externalVariantId: '42',
        externalSku: 'NO',
        units: 2,
      };
      expectEqual(listed[0], about, 'what is told of the first');
    },
  },
  {
    promise: 'finds a line that nobody has mapped by its id, and no line of known goods',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      await stage.shelve('MUG', 9);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const order = await stage.place([exampleLine('MUG', 1), exampleLine('NO', 2)], {
        source: fromChannel(id, '1'),
        onShortage: 'backorder',
      });
      const [known, unknown] = order.lines;
      expectThat(known !== undefined && unknown !== undefined, 'there are two lines');
      const [listed] = (await stage.read(({ channels }) => channels.unmapped({ limit: 1 }))).data;
      expectEqual(await stage.read(({ channels }) => channels.unmappedItem(unknown.id)), listed, 'the line, as it is listed');
      expectEqual(
        [
          await stage.read(({ channels }) => channels.unmappedItem(known.id)),
          await other.read(({ channels }) => channels.unmappedItem(unknown.id)),
        ],
        [undefined, undefined],
        'a known line, and the line for another organization',
      );
    },
  },
  {
    promise: 'names lines whose variant is listed in their channel by now, or whose SKU is an item by now',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const [one, two] = [await stage.addChannel('one.myshopify.com'), await stage.addChannel('two.myshopify.com')];
      const wanting = (sku: string | null, variantId: string | null) =>
        exampleLine(sku, 1, { external: { lineId: '7', variantId, sku } });
      const placed = (channelId: string, line: ReturnType<typeof wanting>) =>
        stage.place([line], { source: fromChannel(channelId, '1'), onShortage: 'backorder' });
      const orders = [await placed(one.id, wanting('X', '42')), await placed(two.id, wanting('LATER', '42'))];
      const nameable = () => stage.read(({ channels }) => channels.nameable(10));
      expectEqual(await nameable(), [], 'what can be named at first');
      await stage.run(({ channels }) =>
        channels.saveListing({ channelId: one.id, externalVariantId: '42', sku: exampleSku('MUG') }),
      );
      await stage.addItem('LATER');
      expectEqual(
        await nameable(),
        orders.map(({ id, lines }, index) => ({
          orderId: id,
          orderLineId: lines[0]?.id,
          sku: exampleSku(index === 0 ? 'MUG' : 'LATER'),
        })),
        'what can be named now, the oldest order first',
      );
      expectEqual((await stage.read(({ channels }) => channels.nameable(1))).length, 1, 'how many at once');
    },
  },
];
