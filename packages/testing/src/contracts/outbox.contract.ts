import { advance, type DomainEvent, err, type Order, type OutboxEntry } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { occasionAt, openStage, type Stage } from './stage.js';

const long = 3_600;

/** Orders of which each has been placed and noted twice: three events an order. */
const toldStage = async (world: PersistenceWorld, count: number) => {
  const stage = await openStage(world);
  await stage.shelve('MUG', 10);
  const orders: Order[] = [];
  for (let made = 0; made < count; made += 1) {
    const order = await stage.place([exampleLine('MUG', 1)]);
    const first = noted(stage, order);
    await stage.run((stores) => stores.orders.save(first));
    await stage.run((stores) => stores.orders.save(noted(stage, first.order)));
    orders.push(order);
  }
  return { stage, orders };
};

const noted = (stage: Stage, order: Order) =>
  advance(occasionAt(stage, order.placedAt), order, {}, { what: 'noted', text: 'note' });

const claiming = (stage: Stage, leaseSeconds: number, limit = 100): Promise<readonly OutboxEntry[]> =>
  stage.run(({ outbox }) => outbox.claim(limit, leaseSeconds));

const about = (entries: readonly OutboxEntry[]) => entries.map(({ event }) => [event.aggregateId, event.aggregateVersion]).sort();

const deliver = (stage: Stage, entries: readonly OutboxEntry[]): Promise<void> =>
  stage.run(({ outbox }) => outbox.delivered(entries.map(({ id }) => id)));

