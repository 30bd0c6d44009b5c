import { lineOf } from './orders.test-kit.js';
import {
  allows,
  type OrderAction,
  type OrderStatus,
  orderActions,
  orderStatuses,
  orderTransitions,
  statusOfLines,
} from './status.js';

describe('the status machine', () => {
  it('has a row for every status, and goes from each only to others, each once', () => {
    expect(Object.keys(orderTransitions).sort()).toEqual([...orderStatuses].sort());
    for (const [from, to] of Object.entries(orderTransitions)) {
      expect(to.filter((status) => status === from || !orderStatuses.includes(status))).toEqual([]);
      expect(new Set(to).size).toBe(to.length);
    }
  });

  it('ends with an order cancelled or returned, and nowhere else', () => {
    expect(orderStatuses.filter((status) => orderTransitions[status].length === 0)).toEqual(['cancelled', 'returned']);
  });

  it('can reach every status from a new order', () => {
    const reached = new Set<OrderStatus>(['new']);
    for (const status of reached) for (const next of orderTransitions[status]) reached.add(next);
    expect([...reached].sort()).toEqual([...orderStatuses].sort());
  });

  it('never takes back that something left the house, save by a shipment cancelled before pickup', () => {
    const beforeShipping: readonly OrderStatus[] = ['new', 'reserved', 'cancelled'];
    for (const status of ['partiallyShipped', 'shipped', 'delivered'] as const)
      expect(orderTransitions[status].filter((to) => beforeShipping.includes(to))).toEqual([]);
  });
});

describe('what somebody may do', () => {
  /** To where an action takes an order, by itself or with what follows on it; empty where it leaves the status alone. */
  const leadsTo: Readonly<Record<OrderAction, readonly OrderStatus[]>> = {
    hold: ['onHold'],
    resume: ['new', 'reserved', 'backordered', 'partiallyShipped'],
    cancel: ['cancelled', 'shipped'],
    ready: ['readyToShip'],
    ship: ['partiallyShipped', 'shipped'],
    edit: [],
    changeAddress: [],
    recordPayment: [],
    note: [],
    tag: [],
    requestReturn: [],
  };
  const always: readonly OrderAction[] = ['note', 'recordPayment', 'tag'];
  /** What carriers brought back is taken in by a return like anything else. */
  const onceShipped = [...always, 'requestReturn'].sort();
  const afterwards = (status: OrderStatus): readonly string[] => (status === 'cancelled' ? always : onceShipped);
  const pairs = (Object.keys(orderActions) as OrderAction[]).flatMap((action) =>
    orderStatuses.map((status) => [action, status] as const),
  );

  it.each(pairs)('%s an order that is %s: only where the machine has a move for it', (action, status) => {
    const moves: readonly OrderStatus[] = [status, ...orderTransitions[status]];
    if (allows(status, action) && leadsTo[action].length > 0) expect(leadsTo[action].some((to) => moves.includes(to))).toBe(true);
    if (orderTransitions[status].length === 0) expect(allows(status, action)).toBe(afterwards(status).includes(action));
  });

  it.each(['shipped', 'delivered', 'cancelled', 'returned'] as const)(
    'is to write down what was paid, noted or tagged, to take back what was shipped, and nothing else, once an order is %s',
    (status) => {
      expect((Object.keys(orderActions) as OrderAction[]).filter((action) => allows(status, action)).sort()).toEqual(
        afterwards(status),
      );
    },
  );

  it('is not to ship what is held', () => {
    expect(allows('onHold', 'ship')).toBe(false);
    expect(allows('onHold', 'ready')).toBe(false);
    expect(allows('onHold', 'cancel')).toBe(true);
    expect(allows('onHold', 'resume')).toBe(true);
  });
});

describe('what the lines say of their order', () => {
  it.each([
    ['reserved', 'everything is promised', [{ reserved: 2 }, { reserved: 1, cancelled: 1 }]],
    ['backordered', 'any line is short', [{ reserved: 2 }, { reserved: 1, backordered: 1 }]],
    ['new', 'some wasn’t tried yet', [{ reserved: 2 }, { pending: 1 }]],
    ['backordered', 'some is short and some wasn’t tried yet', [{ pending: 2 }, { backordered: 1 }]],
    ['partiallyShipped', 'some has left and some is promised', [{ shipped: 2 }, { reserved: 1 }]],
    ['partiallyShipped', 'some has left and some is short', [{ shipped: 2, backordered: 1 }]],
    ['shipped', 'everything has left', [{ shipped: 2 }, { shipped: 1 }]],
    ['shipped', 'what hasn’t left was given up', [{ shipped: 2 }, { cancelled: 1 }]],
    ['cancelled', 'everything was given up', [{ cancelled: 2 }, { cancelled: 1 }]],
  ] as const)('%s when %s', (status, _, lines) => {
    expect(statusOfLines(lines.map(lineOf))).toBe(status);
  });

  const units = [0, 1];
  const mixes = units.flatMap((reserved) =>
    units.flatMap((backordered) =>
      units.flatMap((shipped) => units.map((cancelled) => ({ reserved, backordered, shipped, cancelled }))),
    ),
  );

  it.each(mixes.filter(({ reserved }) => reserved > 0))(
    'shipping what is promised of %o is a move that the machine has from where it may ship',
    (counts) => {
      const { reserved, shipped } = counts;
      const after = statusOfLines([lineOf({ ...counts, reserved: 0, shipped: shipped + reserved })]);
      for (const status of orderStatuses.filter((one) => allows(one, 'ship')))
        if (status !== 'backordered' || counts.backordered > 0) expect([status, ...orderTransitions[status]]).toContain(after);
    },
  );

  it.each(mixes.filter(({ reserved }) => reserved > 0))(
    'breaking what is promised of %o is a move that the machine has from ready',
    (counts) => {
      const after = statusOfLines([lineOf({ ...counts, reserved: 0, backordered: counts.backordered + counts.reserved })]);
      expect(['readyToShip', ...orderTransitions.readyToShip]).toContain(after);
    },
  );

  it('filling a backorder of which nothing has left makes it reserved', () => {
    expect(orderTransitions.backordered).toContain(statusOfLines([lineOf({ reserved: 3 })]));
  });
});
