import type { DomainEvent } from './event.js';
import { OrganizationId } from './organization-id.js';
import type { EventSubscriber, OutboxStore } from './outbox.port.js';
import { relayOutbox } from './relay-outbox.js';
import type { UnitOfWork } from './unit-of-work.port.js';

const now = new Date('2026-03-01T12:00:00Z');
const organizationId = OrganizationId('tenant');
type Stores = { readonly outbox: Relayed };

const eventOf = (aggregateId: string, aggregateVersion: number): DomainEvent => ({
  type: 'order.placed',
  aggregateId,
  aggregateVersion,
  at: now,
  data: {},
});

type Relayed = Omit<OutboxStore, 'announce'>;

/** An outbox that hands out what it was given, and remembers what it was told. */
const outboxOf = (events: readonly DomainEvent[], attempts = 1) => {
  const told: { delivered: string[]; failed: unknown[] } = { delivered: [], failed: [] };
  const outbox: Relayed = {
    claim: async (limit) =>
      events.slice(0, limit).map((event) => ({ id: `${event.aggregateId}:${event.aggregateVersion}`, event, attempts })),
    delivered: async (ids) => {
      told.delivered.push(...ids);
    },
    failed: async (id, reason, retryAt) => {
      told.failed.push({ id, reason, retryAt });
    },
  };
  const unitOfWork: UnitOfWork<Stores> = {
    run: (_, work) => work({ outbox, now }),
    read: (_, work) => work({ outbox, now }),
  };
  return { told, unitOfWork };
};

const refusing =
  (aggregateId: string): EventSubscriber =>
  async (_, event) => {
    if (event.aggregateId === aggregateId) throw new TypeError('with something secret in it');
  };

it('hands each event to every subscriber, in their order, and says how many it took up', async () => {
  const heard: string[] = [];
  const { told, unitOfWork } = outboxOf([eventOf('a', 1), eventOf('b', 4)]);
  const hear =
    (name: string): EventSubscriber =>
    async (organization, { aggregateId }) => {
      heard.push(`${name} ${organization} ${aggregateId}`);
    };
  expect(await relayOutbox({ unitOfWork, subscribers: [hear('first'), hear('second')] })(organizationId)).toBe(2);
  expect(heard).toEqual(['first tenant a', 'second tenant a', 'first tenant b', 'second tenant b']);
  expect(told).toEqual({ delivered: ['a:1', 'b:4'], failed: [] });
});

it('tries an event that a subscriber refuses again later, and delivers the others', async () => {
  const { told, unitOfWork } = outboxOf([eventOf('a', 1), eventOf('b', 1)]);
  await relayOutbox({ unitOfWork, subscribers: [refusing('a')] })(organizationId);
  expect(told.delivered).toEqual(['b:1']);
  expect(told.failed).toEqual([{ id: 'a:1', reason: 'TypeError', retryAt: new Date('2026-03-01T12:00:02Z') }]);
});

it('makes a dead letter of an event that was refused often enough', async () => {
  const { told, unitOfWork } = outboxOf([eventOf('a', 1)], 12);
  await relayOutbox({ unitOfWork, subscribers: [refusing('a')] })(organizationId);
  expect(told.failed).toEqual([{ id: 'a:1', reason: 'TypeError', retryAt: null }]);
});

it('takes up nothing when nothing is due', async () => {
  const { told, unitOfWork } = outboxOf([]);
  expect(await relayOutbox({ unitOfWork, subscribers: [] })(organizationId)).toBe(0);
  expect(told).toEqual({ delivered: [], failed: [] });
});
