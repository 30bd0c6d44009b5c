import type { DomainEvent, OutboxStore } from '@rappit/domain';
import { due, finished, isDue, leased, setBack } from '../progress.js';
import type { OutboxRow } from './organization-state.js';
import type { Workbench } from './workbench.js';

/** The outbox with further events, each due at once. An aggregate's version names its event. */
export const announced = (outbox: readonly OutboxRow[], events: readonly DomainEvent[], now: Date): readonly OutboxRow[] => [
  ...outbox,
  ...events.map((event) => ({ ...due(now), id: `${event.aggregateId}:${event.aggregateVersion}`, event })),
];

/** Events in the order in which they were written. A dead letter is undelivered, so it holds up what comes after it in its aggregate. */
export const memoryOutbox = ({ state, change, now }: Workbench): OutboxStore => {
  const replace = (ids: ReadonlySet<string>, next: (row: OutboxRow) => OutboxRow): void =>
    change({ outbox: state().outbox.map((row) => (ids.has(row.id) && row.status === 'due' ? next(row) : row)) });
  const isHeldUp = ({ event }: OutboxRow): boolean =>
    state().outbox.some(
      (row) =>
        row.status !== 'done' &&
        row.event.aggregateId === event.aggregateId &&
        row.event.aggregateVersion < event.aggregateVersion,
    );
  return {
    announce: async (events) => change({ outbox: announced(state().outbox, events, now) }),
    forgetUnheard: async (heardTypes, limit) => {
      const unheard = state()
        .outbox.filter((row) => isDue(row, now) && !heardTypes.includes(row.event.type))
        .slice(0, limit);
      replace(new Set(unheard.map(({ id }) => id)), (row) => finished(row, null));
      return unheard.length;
    },
    claim: async (limit, leaseSeconds) => {
      const claimed = state()
        .outbox.filter((row) => isDue(row, now) && !isHeldUp(row))
        .slice(0, limit);
      replace(new Set(claimed.map(({ id }) => id)), (row) => leased(row, now, leaseSeconds));
      return claimed.map(({ id, event, attempts }) => ({ id, event, attempts: attempts + 1 }));
    },
    delivered: async (ids) => replace(new Set(ids), (row) => finished(row, null)),
    failed: async (id, reason, retryAt) => replace(new Set([id]), (row) => setBack(row, reason, retryAt)),
  };
};
