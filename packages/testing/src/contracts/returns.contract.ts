import {
  advance,
  evolveReturn,
  type Order,
  type OrderId,
  type OrderLine,
  ok,
  type Return,
  ReturnId,
  returnStatuses,
  type Sku,
} from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { draftShipment } from './shipment-stage.js';
import { fromChannel, occasionAt, openStage } from './stage.js';

/** A shop's order of five mugs that left before we heard of it, and returns of it, not saved yet. */
const returnsStage = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const sku = await stage.addItem('MUG');
  const channel = await stage.addChannel('demo.myshopify.com');
  const placeShipped = (externalId: string): Promise<Order> =>
    stage.place([exampleLine('MUG', 5, { shipped: 5 })], {
      source: fromChannel(channel.id, externalId),
      onShortage: 'backorder',
    });
  const order = await placeShipped('1');
  let made = 0;
  const make = (facts: Partial<Return> = {}): Return => ({
    id: ReturnId(stage.ids.next()),
    orderId: order.id,
    number: `1001-R${++made}`,
    status: 'requested',
    lines: [
      {
        orderLineId: lineOf(order).id,
        sku,
        quantity: 2,
        cancelled: 0,
        reason: 'doesNotFit',
        parts: [{ sku: 'Tasse ☕' as Sku, quantity: 1, sellable: 0, damaged: 0 }],
      },
    ],
    note: null,
    refundedMinor: 0,
    requestedAt: new Date('2026-01-05T09:00:00.123Z'),
    version: 1,
    ...facts,
  });
  const save = (one: Return) => stage.run(({ returns }) => returns.save(one));
  return { stage, order, placeShipped, make, save };
};

const lineOf = (order: Order): OrderLine => {
  const [line] = order.lines;
  if (!line) throw new Error('the order has a line');
  return line;
};

