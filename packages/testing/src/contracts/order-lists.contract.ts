import { advance, type HoldReason, type Order, type OrderFilter, orderStatuses, type Sku } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, occasionAt, openStage, type Stage } from './stage.js';

const waiting = (stage: Stage, text: string, units = 1): Promise<Order> =>
  stage.place([exampleLine(text, units)], { onShortage: 'backorder' });

const holding = (stage: Stage, order: Order, hold: HoldReason) =>
  stage.run(({ orders }) =>
    orders.save(advance(occasionAt(stage, order.placedAt), order, { status: 'onHold', hold }, { what: 'noted', text: hold })),
  );

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

const waitingIds = async (stage: Stage, skus: readonly Sku[], limit = 100) =>
  idsOf(await stage.run(({ orders }) => orders.waitingFor(skus, limit)));

export const orderListsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'hands out the orders that wait for a SKU, oldest first, up to the limit',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [mug, cup] = [await stage.shelve('MUG', 0), await stage.shelve('CUP', 0)];
      const [first, second] = [await waiting(stage, 'MUG'), await waiting(stage, 'MUG')];
      await waiting(stage, 'CUP');
      const third = await waiting(stage, 'MUG');
      expectEqual(await waitingIds(stage, [mug.sku]), idsOf([first, second, third]), 'the orders that wait for mugs');
      expectEqual(await waitingIds(stage, [mug.sku], 2), idsOf([first, second]), 'the oldest two of them');
      expectEqual((await waitingIds(stage, [cup.sku, mug.sku])).length, 4, 'orders that wait for either');
      expectEqual(await waitingIds(stage, []), [], 'orders that wait for no SKU');
    },
  },
  {
    promise: 'hands out no order that has everything, and of the held ones those for an unmapped SKU only',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 1);
      await stage.place([exampleLine('MUG', 1)]);
      const [fraud, unmapped] = [await waiting(stage, 'MUG'), await waiting(stage, 'MUG')];
      await holding(stage, fraud, 'fraud');
      await holding(stage, unmapped, 'unmappedSku');
      expectEqual(await waitingIds(stage, [sku]), [unmapped.id], 'the orders that may be served');
    },
  },
  {
    promise: 'names the SKUs that could be served: waited for by an order that is not held, and available somewhere',
    keeps: async (world) => {
      const stage = await openStage(world);
      const closed = await stage.addLocation('closed', { active: false });
      for (const text of ['A', 'B', 'C', 'D']) await stage.shelve(text, 5, closed);
      for (const text of ['C', 'A', 'B']) await waiting(stage, text, 2);
      await holding(stage, await waiting(stage, 'D'), 'manual');
      const servable = (limit: number, after = '') => stage.run(({ orders }) => orders.servable(limit, after));
      expectEqual(await servable(10), [], 'what can be served while the location is out of use');
      await stage.run(async ({ locations }) => {
        const found = await locations.find(closed);
        return found && locations.save({ ...found, active: true });
      });
      expectEqual([...(await servable(10))].sort(), ['A', 'B', 'C'], 'what can be served when it is in use again');
      expectEqual((await servable(2)).length, 2, 'SKUs up to a limit');
      expectEqual(await servable(10, 'A'), ['B', 'C'], 'the SKUs behind another');
    },
  },
  {
    promise: 'hands out as waiting what the same unit of work has just made wait',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 1);
      const order = await stage.place([exampleLine('MUG', 1)]);
      const seen = await stage.run(async ({ orders, now }) => {
        const lines = order.lines.map((line) => ({ ...line, reserved: 0, backordered: 1 }));
        await orders.save(
          advance(occasionAt(stage, now), order, { lines, status: 'backordered' }, { what: 'stockMissing', text: null }),
        );
        return orders.waitingFor([sku], 10);
      });
      expectEqual(
        seen.map(({ id, version }) => [id, version]),
        [[order.id, 2]],
        'the orders that wait',
      );
    },
  },
  {
    promise: 'names those that wait to whoever only reads, as it hands them out',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 0);
      for (let orders = 0; orders < 3; orders += 1) await waiting(stage, 'MUG');
      const named = (limit: number) => stage.read(({ orders }) => orders.waitingIds([sku], limit));
      expectEqual(await named(100), await waitingIds(stage, [sku]), 'the orders that wait for mugs');
      expectEqual(await named(2), await waitingIds(stage, [sku], 2), 'the oldest two of them');
      expectEqual(await stage.read(({ orders }) => orders.waitingIds([], 100)), [], 'orders that wait for no SKU');
    },
  },
  {
    promise:
      'names the orders with units of goods we know that nobody tried, oldest first, and counts them as a use of their item',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 0);
      const channel = await stage.addChannel('demo.myshopify.com');
      const untried = (limit = 100) => stage.run(({ orders }) => orders.untried(limit));
      const putOff = async (order: Order, facts: Partial<Order> = {}): Promise<Order> => {
        const lines = order.lines.map((line) => (line.sku ? { ...line, backordered: 0, pending: line.backordered } : line));
        const change = { lines, ...facts };
        await stage.run(({ orders }) =>
          orders.save(advance(occasionAt(stage, order.placedAt), order, change, { what: 'noted', text: null })),
        );
        return order;
      };
      await waiting(stage, 'MUG');
      await stage.place([exampleLine('NOBODY KNOWS', 1)], { source: fromChannel(channel.id, '1'), onShortage: 'backorder' });
      expectEqual(await untried(), [], 'orders of which everything was tried, or that name goods we do not know');
      const [first, second] = [await putOff(await waiting(stage, 'MUG', 2)), await putOff(await waiting(stage, 'MUG', 3))];
      await putOff(await waiting(stage, 'MUG'), { status: 'onHold', hold: 'manual' });
      await putOff(await waiting(stage, 'MUG'), { paymentExpired: true });
      const known = await waiting(stage, 'MUG');
      await putOff(known, { status: 'onHold', hold: 'unmappedSku' });
      expectEqual(await untried(), idsOf([first, second, known]), 'the orders that may be tried');
      expectEqual(await untried(1), [first.id], 'the oldest of them');
      expectEqual((await stage.run(({ items }) => items.uses(sku))).waiting, 9, 'units that orders wait for or will');
    },
  },
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