export const outboxContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'hands out an event as it was told',
    keeps: async (world) => {
      const { stage, orders } = await toldStage(world, 1);
      const [order] = orders;
      const [entry] = await claiming(stage, long);
      expectThat(order !== undefined && entry !== undefined, 'there is an order with an event');
      const data = { orderId: order.id, number: order.number, status: 'reserved' };
      expectEqual(
        entry.event,
        { type: 'order.placed', aggregateId: order.id, aggregateVersion: 1, at: order.placedAt, data },
        'the event',
      );
    },
  },
  {
    promise: 'hands out what was announced by itself, and nothing that was announced by a unit of work that came to nothing',
    keeps: async (world) => {
      const stage = await openStage(world);
      const events = [1, 2].map((units): DomainEvent => {
        const at = new Date('2026-01-05T09:30:00.000Z');
        return { type: 'test.happened', aggregateId: world.ids.next(), aggregateVersion: 1, at, data: { units, of: 'ÄÖ "x"' } };
      });
      await stage.run(({ outbox }) => outbox.announce(events));
      await stage.run(({ outbox }) => outbox.announce([]));
      await stage.attempt(async ({ outbox }) => {
        await outbox.announce(events.map((event) => ({ ...event, aggregateId: world.ids.next() })));
        return err({ code: 'test.refused' as const });
      });
      const claimed = (await claiming(stage, long)).map(({ event }) => event);
      expectEqual(
        [...claimed].sort((a, b) => (a.aggregateId < b.aggregateId ? -1 : 1)),
        events,
        'the events',
      );
    },
  },
  {
    promise: 'hands out the events of one aggregate in their order, each when the one before was delivered',
    keeps: async (world) => {
      const { stage, orders } = await toldStage(world, 2);
      const seen: number[] = [];
      for (let rounds = 0; rounds < 3; rounds += 1) {
        const entries = await claiming(stage, long);
        expectEqual(entries.length, orders.length, 'one event an order');
        expectEqual(await claiming(stage, long), [], 'what else is due meanwhile');
        seen.push(...entries.map(({ event }) => event.aggregateVersion));
        await deliver(stage, entries);
      }
      expectEqual(seen, [1, 1, 2, 2, 3, 3], 'the versions in their order');
      expectEqual(await claiming(stage, 0), [], 'what is left when all are delivered');
    },
  },
  {
    promise: 'takes up no more than was asked for',
    keeps: async (world) => {
      const { stage } = await toldStage(world, 3);
      expectEqual((await claiming(stage, long, 2)).length, 2, 'the first two');
      expectEqual((await claiming(stage, long, 2)).length, 1, 'what is left for the next worker');
    },
  },
  {
    promise: 'never leases one event to two workers at once',
    keeps: async (world) => {
      const { stage } = await toldStage(world, 4);
      const claimed = (await Promise.all([claiming(stage, long, 3), claiming(stage, long, 3), claiming(stage, long, 3)])).flat();
      expectEqual(new Set(about(claimed).map(String)).size, claimed.length, 'different events among those claimed');
    },
  },
  {
    promise: 'hands out what nobody finished when the lease has ended, and counts how often it was tried',
    keeps: async (world) => {
      const { stage } = await toldStage(world, 1);
      const [first] = await claiming(stage, 0);
      const [second] = await claiming(stage, 0);
      expectThat(first !== undefined && second !== undefined, 'the event is handed out twice');
      expectEqual([second.id, second.attempts - first.attempts], [first.id, 1], 'the same event, once more');
    },
  },
  {
    promise: 'hands out a failed event again when it is due, before any later one of its aggregate',
    keeps: async (world) => {
      const { stage } = await toldStage(world, 1);
      const [entry] = await claiming(stage, long);
      expectThat(entry !== undefined, 'there is an event');
      await stage.run(({ outbox, now }) => outbox.failed(entry.id, 'Error', new Date(now.getTime() + 3_600_000)));
      expectEqual(await claiming(stage, long), [], 'what is due while it waits');
      await stage.run(({ outbox, now }) => outbox.failed(entry.id, 'Error', new Date(now.getTime() - 1_000)));
      const [again] = await claiming(stage, long);
      expectEqual(again?.id, entry.id, 'the event that is due again');
    },
  },
  {
    promise: 'never hands out a dead letter, and goes on with other aggregates',
    keeps: async (world) => {
      const { stage, orders } = await toldStage(world, 2);
      const claimed = await claiming(stage, long);
      const dead = claimed.find(({ event }) => event.aggregateId === orders[0]?.id);
      expectThat(dead !== undefined, 'there is an event of the first order');
      await stage.run(({ outbox }) => outbox.failed(dead.id, 'Error', null));
      await deliver(
        stage,
        claimed.filter((entry) => entry !== dead),
      );
      const next = await claiming(stage, long);
      expectEqual(
        next.some(({ id }) => id === dead.id),
        false,
        'whether the dead letter is handed out',
      );
      expectEqual(
        next.some(({ event }) => event.aggregateId === orders[1]?.id),
        true,
        'whether the other order goes on',
      );
    },
  },
  {
    promise: 'forgets due events that nobody hears, at most so many, and none that is heard, leased or a dead letter',
    keeps: async (world) => {
      const { stage } = await toldStage(world, 3);
      const [leased, dead, due] = await claiming(stage, long, 3);
      expectThat(leased !== undefined && dead !== undefined && due !== undefined, 'there are three orders with an event');
      await stage.run(({ outbox }) => outbox.failed(dead.id, 'Error', null));
      await deliver(stage, [due]);
      const forget = (limit: number, ...heard: string[]) => stage.run(({ outbox }) => outbox.forgetUnheard(heard, limit));
      expectEqual(await forget(100, 'order.noted'), 0, 'events forgotten while all that are due are heard');
      expectEqual(await forget(1, 'order.placed'), 1, 'events forgotten, of one at most');
      expectEqual(await forget(100, 'order.placed'), 5, 'the other events forgotten, heard or not by their aggregates');
      expectEqual(await claiming(stage, 0), [], 'what is due of the rest, while one is leased and one is dead');
      await stage.run(({ outbox, now }) => outbox.failed(leased.id, 'Error', new Date(now.getTime() - 1_000)));
      expectEqual(
        (await claiming(stage, long)).map(({ id }) => id),
        [leased.id],
        'what was leased is still there',
      );
    },
  },
  {
    promise: 'tells nothing of a unit of work that came to nothing',
    keeps: async (world) => {
      const { stage, orders } = await toldStage(world, 1);
      for (let rounds = 0; rounds < 3; rounds += 1) await deliver(stage, await claiming(stage, long));
      const order = await stage.read((stores) => stores.orders.find(orders[0]?.id ?? ('' as Order['id'])));
      expectThat(order !== undefined, 'the order is there');
      await stage.attempt(async (stores) => {
        await stores.orders.save(noted(stage, order));
        return err({ code: 'test.refused' as const });
      });
      expectEqual(await claiming(stage, long), [], 'what is due');
    },
  },
];