export const returnsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'sets lines beside their returns where the two differ: a kit is back when all of its components are',
    keeps: async (world) => {
      const { stage, order, make, save } = await returnsStage(world);
      const differing = () => stage.read(({ orders }) => orders.returnBooks(10));
      expectEqual(await differing(), [], 'what differs while there are no returns');
      const [line] = make().lines;
      expectThat(line !== undefined, 'a return has a line');
      const part = (quantity: number, sellable: number, damaged: number) => ({ sku: line.sku, quantity, sellable, damaged });
      const came = [part(2, 3, 2), part(1, 0, 3)];
      await save(make({ status: 'partlyReceived', lines: [{ ...line, quantity: 4, cancelled: 1, parts: came }] }));
      await save(make({ status: 'rejected' }));
      await save(make({ status: 'cancelled' }));
      const told = { id: line.orderLineId, orderId: order.id, awaited: 1, cameBack: 2 };
      expectEqual(await differing(), [{ ...told, returning: 0, returned: 0 }], 'the line that knows nothing of it');
      expectEqual(await stage.read(({ orders }) => orders.returnBooks(0)), [], 'none of them');
      const lines = order.lines.map((one) => ({ ...one, returning: 1, returned: 2 }));
      const change = advance(occasionAt(stage, order.placedAt), order, { lines }, { what: 'returnReceived', text: null });
      await stage.run(({ orders }) => orders.save(change));
      expectEqual(await differing(), [], 'what differs once the line knows of it');
    },
  },
  {
    promise: 'finds and locks a return with every fact as it was saved last',
    keeps: async (world) => {
      const { stage, make, save } = await returnsStage(world);
      const requested = make({ note: 'Too small. ☹' });
      await save(requested);
      const find = () => stage.read(({ returns }) => returns.find(requested.id));
      expectEqual(await find(), requested, 'the return');
      const authorised = evolveReturn(requested, { status: 'authorised' });
      await save(authorised);
      const [line] = authorised.lines;
      const lines = line ? [{ ...line, cancelled: 1, parts: line.parts.map((part) => ({ ...part, damaged: 1 })) }] : [];
      const received = evolveReturn(authorised, { status: 'received', lines, refundedMinor: 9_007_199_254_740_991 });
      await save(received);
      expectEqual(await stage.run(({ returns }) => returns.lock(requested.id)), received, 'the return that came back');
      const nobody = ReturnId(stage.ids.next());
      expectEqual(await find(), received, 'the return afterwards');
      expectEqual(await stage.read(({ returns }) => returns.find(nobody)), undefined, 'an id that nobody has');
      expectEqual(await stage.run(({ returns }) => returns.lock(nobody)), undefined, 'a lock on an id that nobody has');
    },
  },
  {
    promise: 'never saves a change of a return that somebody else has changed meanwhile',
    keeps: async (world) => {
      const { stage, make, save } = await returnsStage(world);
      const requested = make();
      await save(requested);
      const authorised = evolveReturn(requested, { status: 'authorised' });
      await save(authorised);
      for (const late of [evolveReturn(requested, { status: 'rejected' }), requested])
        await expectNotDone(
          stage.attempt(async ({ returns }) => ok(await returns.save(late))),
          `version ${late.version} once more`,
        );
      expectEqual(await stage.read(({ returns }) => returns.find(requested.id)), authorised, 'the return afterwards');
    },
  },
  {
    promise: 'counts every return of an order, whatever became of it, and none of another order or organization',
    keeps: async (world) => {
      const { stage, order, placeShipped, make, save } = await returnsStage(world);
      const other = await placeShipped('2');
      const count = (of: typeof stage, id: OrderId) => of.read(({ returns }) => returns.countOfOrder(id));
      expectEqual(await count(stage, order.id), 0, 'the returns of the order before there are any');
      const first = make();
      for (const one of [first, make({ orderId: other.id }), ...returnStatuses.map((status) => make({ status }))])
        await save(one);
      expectEqual(await count(stage, order.id), 1 + returnStatuses.length, 'the returns of the order');
      expectEqual(await count(stage, other.id), 1, 'those of the other order');
      const stranger = await openStage(world);
      expectEqual(await count(stranger, order.id), 0, "another organization's");
      expectEqual(await stranger.read(({ returns }) => returns.find(first.id)), undefined, "another organization's return");
    },
  },
  {
    promise: 'lists returns newest first, page by page, each once, by order and by status, and none of another organization',
    keeps: async (world) => {
      const { stage, order, placeShipped, make, save } = await returnsStage(world);
      const other = await placeShipped('2');
      const all = [...returnStatuses.map((status) => make({ status })), make({ orderId: other.id })];
      for (const one of all) await save(one);
      const listed = (filter: { orderId?: OrderId; status?: Return['status'] }) =>
        allPages(2, (page) => stage.read(({ returns }) => returns.list(page, filter)));
      const newest = [...all].reverse();
      expectEqual(await listed({}), newest, 'all returns');
      const mine = newest.filter(({ orderId }) => orderId === order.id);
      expectEqual(await listed({ orderId: order.id }), mine, 'those of the order');
      for (const status of returnStatuses)
        expectEqual(
          await listed({ status }),
          newest.filter((one) => one.status === status),
          `those that are ${status}`,
        );
      const requested = mine.filter(({ status }) => status === 'requested');
      expectEqual(await listed({ orderId: order.id, status: 'requested' }), requested, 'those of the order that are requested');
      const stranger = await openStage(world);
      expectEqual((await stranger.read(({ returns }) => returns.list({ limit: 9 }, {}))).data, [], "another's returns");
    },
  },
  {
    promise: 'says of a return whether more of it is awaited, and of none of another organization',
    keeps: async (world) => {
      const { stage, make, save } = await returnsStage(world);
      const all = returnStatuses.map((status) => make({ status }));
      for (const one of all) await save(one);
      const awaited = (of: typeof stage, ids: readonly string[]) =>
        of.read(async ({ returns }) => {
          const answers: boolean[] = [];
          for (const id of ids) answers.push(await returns.isAwaited(id));
          return ids.filter((_, place) => answers[place]);
        });
      const ids = all.map(({ id }) => id);
      const may = all.filter(({ status }) => status === 'authorised' || status === 'partlyReceived').map(({ id }) => id);
      expectEqual(await awaited(stage, [...ids, stage.ids.next()]), may, 'returns of which more is awaited');
      expectEqual(await awaited(await openStage(world), ids), [], "another organization's");
    },
  },
  {
    promise: 'keeps with a shipment which return it brings back',
    keeps: async (world) => {
      const { stage, order, make, save } = await returnsStage(world);
      const one = make({ status: 'authorised' });
      await save(one);
      const place = { sku: await stage.addItem('BOWL'), locationId: await stage.addLocation('BACK') };
      const shipment = { ...draftShipment(stage, order, place), returnId: one.id, version: 1 };
      await stage.run(({ shipments }) => shipments.save(shipment));
      expectEqual(await stage.read(({ shipments }) => shipments.ofOrders([order.id])), [shipment], 'the shipment');
    },
  },
  {
    promise:
      'keeps on the lines of an order what is on returns and what came back, and never more than was shipped, whoever writes',
    keeps: async (world) => {
      const { stage, order } = await returnsStage(world);
      const after = (before: Order, facts: Partial<OrderLine>) => {
        const told = { what: 'returnRequested', text: null } as const;
        const change = advance(occasionAt(stage, order.placedAt), before, {}, told);
        return { ...change, order: { ...change.order, lines: before.lines.map((line) => ({ ...line, ...facts })) } };
      };
      const saved = after(order, { returning: 2, returned: 3 });
      await stage.run(({ orders }) => orders.save(saved));
      const find = () => stage.read(({ orders }) => orders.find(order.id));
      expectEqual(await find(), saved.order, 'the order');
      for (const facts of [{ returning: 3 }, { returned: 4 }, { returning: -1 }, { returned: -1 }, { shipped: 4, cancelled: 1 }])
        await expectNotDone(
          stage.attempt(async ({ orders }) => ok(await orders.save(after(saved.order, facts)))),
          JSON.stringify(facts),
        );
      expectEqual(await find(), saved.order, 'the order afterwards');
    },
  },
];
