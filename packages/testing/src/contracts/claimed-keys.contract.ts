import { ok } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

/** A request under a key, which is all that it does. */
const asking = (stage: Stage, key: string) =>
  stage.unitOfWork.run(stage.organizationId, async () => ok(key), {
    scope: 'POST /items',
    key,
    fingerprint: 'f1',
    answer: () => ({ status: 201, body: '""', resource: null }),
  });

export const claimedKeysContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'forgets, in batches, the keys of one organization that were claimed before a moment, and no others',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      for (const key of ['k1', 'k2', 'k3']) await asking(stage, key);
      await asking(other, 'k1');
      const drop = (hours: number, limit: number) =>
        stage.unitOfWork.run(stage.organizationId, async ({ claimedKeys, now }) =>
          ok(await claimedKeys.drop(new Date(now.getTime() + hours * 3_600_000), limit)),
        );
      expectEqual(await drop(-1, 10), ok(0), 'keys that were claimed an hour ago');
      expectEqual([await drop(1, 2), await drop(1, 2), await drop(1, 2)], [ok(2), ok(1), ok(0)], 'keys that were forgotten');
      expectOk(await asking(stage, 'k1'), 'a request under a key that was forgotten');
      expectRefused(await asking(other, 'k1'), 'idempotency.replayed', 'a request under a key of another organization');
    },
  },
];
