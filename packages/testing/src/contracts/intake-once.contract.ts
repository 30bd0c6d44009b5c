import { err, type Once, type Order, type PlacementRequest, type Result } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { saidBy } from './intake.contract.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, openStage, type Stage } from './stage.js';

const once = (key: string, fingerprint = 'f1'): Once => ({
  scope: 'POST /orders',
  key,
  fingerprint,
  answer: (outcome) =>
    outcome.ok
      ? { status: 201, body: (outcome as Result<Order, never> & { readonly ok: true }).value.number, resource: null }
      : { status: 409, body: outcome.error.code, resource: null },
});

const keyed = (stage: Stage, key: string, units: number, fingerprint?: string): PlacementRequest => ({
  ...stage.asking([exampleLine('MUG', units)]),
  once: once(key, fingerprint),
});

const placedCount = async (stage: Stage): Promise<number> =>
  (await stage.read(({ orders }) => orders.list({ limit: 100 }, {}))).data.length;

/** A shop's order, which the shop may tell us any number of times. */
const told = (stage: Stage, channelId: string, externalId: string): PlacementRequest =>
  stage.asking([exampleLine('MUG', 1)], { source: fromChannel(channelId, externalId), onShortage: 'backorder' });

export const intakeOnceContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'answers a request that is made again with the first answer, and places nothing',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const [first] = await stage.placeAll([keyed(stage, 'k1', 2)]);
      const [again] = await stage.placeAll([keyed(stage, 'k1', 2)]);
      const answer = { status: 201, body: first?.ok ? first.value.number : '', resource: null };
      expectEqual(again, err({ code: 'idempotency.replayed', answer }), 'the second answer');
      expectEqual(await placedCount(stage), 1, 'orders after both');
    },
  },
  {
    promise: 'remembers a refusal, even when there is enough by then',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 1);
      expectEqual(saidBy(await stage.placeAll([keyed(stage, 'k1', 2)])), ['order.insufficient_stock'], 'the first answer');
      await stage.receive(place, 5);
      const answer = { status: 409, body: 'order.insufficient_stock', resource: null };
      expectEqual(
        await stage.placeAll([keyed(stage, 'k1', 2)]),
        [err({ code: 'idempotency.replayed', answer })],
        'the second answer',
      );
      expectEqual(await placedCount(stage), 0, 'orders after both');
    },
  },
  {
    promise: 'looks at each key of a batch by itself',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      await stage.placeAll([keyed(stage, 'k1', 1), keyed(stage, 'k2', 1)]);
      const answers = await stage.placeAll([
        keyed(stage, 'k1', 1),
        keyed(stage, 'k3', 1),
        keyed(stage, 'k2', 1, 'another'),
        stage.asking([exampleLine('MUG', 1)]),
      ]);
      expectEqual(saidBy(answers), ['idempotency.replayed', 'ok', 'idempotency.key_reused', 'ok'], 'the answers');
      expectEqual(await placedCount(stage), 4, 'orders after all');
    },
  },
  {
    promise: 'has one effect of a key that stands in a batch twice, or arrives many times at once',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const batch = await stage.placeAll([keyed(stage, 'k1', 1), keyed(stage, 'k1', 1)]);
      const atOnce = await Promise.all(Array.from({ length: 4 }, () => stage.placeAll([keyed(stage, 'k2', 1)])));
      for (const answers of [batch, atOnce.flat()]) {
        const said = saidBy(answers);
        expectEqual(said.filter((code) => code === 'ok').length, 1, 'requests that had an effect');
        expectThat(
          said.every((code) => code === 'ok' || code.startsWith('idempotency.')),
          `no other refusals than ${said.join()}`,
        );
      }
      expectEqual(await placedCount(stage), 2, 'orders after all');
    },
  },
  {
    promise: "places a shop's order once, however often it is told, and names the order that is there",
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const [first] = await stage.placeAll([told(stage, id, '90071992547409931')]);
      expectThat(first?.ok === true, 'the order is placed');
      const again = await stage.placeAll([told(stage, id, '90071992547409931'), told(stage, id, '90071992547409932')]);
      expectEqual(again[0], err({ code: 'order.already_placed', orderId: first.value.id }), 'the answer to the same order');
      expectEqual(saidBy(again), ['order.already_placed', 'ok'], 'the answers, the other order among them');
    },
  },
  {
    promise: "places a shop's order once that stands in a batch twice, or arrives many times at once",
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const batch = await stage.placeAll([told(stage, id, '1'), stage.asking([exampleLine('MUG', 1)]), told(stage, id, '1')]);
      expectEqual(saidBy(batch), ['ok', 'ok', 'order.already_placed'], 'the answers to the batch');
      const atOnce = await Promise.all(Array.from({ length: 4 }, () => stage.placeAll([told(stage, id, '2')])));
      const said = [...saidBy(atOnce.flat())].sort();
      expectEqual(
        said,
        ['ok', 'order.already_placed', 'order.already_placed', 'order.already_placed'],
        'the answers to the same order at once',
      );
    },
  },
  {
    promise: "keeps the shop's ids of several channels and organizations apart",
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const channels = [await stage.addChannel('a.myshopify.com'), await stage.addChannel('b.myshopify.com')];
      const answers = await stage.placeAll(channels.map(({ id }) => told(stage, id, '1')));
      expectEqual(saidBy(answers), ['ok', 'ok'], 'the answers to one id from two channels');
      const other = await openStage(world);
      await other.shelve('MUG', 9);
      const theirs = await other.addChannel('a.myshopify.com');
      expectEqual(
        saidBy(await other.placeAll([told(other, theirs.id, '1'), keyed(other, 'k1', 1)])),
        ['ok', 'ok'],
        'the answers to another organization',
      );
      expectEqual(saidBy(await stage.placeAll([keyed(stage, 'k1', 1)])), ['ok'], 'the same key in the first organization');
    },
  },
];
