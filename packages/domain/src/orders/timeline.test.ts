import { lineOf, now, occasion, orderIn } from './orders.test-kit.js';
import { orderStatuses, orderTransitions } from './status.js';
import { advance, placed, timelineKinds } from './timeline.js';

const told = { what: 'noted', text: null } as const;

describe('advance', () => {
  it('makes the next version, and tells the change in the timeline and by an event', () => {
    const change = advance(occasion(), orderIn('reserved'), { status: 'readyToShip' }, { what: 'markedReady', text: null });
    expect(change.order).toMatchObject({ status: 'readyToShip', version: 2 });
    expect(change.isNew).toBe(false);
    expect(change.entries).toEqual([
      {
        id: 'id-1',
        orderId: 'o1',
        at: now,
        actor: { kind: 'user', id: 'u1', name: 'Ada' },
        what: 'markedReady',
        from: 'reserved',
        to: 'readyToShip',
        text: null,
      },
    ]);
    expect(change.events).toEqual([
      {
        type: 'order.ready',
        aggregateId: 'o1',
        aggregateVersion: 2,
        at: now,
        data: { orderId: 'o1', number: '1001', status: 'readyToShip' },
      },
    ]);
  });

  it('tells no move where the status stays', () => {
    const { entries, order } = advance(occasion(), orderIn('shipped'), {}, { what: 'noted', text: 'Rang the bell.' });
    expect(entries).toMatchObject([{ what: 'noted', from: null, to: null, text: 'Rang the bell.' }]);
    expect(order.version).toBe(2);
  });

  it('leaves the order before it as it was', () => {
    const before = Object.freeze(orderIn('reserved'));
    advance(occasion(), before, { status: 'readyToShip' }, told);
    expect(before).toEqual(orderIn('reserved'));
  });

  const pairs = orderStatuses.flatMap((from) => orderStatuses.map((to) => [from, to] as const));

  it.each(pairs.filter(([from, to]) => from === to || orderTransitions[from].includes(to)))(
    'lets an order go from %s to %s',
    (from, to) => {
      expect(advance(occasion(), orderIn(from), { status: to }, told).order.status).toBe(to);
    },
  );

  it.each(pairs.filter(([from, to]) => from !== to && !orderTransitions[from].includes(to)))(
    'stops an order going from %s to %s',
    (from, to) => {
      expect(() => advance(occasion(), orderIn(from), { status: to }, told)).toThrow(
        `bug: an order can't go from ${from} to ${to}`,
      );
    },
  );

  it.each([
    ['has lost a unit', { ...lineOf({ reserved: 2 }), ordered: 3 }],
    ['has a unit too many', { ...lineOf({ reserved: 2 }), ordered: 1 }],
    ['owes units', { ...lineOf({ reserved: 2 }), reserved: 3, backordered: -1 }],
  ])('stops at a line that %s (I4)', (_, line) => {
    expect(() => advance(occasion(), orderIn('reserved'), { lines: [line] }, told)).toThrow(
      "bug: I4: a line of order o1 doesn't add up",
    );
  });
});

it('a placed order is told from nothing to where it begins', () => {
  const explanation = { policy: 'byPriority', skus: [] };
  expect(placed(occasion(), orderIn('reserved'), explanation)).toMatchObject({
    isNew: true,
    order: { version: 1 },
    entries: [{ what: 'placed', from: null, to: 'reserved' }],
    events: [{ type: 'order.placed', aggregateVersion: 1 }],
    explanation,
  });
});

it('every kind of entry has an event of its own', () => {
  const types = timelineKinds.map((what) => advance(occasion(), orderIn('reserved'), {}, { what, text: null }).events[0]?.type);
  expect(new Set(types).size).toBe(timelineKinds.length);
  for (const type of types) expect(type).toMatch(/^order\.[a-z_]+$/);
});
