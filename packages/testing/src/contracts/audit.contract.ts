import { type AuditEntry, type AuditEvent, type AuditFilter, auditEntry, err, system } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const connected: AuditEvent = { kind: 'channel.connected', targetId: 'channel-1', facts: { channelKind: 'shopify' } };
const removed: AuditEvent = { kind: 'member.removed', targetId: 'user-2', facts: { role: 'operator' } };

const entryIn = ({ ids }: PersistenceWorld, at: string, event: AuditEvent, requestId?: string): AuditEntry =>
  auditEntry({ caller: { actor: system('contract'), requestId }, at: new Date(at), ids }, event);

const append = (stage: Stage, ...entries: readonly AuditEntry[]) => stage.run(({ audit }) => audit.append(entries));
const listed = (stage: Stage, filter: AuditFilter, limit = 100) =>
  allPages(limit, (page) => stage.read(({ audit }) => audit.list(page, filter)));

export const auditContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'lists entries as they were appended, newest first whenever they were, page by page, each once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const late = entryIn(world, '2026-03-02T09:00:00.001Z', connected, 'request-1');
      const first = entryIn(world, '2026-03-01T09:00:00.000Z', removed);
      const twins = [1, 2, 3].map(() => entryIn(world, '2026-03-02T09:00:00.000Z', connected));
      await append(stage, late, first);
      await append(stage, ...twins);
      await append(stage);
      for (const limit of [1, 2, 100])
        expectEqual(await listed(stage, {}, limit), [late, ...[...twins].reverse(), first], `the log in pages of ${limit}`);
    },
  },
  {
    promise: 'filters by actor, by kind and by moment, of which the last does not count, all at once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [one, two, three] = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) =>
        entryIn(world, `${day}T00:00:00.000Z`, day === '2026-03-02' ? removed : connected),
      );
      const anothers = { ...entryIn(world, '2026-03-02T00:00:00.000Z', connected), actor: { kind: 'user', id: 'u1' } } as const;
      await append(stage, ...[one, two, three, anothers].flatMap((entry) => entry ?? []));
      const [from, to] = [new Date('2026-03-02T00:00:00.000Z'), new Date('2026-03-03T00:00:00.000Z')];
      expectEqual(await listed(stage, { actorId: 'u1' }), [anothers], 'what one actor did');
      expectEqual(await listed(stage, { kind: 'member.removed' }), [two], 'what is of one kind');
      expectEqual(await listed(stage, { from }), [three, anothers, two], 'what happened from then on');
      expectEqual(await listed(stage, { from, to }, 1), [anothers, two], 'what happened on one day');
      expectEqual(await listed(stage, { from, to, actorId: 'contract', kind: 'channel.connected' }), [], 'what nobody did');
    },
  },
  {
    promise: 'keeps nothing of a unit of work that refused',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.attempt(async ({ audit }) => {
        await audit.append([entryIn(world, '2026-03-01T00:00:00.000Z', connected)]);
        return err({ code: 'contract.refused' });
      });
      expectEqual(await listed(stage, {}), [], 'the log');
    },
  },
];
