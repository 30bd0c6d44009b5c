import type { AccountRequestId, AccountRequestStore, AccountRequests } from '@rappit/domain';
import { due, finished, isDue, leased, setBack } from '../progress.js';
import type { MemoryTenants } from './memory-tenants.js';
import { having } from './organization-state.js';
import { type SharedState, type StoredRequest, sameEmail } from './shared-state.js';
import type { Workbench } from './workbench.js';

type Rows = SharedState['accountRequests'];

const without = (rows: Rows, dropped: (row: StoredRequest) => boolean): Rows =>
  new Map([...rows].filter(([, row]) => !dropped(row)));

/** Requests outside a unit of work: each step is a transaction of its own. */
export const memoryAccountRequests = (
  { shared, commitShared }: Pick<MemoryTenants, 'shared' | 'commitShared'>,
  now: () => Date,
): AccountRequests => {
  const rows = (): Rows => shared().accountRequests;
  const keepAll = (accountRequests: Rows): void => commitShared({ ...shared(), accountRequests });
  const change = (id: AccountRequestId, next: (row: StoredRequest) => StoredRequest): void => {
    const row = rows().get(id);
    if (row) keepAll(having(rows(), id, next(row)));
  };
  return {
    make: async (request, minutes) => {
      const expiresAt = new Date(now().getTime() + minutes * 60_000);
      keepAll(having(rows(), request.id, { ...due(now()), request, tokenHash: null, expiresAt }));
    },
    claim: async (limit, leaseSeconds) => {
      const claimed = [...rows().values()].filter((row) => isDue(row, now())).slice(0, limit);
      for (const { request } of claimed) change(request.id, (row) => leased(row, now(), leaseSeconds));
      return claimed.map(({ request, attempts }) => ({ request, attempts: attempts + 1 }));
    },
    giveToken: async (id, tokenHash) => change(id, (row) => ({ ...row, tokenHash })),
    settled: async (id) => change(id, (row) => finished(row, null)),
    failed: async (id, reason, retryAt) => change(id, (row) => setBack(row, reason, retryAt)),
    byToken: async (tokenHash) =>
      [...rows().values()].find((row) => row.tokenHash === tokenHash && row.expiresAt > now())?.request,
    drop: async (id) => keepAll(without(rows(), ({ request }) => request.id === id)),
    dropExpired: async (limit) => {
      const expired = new Set([...rows().values()].filter(({ expiresAt }) => expiresAt <= now()).slice(0, limit));
      keepAll(without(rows(), (row) => expired.has(row)));
      return expired.size;
    },
    nextDue: async () => {
      const times = [...rows().values()].flatMap(({ status, dueAt }) => (status === 'due' ? [dueAt.getTime()] : []));
      return times.length > 0 ? new Date(Math.min(...times)) : null;
    },
  };
};

/** The same requests inside a unit of work. */
export const memoryAccountRequestStore = ({ shared, changeShared, now }: Workbench): AccountRequestStore => {
  const drop = (dropped: (row: StoredRequest) => boolean): void =>
    changeShared({ accountRequests: without(shared().accountRequests, dropped) });
  return {
    use: async (id) => {
      const row = shared().accountRequests.get(id);
      drop(({ request }) => request.id === id);
      return row !== undefined && row.expiresAt > now;
    },
    dropResets: async (email) => drop(({ request }) => request.asks.kind === 'passwordReset' && sameEmail(request.email, email)),
  };
};
