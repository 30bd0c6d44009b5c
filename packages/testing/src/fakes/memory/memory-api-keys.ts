import type { ApiKeyStore } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

const MINUTE_MS = 60_000;

export const memoryApiKeys = ({ state, change }: Workbench): ApiKeyStore => ({
  find: async (id) => state().apiKeys.get(id)?.key,
  add: async (key, secretHash) => change({ apiKeys: having(state().apiKeys, key.id, { key, secretHash }) }),
  list: async (page) =>
    pageOf(
      [...state().apiKeys.values()].map(({ key }) => key),
      page,
      { placeOf: ({ id }) => id, newestFirst: true },
    ),
  revoke: async (id, at) => {
    const found = state().apiKeys.get(id);
    if (!found || found.key.revokedAt !== null) return false;
    change({ apiKeys: having(state().apiKeys, id, { ...found, key: { ...found.key, revokedAt: at } }) });
    return true;
  },
  revokeAllOf: async (maker, at) => {
    const theirs = [...state().apiKeys.values()].filter(({ key }) => key.createdBy === maker && key.revokedAt === null);
    const revoked = theirs.map((kept) => [kept.key.id, { ...kept, key: { ...kept.key, revokedAt: at } }] as const);
    change({ apiKeys: new Map([...state().apiKeys, ...revoked]) });
    return theirs.map(({ key }) => key.id);
  },
  used: async (id, at) => {
    const found = state().apiKeys.get(id);
    const before = found?.key.lastUsedAt ?? null;
    if (!found || (before !== null && at.getTime() < before.getTime() + MINUTE_MS)) return;
    change({ apiKeys: having(state().apiKeys, id, { ...found, key: { ...found.key, lastUsedAt: at } }) });
  },
});
