import { advance, type Order, type OrderFilter, OrderId, OrderLineId, orderStatuses } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, occasionAt, openStage, type Stage } from './stage.js';

const waiting = (stage: Stage, text: string, units = 1): Promise<Order> =>
  stage.place([exampleLine(text, units)], { onShortage: 'backorder' });

/** Orders that were placed when it says, each with a later id than the one before, whenever that was. */
const placedAt = async (stage: Stage, moments: readonly Date[]): Promise<readonly Order[]> => {
  const like = await waiting(stage, 'MUG');
  const orders = moments.map((moment): Order => {
    const id = OrderId(stage.ids.next());
    const lines = like.lines.map((line) => ({ ...line, id: OrderLineId(stage.ids.next()) }));
    return { ...like, id, number: `placed as ${id}`, placedAt: moment, lines };
  });
  const fresh = { isNew: true, addedLines: like.lines.length, entries: [], events: [], explanation: null };
  await stage.run((stores) => stores.orders.save(...orders.map((order) => ({ ...fresh, order }))));
  return orders;
};

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

export const orderListsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'tells what happened to an order, oldest first, page by page',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 1);
      const order = await stage.place([exampleLine('MUG', 1)]);
      await stage.place([exampleLine('MUG', 1)], { onShortage: 'backorder' });
      let latest = order;
      for (const text of ['one', 'two', 'three']) {
        const change = advance(occasionAt(stage, order.placedAt), latest, {}, { what: 'noted', text });
        await stage.run(({ orders }) => orders.save(change));
        latest = change.order;
      }
      const entries = await allPages(2, (page) => stage.read(({ orders }) => orders.timeline(order.id, page)));
      expectEqual(
        entries.map(({ what, text }) => [what, text]),
        [
          ['placed', null],
          ['noted', 'one'],
          ['noted', 'two'],
          ['noted', 'three'],
        ],
        'the timeline',
      );
      expectEqual(
        entries.map(({ from, to }) => [from, to]),
        [
          [null, 'reserved'],
          [null, null],
          [null, null],
          [null, null],
        ],
        'the statuses it moved between',
      );
      const [first] = entries;
      expectEqual(first?.actor, { kind: 'system', id: 'contract', name: 'contract' }, 'who placed the order');
      expectThat(first?.at.getTime() === order.placedAt.getTime(), 'the first entry is of when the order was placed');
    },
  },
  {
    promise: 'keeps why stock was given to an order from where it was',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 2);
      const order = await stage.place([exampleLine('MUG', 3)], { onShortage: 'backorder' });
      const [explanation, ...more] = await stage.read(({ orders }) => orders.allocations(order.id));
      const candidates = [{ locationId: place.locationId, available: 2, took: 2, because: 'chosen' }];
      expectEqual(explanation?.skus, [{ sku: place.sku, wanted: 3, allocated: 2, candidates }], 'what was looked at');
      expectEqual([more.length, explanation?.at.getTime()], [0, order.placedAt.getTime()], 'how often, and when');
      await stage.receive(place, 1);
      const later = await stage.read(({ orders }) => orders.allocations(order.id));
      expectEqual(
        later.map(({ skus }) => skus[0]?.allocated),
        [2, 1],
        'what was given, oldest first',
      );
    },
  },
  {
    promise: 'lists orders newest first, page by page, each once, even when orders arrive meanwhile',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 10);
      const placed: Order[] = [];
      for (let count = 0; count < 5; count += 1) placed.unshift(await stage.place([exampleLine('MUG', 1)]));
      const first = await stage.read(({ orders }) => orders.list({ limit: 2 }, {}));
      await stage.place([exampleLine('MUG', 1)]);
      const rest = await allPages(2, (page) =>
        stage.read(({ orders }) => orders.list({ ...page, cursor: page.cursor ?? first.nextCursor ?? '' }, {})),
      );
      expectEqual(idsOf([...first.data, ...rest]), idsOf(placed), 'the orders that were there at first');
    },
  },
  {
    promise: 'lists orders of one status, and of one channel, with what a list shows of them',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 5);
      const channel = await stage.addChannel('demo.myshopify.com');
      const sold = await stage.place([exampleLine('MUG', 2), exampleLine('NO', 1)], {
        source: fromChannel(channel.id, '1'),
        onShortage: 'backorder',
      });
      const own = await stage.place([exampleLine('MUG', 2)]);
      const listed = async (filter: { readonly status?: Order['status']; readonly channelId?: string }) =>
        (await stage.read(({ orders }) => orders.list({ limit: 10 }, filter))).data;
      expectEqual(idsOf(await listed({ status: 'reserved' })), [own.id], 'the reserved orders');
      expectEqual(idsOf(await listed({ channelId: channel.id, status: 'reserved' })), [], 'the reserved orders of the channel');
      const { id, number, source, status, hold, currency, paymentStatus, placedAt, totals, customer } = sold;
      const summary = {
        id,
        number,
        source,
        status,
        hold,
        currency,
        paymentStatus,
        placedAt,
        totalMinor: totals.totalMinor,
        customerName: customer?.name,
        units: 3,
      };
      expectEqual(await listed({ channelId: channel.id }), [summary], 'the orders of the channel');
    },
  },
  {
    promise: 'lists orders by when they were placed, and oldest first where that is asked for',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 10);
      const placed: Order[] = [];
      for (let count = 0; count < 3; count += 1) placed.push(await stage.place([exampleLine('MUG', 1)]));
      const listed = async (filter: OrderFilter) =>
        idsOf(await allPages(2, (page) => stage.read(({ orders }) => orders.list(page, filter))));
      expectEqual(await listed({ oldestFirst: true }), idsOf(placed), 'the orders, oldest first');
      const [first] = placed;
      const at = first?.placedAt ?? new Date();
      expectEqual((await listed({ from: at })).length, 3, 'orders from the moment of the first on');
      expectEqual(await listed({ to: at }), [], 'orders from before that moment');
      expectEqual(await listed({ from: new Date(at.getTime() + 86_400_000) }), [], 'orders of the days after');
    },
  },
  {
    promise:
      'lists orders of some dates by when they were placed, and those of one moment by id, page by page, whatever arrives meanwhile',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.addItem('MUG');
      const day = (at: number): Date => new Date(Date.UTC(2025, 0, at));
      const [third, first, alsoSecond, second, late] = await placedAt(stage, [3, 1, 2, 2, 9].map(day));
      const dates = { from: day(1), to: day(4) };
      const listed = (filter: OrderFilter) => allPages(1, (page) => stage.read(({ orders }) => orders.list(page, filter)));
      const names = new Map(Object.entries({ third, first, alsoSecond, second, late }).map(([name, order]) => [order?.id, name]));
      const namesOf = async (filter: OrderFilter) => (await listed(filter)).map(({ id }) => names.get(id) ?? id);
      const oldest = ['first', 'alsoSecond', 'second', 'third'];
      expectEqual(await namesOf(dates), oldest.toReversed(), 'orders of those dates, newest first');
      expectEqual(await namesOf({ ...dates, oldestFirst: true }), oldest, 'orders of those dates, oldest first');
      expectEqual(await namesOf({ to: day(4), sku: 'MUG', text: 'MUG' }), oldest.toReversed(), 'orders of a SKU until then');
      expectEqual(await namesOf({ from: day(3), to: day(10) }), ['late', 'third'], 'orders from the third day on');
      const page = await stage.read(({ orders }) => orders.list({ limit: 2 }, dates));
      await placedAt(stage, [3, 2].map(day));
      const rest = await allPages(1, ({ limit, cursor = page.nextCursor ?? '' }) =>
        stage.read(({ orders }) => orders.list({ limit, cursor }, dates)),
      );
      const known = [...page.data, ...rest].flatMap(({ id }) => names.get(id) ?? []);
      expectEqual(known, oldest.toReversed(), 'the orders that were there at first');
      expectEqual(new Set(idsOf([...page.data, ...rest])).size, page.data.length + rest.length, 'how many, each once');
    },
  },
  {
    promise: 'finds orders by their number, by what the shop calls them, by customer, SKU and tag',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 10);
      await stage.shelve('PLATE', 10);
      const channel = await stage.addChannel('demo.myshopify.com');
      const customer = { externalId: null, name: 'Nils van Quokka', email: 'Nils@quokka.example', phone: null };
      const sold = await stage.place([exampleLine('MUG', 1)], {
        source: fromChannel(channel.id, '4711'),
        onShortage: 'backorder',
        tags: ['gift', 'gift', 'x'.repeat(300)],
        customer,
      });
      const own = await stage.place([exampleLine('MUG', 1), exampleLine('PLATE', 1)], { customer: null });
      const found = async (text: string, filter: OrderFilter = {}) =>
        idsOf((await stage.read(({ orders }) => orders.list({ limit: 10 }, { ...filter, text }))).data);
      for (const text of ['4711', '#4711', sold.number, 'nils v', 'QUOKKA', ' nils@quo', 'gift'])
        expectEqual(await found(text), [sold.id], `orders found by ${text}`);
      expectEqual(await found(own.number), [own.id], 'orders of a number');
      expectEqual(await found('PLATE'), [own.id], 'orders of plates');
      expectEqual(await found('MUG'), idsOf([own, sold]), 'orders of mugs, newest first');
      expectEqual(await found('MUG', { oldestFirst: true, channelId: channel.id }), [sold.id], 'orders of mugs from a shop');
      for (const text of ['471', 'uokka', 'mug', '%', 'gif', 'nobody'])
        expectEqual(await found(text), [], `orders found by ${text}`);
    },
  },
  {
    promise: 'lists orders by SKU, tag, customer and the id that a shop knows them by, each by itself and all together',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const sku of ['MUG', 'PLATE']) await stage.shelve(sku, 10);
      const channel = await stage.addChannel('demo.myshopify.com');
      const customer = { externalId: null, name: 'Nils van Quokka', email: 'Nils@quokka.example', phone: null };
      const sold = await stage.place([exampleLine('MUG', 1), exampleLine('MUG', 2)], {
        source: fromChannel(channel.id, '4711'),
        onShortage: 'backorder',
        tags: ['gift'],
        customer,
      });
      const own = await stage.place([exampleLine('MUG', 1), exampleLine('PLATE', 1)], { customer: null, tags: ['MUG'] });
      const listed = async (filter: OrderFilter) =>
        idsOf(await allPages(1, (page) => stage.read(({ orders }) => orders.list(page, filter))));
      const filters: readonly (readonly [OrderFilter, readonly Order[]])[] = [
        [{ sku: 'MUG' }, [own, sold]],
        [{ sku: ' PLATE ' }, [own]],
        [{ sku: 'mug' }, []],
        [{ tag: 'gift' }, [sold]],
        [{ tag: 'MUG' }, [own]],
        [{ tag: 'gif' }, []],
        [{ customer: 'NILS v' }, [sold]],
        [{ customer: 'quokka' }, [sold]],
        [{ customer: 'nils@' }, [sold]],
        [{ customer: 'uokka' }, []],
        [{ externalId: '4711' }, [sold]],
        [{ externalId: sold.number }, []],
        [{ customer: 'nils', text: 'MUG', sku: 'MUG', tag: 'gift', externalId: '4711', channelId: channel.id }, [sold]],
        [{ customer: 'nils', text: 'PLATE' }, []],
        [{ sku: 'MUG', tag: 'MUG', oldestFirst: true }, [own]],
        [{ sku: ' ', tag: ' ', customer: ' ', externalId: ' ' }, [own, sold]],
      ];
      for (const [filter, found] of filters)
        expectEqual(await listed(filter), idsOf(found), `orders of ${JSON.stringify(filter)}`);
    },
  },
  {
    promise: 'finds orders by the tags that they have now',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 10);
      const order = await stage.place([exampleLine('MUG', 1)], { tags: ['old', 'kept'] });
      const change = advance(occasionAt(stage, order.placedAt), order, { tags: ['kept', 'new'] }, { what: 'tagged', text: null });
      await stage.run(({ orders }) => orders.save(change));
      const found = async (text: string) => (await stage.read(({ orders }) => orders.list({ limit: 10 }, { text }))).data.length;
      expectEqual([await found('old'), await found('kept'), await found('new')], [0, 1, 1], 'orders of the three tags');
    },
  },
  {
    promise: 'counts orders by status, those of none as well',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 1);
      await stage.place([exampleLine('MUG', 1)]);
      for (let count = 0; count < 2; count += 1) await waiting(stage, 'MUG');
      const counts = await stage.read(({ orders }) => orders.counts());
      expectEqual(Object.keys(counts).sort(), [...orderStatuses].sort(), 'the statuses that are counted');
      expectEqual([counts.reserved, counts.backordered, counts.shipped], [1, 2, 0], 'how many there are');
    },
  },
];
