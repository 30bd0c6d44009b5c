import { type Delivery, type DueDelivery, replayDelivery, system } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const at = new Date('2026-01-05T09:00:00.000Z');
const long = 3_600;

const delivery = (stage: Stage, deliveryId: string, facts: Partial<Delivery> = {}): Delivery => ({
  id: stage.ids.next(),
  sourceId: '019b8d9d-0000-7000-8000-000000000001',
  topic: 'orders/create',
  deliveryId,
  body: '{"id":90071992547409931,"note":"Grüße, 你好 ☕"}\n',
  receivedAt: at,
  ...facts,
});

const receiving = (stage: Stage, one: Delivery): Promise<boolean> => stage.run(({ inbox }) => inbox.receive(one));
const claiming = (stage: Stage, limit: number, leaseSeconds: number): Promise<readonly DueDelivery[]> =>
  stage.run(({ inbox }) => inbox.claim(limit, leaseSeconds));
const idsOf = (claimed: readonly DueDelivery[]): readonly string[] => claimed.map(({ deliveryId }) => deliveryId);

export const inboxContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'hands out a delivery as it came, character for character',
    keeps: async (world) => {
      const stage = await openStage(world);
      const one = delivery(stage, 'd1');
      expectEqual(await receiving(stage, one), true, 'whether it was new');
      const [claimed] = await claiming(stage, 10, long);
      expectEqual(claimed && { ...claimed, attempts: 0 }, { ...one, attempts: 0 }, 'the delivery');
    },
  },
  {
    promise: 'keeps the first of two equal deliveries, and tells them apart by source, topic and id',
    keeps: async (world) => {
      const stage = await openStage(world);
      const answers = [
        await receiving(stage, delivery(stage, 'd1', { body: 'first' })),
        await receiving(stage, delivery(stage, 'd1', { body: 'second' })),
        await receiving(stage, delivery(stage, 'd1', { topic: 'orders/updated' })),
        await receiving(stage, delivery(stage, 'd1', { sourceId: 'another' })),
        await receiving(stage, delivery(stage, 'd2')),
      ];
      expectEqual(answers, [true, false, true, true, true], 'which were new');
      expectEqual(
        (await claiming(stage, 10, long)).map(({ body }) => body).includes('second'),
        false,
        'whether the second was kept',
      );
    },
  },
  {
    promise: 'keeps of many that come together each that is new, once, and tells which those are',
    keeps: async (world) => {
      const stage = await openStage(world);
      await receiving(stage, delivery(stage, 'd1', { body: 'first' }));
      const many = ['d2', 'd1', 'd3', 'd2'].map((id, place) => delivery(stage, id, { body: `{"Grüße":"${place}"}\n` }));
      const received = await stage.run(({ inbox }) => inbox.receiveAll(many));
      const [d2, , d3] = many;
      expectThat(d2 !== undefined && d3 !== undefined, 'there are four');
      expectEqual([...received].sort(), [d2.id, d3.id].sort(), 'which were new');
      expectEqual(await stage.run(({ inbox }) => inbox.receiveAll([])), [], 'which of none were');
      const claimed = await claiming(stage, 10, long);
      expectEqual(
        claimed.map(({ deliveryId, body }) => `${deliveryId} ${body.trim()}`).sort(),
        ['d1 first', 'd2 {"Grüße":"0"}', 'd3 {"Grüße":"2"}'],
        'what is kept',
      );
    },
  },
  {
    promise: 'keeps one of many equal deliveries that arrive at once, also after it was worked off',
    keeps: async (world) => {
      const stage = await openStage(world);
      const answers = await Promise.all(Array.from({ length: 4 }, () => receiving(stage, delivery(stage, 'd1'))));
      expectEqual(answers.filter(Boolean).length, 1, 'deliveries that were new');
      const [claimed] = await claiming(stage, 10, long);
      expectThat(claimed !== undefined, 'there is one to work off');
      await stage.run(({ inbox }) => inbox.done(claimed.id, 'placed'));
      expectEqual(await receiving(stage, delivery(stage, 'd1')), false, 'whether it is new afterwards');
      expectEqual(await claiming(stage, 10, 0), [], 'what is left to do');
    },
  },
  {
    promise: 'leases the oldest due ones to one worker',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const id of ['d1', 'd2', 'd3']) await receiving(stage, delivery(stage, id));
      expectEqual(idsOf(await claiming(stage, 2, long)), ['d1', 'd2'], 'the first two');
      expectEqual(idsOf(await claiming(stage, 2, long)), ['d3'], 'what is left for the next worker');
      expectEqual(idsOf(await claiming(stage, 2, long)), [], 'what is left after that');
    },
  },
  {
    promise: 'never leases one delivery to two workers at once',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const id of ['d1', 'd2', 'd3', 'd4']) await receiving(stage, delivery(stage, id));
      const claimed = (await Promise.all([claiming(stage, 2, long), claiming(stage, 2, long), claiming(stage, 2, long)])).flat();
      expectEqual(new Set(idsOf(claimed)).size, claimed.length, 'different deliveries among those claimed');
    },
  },
  {
    promise: 'hands out what nobody finished when the lease has ended, and counts how often it was tried',
    keeps: async (world) => {
      const stage = await openStage(world);
      await receiving(stage, delivery(stage, 'd1'));
      const [first] = await claiming(stage, 1, 0);
      const [second] = await claiming(stage, 1, 0);
      expectEqual([first?.deliveryId, second?.deliveryId], ['d1', 'd1'], 'the same delivery');
      expectEqual(first && second && second.attempts - first.attempts, 1, 'tries in between');
    },
  },
  {
    promise: 'hands out a failed one again when it is due, and a dead letter never',
    keeps: async (world) => {
      const stage = await openStage(world);
      for (const id of ['soon', 'later', 'never']) await receiving(stage, delivery(stage, id));
      const [soon, later, never] = await claiming(stage, 3, long);
      expectThat(soon !== undefined && later !== undefined && never !== undefined, 'there are three to work off');
      await stage.run(async ({ inbox, now }) => {
        await inbox.failed(soon.id, 'store.conflict', new Date(now.getTime() - 1_000));
        await inbox.failed(later.id, 'store.conflict', new Date(now.getTime() + 3_600_000));
        await inbox.failed(never.id, 'delivery.unreadable', null);
      });
      expectEqual(idsOf(await claiming(stage, 10, long)), ['soon'], 'what is due');
    },
  },
  {
    promise: 'hands out one that is put off when it is due, as if it had not been tried that time',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      for (const id of ['soon', 'later']) await receiving(stage, delivery(stage, id));
      const [soon, later] = await claiming(stage, 2, long);
      expectThat(soon !== undefined && later !== undefined, 'there are two to work off');
      await other.run(({ inbox, now }) => inbox.putOff(later.id, 'theirs', new Date(now.getTime() - 1_000)));
      await stage.run(async ({ inbox, now }) => {
        await inbox.putOff(soon.id, 'order.purchase_in_progress', new Date(now.getTime() - 1_000));
        await inbox.putOff(later.id, 'order.purchase_in_progress', new Date(now.getTime() + 3_600_000));
      });
      const found = await stage.read(({ inbox }) => inbox.find(later.id));
      expectEqual(
        [found?.status, found?.attempts, found?.outcome],
        ['due', 0, 'order.purchase_in_progress'],
        'what the log says of it',
      );
      const again = await claiming(stage, 10, long);
      expectEqual(
        again.map(({ deliveryId, attempts, body }) => [deliveryId, attempts, body]),
        [['soon', soon.attempts, soon.body]],
        'what is due',
      );
    },
  },
  {
    promise: 'logs the deliveries of one source, newest first, with what became of each and without what they said',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const ids = ['d1', 'd2', 'd3'];
      for (const id of ids) await receiving(stage, delivery(stage, id));
      await receiving(stage, delivery(stage, 'd4', { sourceId: 'another' }));
      const [first, second] = await claiming(stage, 2, long);
      expectThat(first !== undefined && second !== undefined, 'there are two to work off');
      await stage.run(async ({ inbox }) => {
        await inbox.done(first.id, 'placed');
        await inbox.failed(second.id, 'delivery.unreadable', null);
      });
      const logOf = (of: Stage) => allPages(2, (page) => of.read(({ inbox }) => inbox.list(first.sourceId, page)));
      const log = await logOf(stage);
      expectEqual(
        log.map(({ deliveryId, status, attempts, outcome }) => [deliveryId, status, attempts, outcome]),
        [
          ['d3', 'due', 0, null],
          ['d2', 'dead', 1, 'delivery.unreadable'],
          ['d1', 'done', 1, 'placed'],
        ],
        'the log',
      );
      expectEqual(await stage.read(({ inbox }) => inbox.find(first.id)), log[2], 'one by its id');
      expectEqual(Object.hasOwn(log[2] ?? {}, 'body'), false, 'whether its body is shown');
      expectEqual(await logOf(other), [], 'what another organization sees');
      expectEqual(await other.read(({ inbox }) => inbox.find(first.id)), undefined, 'what another organization finds');
    },
  },
  {
    promise: 'hands out a delivery again that is replayed, as if it had never been tried, and one that is due no second time',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      for (const id of ['done', 'dead', 'due']) await receiving(stage, delivery(stage, id));
      const [done, dead, due] = await claiming(stage, 3, long);
      expectThat(done !== undefined && dead !== undefined && due !== undefined, 'there are three to work off');
      await stage.run(async ({ inbox }) => {
        await inbox.done(done.id, 'placed');
        await inbox.failed(dead.id, 'delivery.unreadable', null);
      });
      const replay = (of: Stage, id: string) => of.run(({ inbox }) => inbox.replay(id));
      expectEqual(await replay(other, done.id), false, 'whether another organization replayed it');
      expectEqual(
        [await replay(stage, done.id), await replay(stage, dead.id), await replay(stage, due.id)],
        [true, true, false],
        'which were replayed',
      );
      const again = await claiming(stage, 10, long);
      expectEqual(
        again.map(({ deliveryId, attempts, body }) => [deliveryId, attempts, body]),
        [
          ['done', 1, done.body],
          ['dead', 1, dead.body],
        ],
        'what is worked off again',
      );
    },
  },
  {
    promise: 'revives a dead letter that is sent anew, once, and nothing else that is like it',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      for (const id of ['done', 'dead', 'due']) await receiving(stage, delivery(stage, id));
      const [done, dead, due] = await claiming(stage, 3, long);
      expectThat(done !== undefined && dead !== undefined && due !== undefined, 'there are three to work off');
      await stage.run(async ({ inbox }) => {
        await inbox.done(done.id, 'changed');
        await inbox.failed(dead.id, 'delivery.failed', null);
      });
      const revive = (of: Stage, sent: Delivery) => of.run(({ inbox }) => inbox.revive(sent));
      const unlike = [{ topic: 'orders/paid' }, { sourceId: 'another' }, { deliveryId: 'd9' }];
      const answers = [await revive(other, dead), await revive(stage, done), await revive(stage, due)];
      for (const facts of unlike) answers.push(await revive(stage, { ...dead, ...facts }));
      expectEqual(answers.includes(true), false, 'whether anything else was revived');
      expectEqual([await revive(stage, dead), await revive(stage, dead)], [true, false], 'the dead letter, sent twice');
      expectEqual(
        (await claiming(stage, 10, long)).map(({ id, attempts, body }) => [id, attempts, body]),
        [[dead.id, 1, dead.body]],
        'what is worked off again',
      );
    },
  },
  {
    promise: 'has a delivery of a shop replayed, and finds none of that id where it came from elsewhere',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { id: sourceId } = await stage.addChannel('demo.myshopify.com');
      const sources = [sourceId, 'carrier:dhl', 'billing:events', world.ids.next()];
      const ids: string[] = [];
      for (const source of sources) {
        const one = delivery(stage, 'd1', { sourceId: source });
        await receiving(stage, one);
        ids.push(one.id);
      }
      for (const { id } of await claiming(stage, 10, long)) await stage.run(({ inbox }) => inbox.done(id, 'known'));
      const caller = { organizationId: stage.organizationId, actor: system('contract') };
      const answers: string[] = [];
      for (const id of [...ids, world.ids.next()]) {
        const replayed = await replayDelivery(world)(caller, id);
        answers.push(replayed.ok ? replayed.value.status : replayed.error.code);
      }
      const nowhere = 'delivery.not_found';
      expectEqual(answers, ['due', nowhere, nowhere, nowhere, nowhere], 'what became of each');
      expectEqual(
        (await claiming(stage, 10, long)).map(({ id }) => id),
        ids.slice(0, 1),
        'what is worked off again',
      );
    },
  },
  {
    promise: 'drops what one source told long ago and was worked off, in batches, and nothing else of anybody',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const [old, young] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-02-01T00:00:00.000Z')];
      const told = async (who: Stage, name: string, facts: Partial<Delivery> = {}) => {
        const one = delivery(who, name, { sourceId: 'billing:events', receivedAt: old, ...facts });
        await receiving(who, one);
        return one.id;
      };
      const done = [await told(stage, 'd1'), await told(stage, 'd2'), await told(stage, 'd3')];
      const kept = [
        await told(stage, 'young', { receivedAt: young }),
        await told(stage, 'elsewhere', { sourceId: 'carrier:dhl' }),
      ];
      const theirs = await told(other, 'd1');
      for (const id of [...done, ...kept]) await stage.run(({ inbox }) => inbox.done(id, 'known'));
      await other.run(({ inbox }) => inbox.done(theirs, 'known'));
      kept.push(await told(stage, 'due'));
      const dead = await told(stage, 'dead');
      await stage.run(({ inbox }) => inbox.failed(dead, 'why', null));
      kept.push(dead);
      const drop = () => stage.run(({ inbox }) => inbox.drop('billing:events', young, 2));
      expectEqual([await drop(), await drop(), await drop()], [2, 1, 0], 'how many were dropped');
      const found = async (who: Stage, id: string) => (await who.run(({ inbox }) => inbox.find(id)))?.id;
      for (const id of done) expectEqual(await found(stage, id), undefined, 'what was dropped');
      for (const id of kept) expectEqual(await found(stage, id), id, 'what stays');
      expectEqual(await found(other, theirs), theirs, "the other organization's");
    },
  },
];
