import { err, type Once, ok, type Refusal, type Result, type StoredAnswer } from '@rappit/domain';
import { exampleItem, exampleSku } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectRejected, expectThat, expectWithin } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const answerOf = (outcome: Result<unknown, Refusal>): StoredAnswer =>
  outcome.ok
    ? { status: 201, body: JSON.stringify(outcome.value), resource: String(outcome.value) }
    : { status: 422, body: JSON.stringify(outcome.error), resource: null };

const onceOnly: Once = { scope: 'POST /items', key: 'k1', fingerprint: 'f1', answer: answerOf };

/** A request that waits for the first one waits for ever here, since the first waits for its answer. */
const AT_ONCE_MS = 4_000;

/** Adds an item under a key, and answers its SKU; the effect can be counted. */
const adding = (stage: Stage, text: string, once: Once) =>
  stage.unitOfWork.run(
    stage.organizationId,
    async ({ items, now }) => {
      await items.add({ ...exampleItem(text), sku: exampleSku(text), createdAt: now });
      return ok(text);
    },
    once,
  );

const skusOn = async (stage: Stage): Promise<readonly string[]> =>
  (await stage.read(({ items }) => items.list({ limit: 100 }))).data.map(({ sku }) => sku);

export const onceContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'answers a request that is made again with the first answer, and does nothing',
    keeps: async (world) => {
      const stage = await openStage(world);
      expectEqual(await adding(stage, 'A', onceOnly), ok('A'), 'the first answer');
      const again = expectRefused(await adding(stage, 'B', onceOnly), 'idempotency.replayed', 'the second request');
      expectEqual(again.answer, { status: 201, body: '"A"', resource: 'A' }, 'the answer that is replayed');
      expectEqual(await skusOn(stage), ['A'], 'the items after both');
    },
  },
  {
    promise: 'remembers a refusal beside nothing else of its work',
    keeps: async (world) => {
      const stage = await openStage(world);
      const refusing = () =>
        stage.unitOfWork.run(
          stage.organizationId,
          async ({ items, now }) => {
            await items.add({ ...exampleItem('A'), sku: exampleSku('A'), createdAt: now });
            return err({ code: 'test.refused' as const });
          },
          onceOnly,
        );
      expectRefused(await refusing(), 'test.refused', 'the first answer');
      const again = expectRefused(await refusing(), 'idempotency.replayed', 'the second request');
      expectEqual(again.answer.status, 422, 'the status that is replayed');
      expectEqual(await skusOn(stage), [], 'the items after a refusal');
    },
  },
  {
    promise: 'refuses another request under the same key',
    keeps: async (world) => {
      const stage = await openStage(world);
      await adding(stage, 'A', onceOnly);
      expectRefused(await adding(stage, 'B', { ...onceOnly, fingerprint: 'f2' }), 'idempotency.key_reused', 'another body');
      expectEqual(await skusOn(stage), ['A'], 'the items after both');
    },
  },
  {
    promise: 'says at once that the first request is still under way',
    keeps: async (world) => {
      const stage = await openStage(world);
      let second: unknown;
      const first = await stage.unitOfWork.run(
        stage.organizationId,
        async () => {
          second ??= await expectWithin(AT_ONCE_MS, adding(stage, 'B', onceOnly), 'the second request');
          return ok('A');
        },
        onceOnly,
      );
      expectEqual(first, ok('A'), 'the first answer');
      expectEqual(second, err({ code: 'idempotency.in_progress' }), 'the answer to the second while the first runs');
      expectEqual(await skusOn(stage), [], 'what the second has done');
    },
  },
  {
    promise: 'has one effect when the same request arrives many times at once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const answers = await Promise.all(['A', 'B', 'C', 'D', 'E'].map((text) => adding(stage, text, onceOnly)));
      const codes = answers.filter((answer) => !answer.ok).map((answer) => answer.error.code);
      expectEqual(codes.length, 4, 'requests that had no effect');
      expectThat(
        codes.every((code) => code === 'idempotency.in_progress' || code === 'idempotency.replayed'),
        `no other refusals than ${codes.join()}`,
      );
      expectEqual((await skusOn(stage)).length, 1, 'items after five requests');
    },
  },
  {
    promise: 'forgets a request that threw, so that it can be made again',
    keeps: async (world) => {
      const stage = await openStage(world);
      const throwing = stage.unitOfWork.run(stage.organizationId, () => Promise.reject(new Error('out of order')), onceOnly);
      await expectRejected(throwing, 'a request that threw');
      expectEqual(expectOk(await adding(stage, 'A', onceOnly), 'the same request again'), 'A', 'its answer');
    },
  },
  {
    promise: 'forgets a request that came to nothing by a conflict, so that it can be made again',
    keeps: async (world) => {
      const stage = await openStage(world);
      const conflicting = await stage.unitOfWork.run(
        stage.organizationId,
        async () => err({ code: 'store.conflict' as const }),
        onceOnly,
      );
      expectRefused(conflicting, 'store.conflict', 'the first answer');
      expectEqual(expectOk(await adding(stage, 'A', onceOnly), 'the same request again'), 'A', 'its answer');
    },
  },
  {
    promise: 'keeps keys apart by organization, by scope and by key',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      expectOk(await adding(stage, 'A', onceOnly), 'the first request');
      expectOk(await adding(other, 'A', onceOnly), 'the same key in another organization');
      expectOk(await adding(stage, 'B', { ...onceOnly, scope: 'POST /other' }), 'the same key in another scope');
      expectOk(await adding(stage, 'C', { ...onceOnly, key: 'k2' }), 'another key');
      expectEqual(await skusOn(stage), ['A', 'B', 'C'], 'the items after all');
    },
  },
];
