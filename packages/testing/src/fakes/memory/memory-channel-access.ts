import type { ChannelAccessStore, ChannelId } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { having, type KeptCredentials } from './organization-state.js';
import type { Workbench } from './workbench.js';

const without = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> => {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
};

export const memoryChannelAccess = ({ state, change, now }: Workbench): ChannelAccessStore => {
  const kept = (id: ChannelId): KeptCredentials | undefined => state().channelCredentials.get(id);
  const keep = (id: ChannelId, row: KeptCredentials): void =>
    change({ channelCredentials: having(state().channelCredentials, id, row) });
  return {
    credentialsOf: async (id) => {
      const row = kept(id);
      if (!row) return undefined;
      const { renewingUntil, ...credentials } = row;
      return credentials;
    },
    saveCredentials: async (id, credentials, after) => {
      if ((kept(id)?.version ?? 0) !== after) return false;
      keep(id, { ...credentials, version: after + 1, renewingUntil: null });
      return true;
    },
    dropCredentials: async (id) => change({ channelCredentials: without(state().channelCredentials, id) }),
    claimRenewal: async (id, version, leaseSeconds) => {
      const row = kept(id);
      if (row?.version !== version || (row.renewingUntil && row.renewingUntil > now)) return false;
      keep(id, { ...row, renewingUntil: new Date(now.getTime() + leaseSeconds * 1_000) });
      return true;
    },
    endRenewal: async (id, version) => {
      const row = kept(id);
      if (row?.version === version) keep(id, { ...row, renewingUntil: null });
    },
    ending: async (before, limit) =>
      [...state().channelCredentials]
        .flatMap(([id, { expiresAt }]) =>
          expiresAt && expiresAt < before && state().channels.get(id)?.channel.status === 'connected' ? [{ id, expiresAt }] : [],
        )
        .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || byCodePoint(a.id, b.id))
        .slice(0, limit)
        .map(({ id }) => id),
    addBegun: async (begun) => change({ connectionsBegun: having(state().connectionsBegun, begun.tokenHash, begun) }),
    takeBegun: async (tokenHash) => {
      const begun = state().connectionsBegun.get(tokenHash);
      if (begun) change({ connectionsBegun: without(state().connectionsBegun, tokenHash) });
      return begun;
    },
    dropBegun: async (before, limit) => {
      const over = [...state().connectionsBegun.values()].filter(({ expiresAt }) => expiresAt < before).slice(0, limit);
      for (const { tokenHash } of over) change({ connectionsBegun: without(state().connectionsBegun, tokenHash) });
      return over.length;
    },
  };
};
