import type { ChannelSync, ChannelSyncStore } from '@rappit/domain';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

export const memoryChannelSync = ({ state, change, now }: Workbench): ChannelSyncStore => {
  const save = (sync: ChannelSync): ChannelSync => {
    change({ channelSyncs: having(state().channelSyncs, sync.channelId, sync) });
    return sync;
  };
  return {
    find: async (channelId) => state().channelSyncs.get(channelId),
    ask: async (channelId) => {
      const known = state().channelSyncs.get(channelId);
      const isBeingRead = known?.status === 'running' && known.problem === null;
      if (known) return save({ ...known, dueAt: isBeingRead || known.dueAt < now ? known.dueAt : now, attempts: 0 });
      const fresh = {
        cursor: null,
        status: 'running',
        startedAt: now,
        finishedAt: null,
        remaining: null,
        problem: null,
      } as const;
      return save({ ...fresh, channelId, read: 0, failed: 0, dueAt: now, attempts: 0 });
    },
    claim: async (channelId, leaseSeconds) => {
      const sync = state().channelSyncs.get(channelId);
      if (!sync || sync.dueAt > now) return undefined;
      return save({ ...sync, dueAt: new Date(now.getTime() + leaseSeconds * 1_000) });
    },
    save: async (sync) => void save(sync),
  };
};
