import type { ExternalOrder, FulfilmentToTell, SalesChannel, ShopCatalogue, ShopPlace, ShopVariant } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';

/** What the suite needs of a shop: the channel to it, and a hand on its other side. */
export type SalesChannelWorld = {
  readonly channel: SalesChannel;
  /** The order as it is in the shop from now on, changed now. */
  readonly putOrder: (order: ExternalOrder) => void | Promise<void>;
  /** Two places whose stock the shop counts, at one location. */
  readonly places: readonly [ShopPlace, ShopPlace];
  /** What a place shows from now on, as if somebody else had counted. */
  readonly setStock: (place: ShopPlace, available: number) => void | Promise<void>;
  /** Five variants that the shop sells, of which two have no SKU or no barcode; and nothing else. */
  readonly variants: readonly ShopVariant[];
  /** The tracking numbers that the shop was told of, for an order. */
  readonly toldOf: (externalOrderId: string) => readonly string[] | Promise<readonly string[]>;
  /** From now on the shop tells this order in a way that nobody can read. */
  readonly spoilOrder: (externalId: string) => void | Promise<void>;
  /** All that are ours, wherever they lead. */
  readonly webhooks: () => readonly WebhookThere[] | Promise<readonly WebhookThere[]>;
  readonly addWebhook: (webhook: WebhookThere) => void | Promise<void>;
  readonly dropWebhook: (topic: string) => void | Promise<void>;
  readonly breakDown: (fault: 'away' | 'unauthorized' | 'lost') => void | Promise<void>;
  readonly mend: () => void | Promise<void>;
  /** Paid orders of two lines, which the shop may hold; one of another number is another order. */
  readonly exampleOrder: (number: string) => ExternalOrder;
};

export type WebhookThere = { readonly topic: string; readonly address: string };

const ADDRESS = 'https://hub.example.com/api/v1/webhooks';
const FORMER_ADDRESS = 'https://hub.example.net/webhooks';
/** Letters and digits only: one of the shops changes what else is in a secret. */
const SECRET = 'SECRETofthewebhooks4711';
const NO_ORDER = '404404404';

const all = async ({ channel }: SalesChannelWorld, from: string | null) => {
  const read: ExternalOrder[] = [];
  const unreadable: (string | null)[] = [];
  let cursor = from;
  for (let more = true; more; ) {
    const page = expectOk(await channel.ordersSince(cursor), 'reading orders');
    read.push(...page.orders);
    unreadable.push(...page.unreadable.map(({ externalId }) => externalId));
    ({ cursor, more } = page);
  }
  return { ids: read.map(({ externalId }) => externalId), unreadable, cursor };
};

const toOurAddress = async (world: SalesChannelWorld): Promise<readonly string[]> =>
  (await world.webhooks()).flatMap(({ topic, address }) => (address === ADDRESS ? topic : [])).sort();

const parcel = ({ externalId, lines }: ExternalOrder): FulfilmentToTell => ({
  externalOrderId: externalId,
  lines: lines.map(({ external, quantity }) => ({ externalLineId: external.lineId, quantity })),
  tracking: { company: 'DHL Express', number: '1234567890', url: null },
  notifyCustomer: false,
});

