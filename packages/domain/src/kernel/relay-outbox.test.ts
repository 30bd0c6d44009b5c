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
  let waiting = events;
  const outbox: Relayed = {
    forgetUnheard: async (heardTypes, limit) => {
      const before = waiting.length;
      waiting = waiting.filter(({ type }) => heardTypes.includes(type));
      return Math.min(limit, before - waiting.length);
    },
    claim: async (limit) =>
      waiting.slice(0, limit).map((event) => ({ id: `${event.aggregateId}:${event.aggregateVersion}`, event, attempts })),
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

it('hands an event to those only who hear its type, and forgets what nobody hears', async () => {
  const heard: string[] = [];
  const hearing = (name: string, ...types: string[]): EventSubscriber =>
    Object.assign(
      async (_: OrganizationId, { type, aggregateId }: DomainEvent) => {
        heard.push(`${name} ${type} ${aggregateId}`);
      },
      { types },
    );
  const { told, unitOfWork } = outboxOf([eventOf('a', 1), { ...eventOf('b', 1), type: 'stock.low' }]);
  const subscribers = [hearing('first', 'stock.low'), hearing('second', 'order.noted')];
  expect(await relayOutbox({ unitOfWork, subscribers })(organizationId)).toBe(2);
  expect(heard).toEqual(['first stock.low b']);
  expect(told).toEqual({ delivered: ['b:1'], failed: [] });
});

it('is through when it has forgotten what nobody hears, and goes on behind a full thousand', async () => {
  const nobody: EventSubscriber = Object.assign(async () => undefined, { types: [] });
  const relayOf = (count: number) => {
    const { unitOfWork } = outboxOf(Array.from({ length: count }, (_, index) => eventOf(`${index}`, 1)));
    return relayOutbox({ unitOfWork, subscribers: [nobody] })(organizationId);
  };
  expect([await relayOf(0), await relayOf(999), await relayOf(1_000)]).toEqual([0, 0, 1_000]);
});

it('forgets nothing while somebody hears everything', async () => {
  const heard: string[] = [];
  const everything: EventSubscriber = async (_, { aggregateId }) => {
    heard.push(aggregateId);
  };
  const nothing: EventSubscriber = Object.assign(async () => undefined, { types: [] });
  const { unitOfWork } = outboxOf([eventOf('a', 1)]);
  expect(await relayOutbox({ unitOfWork, subscribers: [nothing, everything] })(organizationId)).toBe(1);
  expect(heard).toEqual(['a']);
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
