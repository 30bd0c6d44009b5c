import type { Delivery, InboxEntry, InboxStore } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import { due, finished, isDue, leased, setBack } from '../progress.js';
import type { InboxRow } from './organization-state.js';
import type { Workbench } from './workbench.js';

type Identity = Pick<Delivery, 'sourceId' | 'topic' | 'deliveryId'>;

const sameDelivery = (a: Identity, b: Identity): boolean =>
  a.sourceId === b.sourceId && a.topic === b.topic && a.deliveryId === b.deliveryId;

export const memoryInbox = ({ state, change, now }: Workbench): InboxStore => {
  const replace = (ids: ReadonlySet<string>, next: (row: InboxRow) => InboxRow): void =>
    change({ inbox: state().inbox.map((row) => (ids.has(row.delivery.id) && row.status === 'due' ? next(row) : row)) });
  const receive = (delivery: Delivery): boolean => {
    if (state().inbox.some((row) => sameDelivery(row.delivery, delivery))) return false;
    change({ inbox: [...state().inbox, { ...due(now), delivery }] });
    return true;
  };
  const beginAnew = (isMeant: (row: InboxRow) => boolean): boolean => {
    if (!state().inbox.some(isMeant)) return false;
    change({ inbox: state().inbox.map((row) => (isMeant(row) ? { ...due(now), delivery: row.delivery } : row)) });
    return true;
  };
  return {
    receive: async (delivery) => receive(delivery),
    receiveAll: async (deliveries) => deliveries.filter(receive).map(({ id }) => id),
    claim: async (limit, leaseSeconds) => {
      const waiting = state().inbox.filter((row) => isDue(row, now));
      const claimed = waiting.sort((a, b) => byCodePoint(a.delivery.id, b.delivery.id)).slice(0, limit);
      replace(new Set(claimed.map(({ delivery }) => delivery.id)), (row) => leased(row, now, leaseSeconds));
      return claimed.map(({ delivery, attempts }) => ({ ...delivery, attempts: attempts + 1 }));
    },
    done: async (id, outcome) => replace(new Set([id]), (row) => finished(row, outcome)),
    failed: async (id, reason, retryAt) => replace(new Set([id]), (row) => setBack(row, reason, retryAt)),
    putOff: async (id, reason, until) =>
      replace(new Set([id]), (row) => ({ ...setBack(row, reason, until), attempts: Math.max(0, row.attempts - 1) })),
    forget: async (id) =>
      change({
        inbox: state().inbox.map((row) => (row.delivery.id === id ? { ...row, delivery: { ...row.delivery, body: '' } } : row)),
      }),
    list: async (sourceId, page) =>
      pageOf(
        state()
          .inbox.filter(({ delivery }) => delivery.sourceId === sourceId)
          .map(logged),
        page,
        { placeOf: ({ id }) => id, newestFirst: true },
      ),
    find: async (id) =>
      state()
        .inbox.filter(({ delivery }) => delivery.id === id)
        .map(logged)[0],
    drop: async (sourceId, before, limit) => {
      const isOver = ({ delivery, status }: InboxRow) =>
        delivery.sourceId === sourceId && status === 'done' && delivery.receivedAt < before;
      const gone = new Set(state().inbox.filter(isOver).slice(0, limit));
      change({ inbox: state().inbox.filter((row) => !gone.has(row)) });
      return gone.size;
    },
    revive: async (sent) => beginAnew(({ delivery, status }) => status === 'dead' && sameDelivery(delivery, sent)),
    replay: async (id) => beginAnew(({ delivery, status }) => delivery.id === id && status !== 'due'),
  };
};

const logged = ({ delivery, status, attempts, dueAt, said }: InboxRow): InboxEntry => {
  const { body: _, ...about } = delivery;
  return { ...about, status, attempts, dueAt, outcome: said };
};