/** What every shop that we are connected to keeps. */
export const salesChannelContract: readonly ContractCase<SalesChannelWorld>[] = [
  {
    promise: 'reads an order by its id as it is in the shop, and none that is not there',
    keeps: async (world) => {
      const order = world.exampleOrder('820982911946154508');
      await world.putOrder(order);
      expectEqual(expectOk(await world.channel.orderById(order.externalId), 'reading an order'), order, 'the order');
      expectEqual(expectOk(await world.channel.orderById(NO_ORDER), 'reading no order'), null, 'an order that is not there');
    },
  },
  {
    promise: 'reads every order page by page, and later those that changed since',
    keeps: async (world) => {
      const orders = ['101', '102', '103', '104', '105'].map(world.exampleOrder);
      for (const order of orders) await world.putOrder(order);
      const ids = orders.map(({ externalId }) => externalId).sort();
      const first = await all(world, null);
      expectEqual([...new Set(first.ids)].sort(), ids, 'all orders');
      const [changed, added] = [world.exampleOrder('102'), world.exampleOrder('106')];
      for (const order of [changed, added]) await world.putOrder(order);
      const later = await all(world, first.cursor);
      for (const { externalId } of [changed, added])
        expectThat(later.ids.includes(externalId), `${externalId}, which changed since, is read`);
      expectThat(
        later.ids.lastIndexOf(changed.externalId) < later.ids.lastIndexOf(added.externalId),
        'the oldest change comes first',
      );
    },
  },
  {
    promise: 'lets no order that it can not read keep another from being read, and says which it was',
    keeps: async (world) => {
      const orders = ['101', '102', '103', '104', '105'].map(world.exampleOrder);
      for (const order of orders) await world.putOrder(order);
      const [, spoilt, ...others] = orders.map(({ externalId }) => externalId);
      await world.spoilOrder(spoilt ?? '');
      const read = await all(world, null);
      for (const id of others) expectThat(read.ids.includes(id), `${id} is read`);
      expectEqual([...new Set(read.unreadable)], [spoilt], 'what can not be read');
      expectThat(!read.ids.includes(spoilt ?? ''), 'what can not be read is not read either');
    },
  },
  {
    promise: 'says how many orders are still to come, or that it does not know',
    keeps: async (world) => {
      for (const id of ['101', '102', '103']) await world.putOrder(world.exampleOrder(id));
      const page = expectOk(await world.channel.ordersSince(null), 'reading orders');
      if (page.remaining !== null) expectEqual(page.remaining, 3 - page.orders.length, 'how many are to come');
    },
  },
  {
    promise: 'hands out all that it sells, each variant with what it is known by',
    keeps: async (world) => {
      const read = new Map<string, ShopVariant>();
      let cursor: string | null = null;
      for (let more = true; more; ) {
        const page: ShopCatalogue = expectOk(await world.channel.catalogue(cursor), 'reading the catalogue');
        for (const variant of page.variants) read.set(variant.externalVariantId, variant);
        ({ cursor, more } = page);
      }
      const byId = (a: ShopVariant, b: ShopVariant): number => (a.externalVariantId < b.externalVariantId ? -1 : 1);
      expectEqual([...read.values()].sort(byId), [...world.variants].sort(byId), 'what it sells');
    },
  },
  {
    promise: 'names the locations of its places',
    keeps: async (world) => {
      const known = expectOk(await world.channel.locations(), 'reading locations').map((one) => one.externalLocationId);
      for (const { externalLocationId } of world.places)
        if (externalLocationId !== null) expectThat(known.includes(externalLocationId), `${externalLocationId} is known`);
    },
  },
  {
    promise: 'shows stock where it shows what was expected, and says what is shown elsewhere',
    keeps: async (world) => {
      const { channel, places } = world;
      for (const place of places) await world.setStock(place, 5);
      const [first, second] = places;
      const shown = expectOk(
        await channel.showStock('key-1', [
          { ...first, available: 3, expected: 5 },
          { ...second, available: 0, expected: channel.supports.compareAndSet ? 4 : null },
        ]),
        'showing stock',
      );
      const stale = channel.supports.compareAndSet ? { outcome: 'stale', shows: 5 } : { outcome: 'accepted' };
      expectEqual(shown, [{ outcome: 'accepted' }, stale], 'what became of each place');
      const levels = expectOk(await channel.stockShown(places), 'reading what is shown');
      expectEqual(levels, [3, channel.supports.compareAndSet ? 5 : 0], 'what is shown');
    },
  },
  {
    promise: 'lets no place that it refuses keep another from being set',
    keeps: async (world) => {
      const [place] = world.places;
      await world.setStock(place, 5);
      const nowhere = { ...place, externalItemId: NO_ORDER };
      const asked = [nowhere, place].map((one) => ({ ...one, available: 2, expected: null }));
      const shown = expectOk(await world.channel.showStock('key-1', asked), 'showing stock');
      expectEqual(
        shown.map(({ outcome }) => outcome),
        ['refused', 'accepted'],
        'what became of each place',
      );
      expectEqual(expectOk(await world.channel.stockShown([nowhere, place]), 'reading'), [null, 2], 'what is shown');
    },
  },
  {
    promise: 'has one effect under one key, however often it is asked to show stock, also when its answer was lost',
    keeps: async (world) => {
      const [place] = world.places;
      await world.setStock(place, 5);
      const show = () => world.channel.showStock('key-1', [{ ...place, available: 3, expected: 5 }]);
      await world.breakDown('lost');
      expectRefused(await show(), 'shop.unknown_outcome', 'an answer that was lost');
      await world.mend();
      expectEqual(expectOk(await show(), 'showing stock again'), [{ outcome: 'accepted' }], 'what became of it');
      expectEqual(expectOk(await world.channel.stockShown([place]), 'reading'), [3], 'what is shown');
    },
  },
  {
    promise: 'tells of a tracking number once, however often it is asked to, also when its answer was lost',
    keeps: async (world) => {
      const order = world.exampleOrder('101');
      await world.putOrder(order);
      await world.breakDown('lost');
      expectRefused(await world.channel.tellFulfilment(parcel(order)), 'shop.unknown_outcome', 'an answer that was lost');
      await world.mend();
      expectOk(await world.channel.tellFulfilment(parcel(order)), 'telling again');
      expectEqual(await world.toldOf(order.externalId), ['1234567890'], 'what the shop was told of');
      const strange = { ...parcel(order), externalOrderId: NO_ORDER };
      expectRefused(await world.channel.tellFulfilment(strange), 'shop.refused', 'an order that is not there');
    },
  },
  {
    promise: 'makes the webhooks that are missing, and leaves those alone that are there',
    keeps: async (world) => {
      const ensure = async () => expectOk(await world.channel.ensureWebhooks(ADDRESS, SECRET), 'ensuring webhooks');
      const { made } = await ensure();
      expectThat(made.length > 0, 'there are topics to be heard');
      expectEqual(await ensure(), { made: [], kept: made }, 'what is left to do');
      const [lost, ...others] = made;
      expectThat(lost !== undefined, 'there is one to be lost');
      await world.dropWebhook(lost);
      expectEqual(await ensure(), { made: [lost], kept: others }, 'what is repaired');
      expectEqual(await toOurAddress(world), [...made].sort(), 'webhooks, each once');
    },
  },
  {
    promise: 'leaves one webhook of each topic, when some are doubled and some lead to where we were before',
    keeps: async (world) => {
      const ensure = async () => expectOk(await world.channel.ensureWebhooks(ADDRESS, SECRET), 'ensuring webhooks');
      const { made } = await ensure();
      const [doubled, moved, ...others] = made;
      expectThat(doubled !== undefined && moved !== undefined, 'there are two topics to be heard');
      if (doubled === undefined || moved === undefined) return;
      await world.addWebhook({ topic: doubled, address: ADDRESS });
      await world.dropWebhook(moved);
      await world.addWebhook({ topic: moved, address: FORMER_ADDRESS });
      const again = await ensure();
      expectEqual([again.made, [...again.kept].sort()], [[moved], [doubled, ...others].sort()], 'what is repaired');
      expectEqual(await toOurAddress(world), [...made].sort(), 'webhooks, each once');
    },
  },
  {
    promise: 'makes no webhook twice when the answer to the first was lost',
    keeps: async (world) => {
      await world.breakDown('lost');
      expectRefused(await world.channel.ensureWebhooks(ADDRESS, SECRET), 'shop.unknown_outcome', 'an answer that was lost');
      await world.mend();
      const { made, kept } = expectOk(await world.channel.ensureWebhooks(ADDRESS, SECRET), 'ensuring webhooks');
      expectThat(kept.length > 0, 'what was made before is found');
      expectEqual(await toOurAddress(world), [...made, ...kept].sort(), 'webhooks, each once');
    },
  },
  {
    promise: 'drops its webhooks, also when none are left',
    keeps: async (world) => {
      expectOk(await world.channel.ensureWebhooks(ADDRESS, SECRET), 'ensuring webhooks');
      for (const nth of ['first', 'second'])
        expectEqual(expectOk(await world.channel.dropWebhooks(ADDRESS), `dropping them a ${nth} time`), null, 'the answer');
      expectEqual(await world.webhooks(), [], 'webhooks that are left');
    },
  },
  {
    promise: 'answers that it is away, or that it does not know us, and does nothing meanwhile',
    keeps: async (world) => {
      const [place] = world.places;
      await world.setStock(place, 5);
      const order = world.exampleOrder('101');
      await world.putOrder(order);
      for (const [fault, code] of [
        ['away', 'shop.unavailable'],
        ['unauthorized', 'shop.unauthorized'],
      ] as const) {
        await world.breakDown(fault);
        const { channel } = world;
        expectRefused(await channel.check(), code, 'whether it answers');
        expectRefused(await channel.orderById(order.externalId), code, 'reading an order');
        expectRefused(await channel.ordersSince(null), code, 'reading orders');
        expectRefused(await channel.stockShown([place]), code, 'reading stock');
        expectRefused(await channel.catalogue(null), code, 'reading the catalogue');
        expectRefused(await channel.locations(), code, 'reading locations');
        expectRefused(await channel.showStock(fault, [{ ...place, available: 1, expected: null }]), code, 'showing stock');
        expectRefused(await channel.tellFulfilment(parcel(order)), code, 'telling of a parcel');
        expectRefused(await channel.ensureWebhooks(ADDRESS, SECRET), code, 'ensuring webhooks');
        expectRefused(await channel.dropWebhooks(ADDRESS), code, 'dropping webhooks');
        await world.mend();
      }
      expectOk(await world.channel.check(), 'whether it answers again');
      expectEqual(expectOk(await world.channel.stockShown([place]), 'reading'), [5], 'what is shown');
      expectEqual([await world.toldOf(order.externalId), await world.webhooks()], [[], []], 'what was done meanwhile');
    },
  },
];
