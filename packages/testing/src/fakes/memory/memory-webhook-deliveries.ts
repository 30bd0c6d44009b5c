import type { LoggedDelivery, WebhookDeliveryStore, WebhookEndpointId } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import type { Workbench } from './workbench.js';

const SHOWN_ATTEMPTS = 10;

const oldestFirst = (a: LoggedDelivery, b: LoggedDelivery): number =>
  a.dueAt.getTime() - b.dueAt.getTime() || byCodePoint(a.id, b.id);

const isSameAggregate = (a: LoggedDelivery, b: LoggedDelivery): boolean =>
  a.endpointId === b.endpointId && a.aggregateId === b.aggregateId;

export const memoryWebhookDeliveries = ({ state, change, now }: Workbench): WebhookDeliveryStore => {
  const all = (): readonly LoggedDelivery[] => [...state().webhookDeliveries.values()];
  const keep = (rows: readonly LoggedDelivery[]): void =>
    change({ webhookDeliveries: new Map([...state().webhookDeliveries, ...rows.map((row) => [row.id, row] as const)]) });
  const isEnabled = (id: WebhookEndpointId): boolean => state().webhookEndpoints.get(id)?.endpoint.disabled === null;
  /** What may go out next, whether it is due or not. */
  const next = (): readonly LoggedDelivery[] => {
    const due = all().filter(({ status }) => status === 'due');
    return due
      .filter((row) => isEnabled(row.endpointId))
      .filter((row) => !due.some((other) => isSameAggregate(row, other) && other.aggregateVersion < row.aggregateVersion))
      .sort(oldestFirst);
  };
  const claimable = (): readonly LoggedDelivery[] => next().filter(({ dueAt }) => dueAt <= now);
  const dueTo = (id: WebhookEndpointId): readonly LoggedDelivery[] =>
    all().filter(({ endpointId, status }) => endpointId === id && status === 'due');
  const find = (id: LoggedDelivery['id']): LoggedDelivery | undefined => state().webhookDeliveries.get(id);
  return {
    add: async (deliveries) => {
      for (const delivery of deliveries) {
        const { aggregateVersion } = delivery;
        const row = { ...delivery, status: 'due', createdAt: now, dueAt: now, attempts: 0 } as const;
        const added: LoggedDelivery = { ...row, firstTriedAt: null, endedAt: null, log: [] };
        const isKnown = all().some((other) => isSameAggregate(added, other) && other.aggregateVersion === aggregateVersion);
        if (!isKnown) keep([added]);
      }
    },
    find: async (id) => {
      const { log: _log, ...delivery } = find(id) ?? { log: [] };
      return 'id' in delivery ? delivery : undefined;
    },
    list: async (endpointId, page) => {
      const { data, nextCursor } = pageOf(
        all().filter((row) => row.endpointId === endpointId),
        page,
        { placeOf: ({ id }) => id, newestFirst: true },
      );
      return { data: data.map((row) => ({ ...row, log: row.log.slice(0, SHOWN_ATTEMPTS) })), nextCursor };
    },
    claimable: async () =>
      [...new Set(claimable().map(({ endpointId }) => endpointId))].sort(byCodePoint).map((endpointId) => ({
        endpointId,
        failing: state().webhookEndpoints.get(endpointId)?.endpoint.failingSince !== null,
      })),
    nextDue: async () => next()[0]?.dueAt ?? null,
    claim: async (endpointId, limit, leaseSeconds) => {
      const dueAt = new Date(now.getTime() + leaseSeconds * 1_000);
      const claimed = claimable()
        .filter((row) => row.endpointId === endpointId)
        .slice(0, limit)
        .map((row) => ({ ...row, dueAt, attempts: row.attempts + 1, firstTriedAt: row.firstTriedAt ?? now }));
      keep(claimed);
      return claimed
        .map(({ id, type, body, attempts, firstTriedAt }) => ({ id, type, body, attempts, firstTriedAt }))
        .sort((a, b) => byCodePoint(a.id, b.id));
    },
    settle: async (id, attempt, becomes) => {
      const row = find(id);
      const isOpen = row?.status === 'due' || (becomes.status === 'delivered' && row?.status === 'dead');
      if (!row || !isOpen || row.attempts !== attempt.number || row.log[0]?.number === attempt.number) return false;
      const dueAt = becomes.status === 'due' ? becomes.dueAt : row.dueAt;
      const endedAt = becomes.status === 'due' ? null : now;
      keep([{ ...row, status: becomes.status, dueAt, endedAt, log: [attempt, ...row.log] }]);
      return true;
    },
    postpone: async (endpointId, until) =>
      keep(dueTo(endpointId).map((row) => ({ ...row, dueAt: row.dueAt > until ? row.dueAt : until }))),
    giveUp: async (endpointId) => keep(dueTo(endpointId).map((row) => ({ ...row, status: 'dead', endedAt: now }))),
    sendAgain: async (id) => {
      const row = find(id);
      if (!row || row.status === 'due') return false;
      keep([{ ...row, status: 'due', dueAt: now, firstTriedAt: null, endedAt: null }]);
      return true;
    },
    dropEnded: async (before, limit) => {
      const ended = all().filter(({ endedAt }) => endedAt !== null && endedAt < before);
      const gone = new Set(ended.slice(0, limit).map(({ id }) => id));
      change({ webhookDeliveries: new Map([...state().webhookDeliveries].filter(([id]) => !gone.has(id))) });
      return gone.size;
    },
  };
};
