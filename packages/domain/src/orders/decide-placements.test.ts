import { fewestLocations, type Shelf } from '../inventory/index.js';
import { decidePlacements, type Placement, type PlacementRefused, type Situation } from './decide-placements.js';
import type { OrderDraft } from './draft.js';
import { addsUp } from './order-line.js';
import { ada, countedIds, draft, draftLine, now, shelf, shopsDraft, skuOf } from './orders.test-kit.js';

const items = ['MUG', 'PLATE', 'CAFÉ'].map((text) => ({
  sku: skuOf(text),
  name: `A ${text.toLowerCase()}`,
  components: null,
  lowStockThreshold: null,
  waiting: 0,
}));
const stocked: readonly Shelf[] = [shelf('MUG', 10), shelf('PLATE', 2)];

const decide = (drafts: readonly OrderDraft[], shelves = stocked, known: Situation['items'] = items) =>
  decidePlacements({ ids: countedIds(), policy: fewestLocations })(
    { now, shelves, items: known, numbers: drafts.map((_, index) => String(1_001 + index)) },
    drafts.map((one) => ({ actor: ada, draft: one })),
  );

const placed = (one: OrderDraft, shelves = stocked): Placement => {
  const [decided] = decide([one], shelves);
  if (!decided?.ok) throw new Error(decided?.error.code);
  return decided.value;
};

const refused = (one: OrderDraft): PlacementRefused | undefined => {
  const [decided] = decide([one]);
  return decided?.ok ? undefined : decided?.error;
};

describe('an order from the API', () => {
  it('is promised its stock, and says so in its timeline, by an event and in the explanation', () => {
    const { order, stock, entries, events, explanation, isNew } = placed(draft([draftLine('MUG', 4)]));
    expect(order).toMatchObject({ number: '1001', status: 'reserved', hold: null, version: 1, placedAt: now });
    expect(order.lines).toMatchObject([{ sku: 'MUG', name: 'A mug', ordered: 4, reserved: 4, pending: 0, backordered: 0 }]);
    expect(stock.opened).toMatchObject([{ orderId: order.id, orderLineId: order.lines[0]?.id, quantity: 4, expiresAt: null }]);
    expect(stock.movements).toMatchObject([{ kind: 'reserve', reservedDelta: 4, actor: { kind: 'user', id: 'u1' } }]);
    expect(entries).toMatchObject([{ what: 'placed', from: null, to: 'reserved', actor: ada }]);
    expect(events).toMatchObject([{ type: 'order.placed', aggregateId: order.id, aggregateVersion: 1 }]);
    expect(explanation?.skus).toMatchObject([{ sku: 'MUG', wanted: 4, allocated: 4 }]);
    expect(isNew).toBe(true);
  });

  it('is refused with every line whose SKU is not of this organization', () => {
    expect(
      refused(draft([draftLine('MUG', 1), draftLine('NOPE', 1), draftLine(null, 1), draftLine('mug', 1), draftLine('', 1)])),
    ).toEqual({
      code: 'order.unknown_sku',
      faults: [1, 2, 3, 4].map((line) => ({ path: `lines[${line}].sku`, message: 'is not a SKU of this organization' })),
    });
  });

  it('finds a SKU that is written in parts or with blanks around it', () => {
    expect(placed(draft([draftLine(' CAFE\u0301 ', 1)], { onShortage: 'backorder' })).order.lines).toMatchObject([
      { sku: 'CAFÉ' },
    ]);
  });

  it('is refused with each shortfall when there is not enough, its lines summed', () => {
    expect(refused(draft([draftLine('MUG', 6), draftLine('MUG', 5), draftLine('PLATE', 3)]))).toEqual({
      code: 'order.insufficient_stock',
      shortfalls: [
        { sku: 'MUG', wanted: 11, available: 10 },
        { sku: 'PLATE', wanted: 3, available: 2 },
      ],
    });
  });

  it('waits for the rest when it may', () => {
    const { order, stock } = placed(draft([draftLine('MUG', 1), draftLine('PLATE', 5)], { onShortage: 'backorder' }));
    expect(order.status).toBe('backordered');
    expect(order.lines).toMatchObject([
      { reserved: 1, backordered: 0 },
      { reserved: 2, backordered: 3 },
    ]);
    expect(stock.opened.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['MUG', 1],
      ['PLATE', 2],
    ]);
  });

  it('has a reservation for each location that its line is served from', () => {
    const { order, stock } = placed(draft([draftLine('MUG', 5)]), [shelf('MUG', 3, 'a'), shelf('MUG', 3, 'b')]);
    expect(order.lines).toMatchObject([{ reserved: 5 }]);
    expect(stock.opened.map(({ locationId, quantity }) => [locationId, quantity])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('keeps its totals, its name for a line, and what it was told', () => {
    const { order } = placed(
      draft([draftLine('MUG', 2, { name: 'Mug, red', taxMinor: 7 })], { shippingMinor: 490, tags: ['vip'] }),
    );
    expect(order.lines[0]?.name).toBe('Mug, red');
    expect(order.totals).toEqual({ subtotalMinor: 2_000, discountMinor: 0, taxMinor: 7, shippingMinor: 490, totalMinor: 2_497 });
    expect(order).toMatchObject({ tags: ['vip'], currency: 'EUR', paymentStatus: 'paid', source: { kind: 'api' } });
  });
});

describe('what earlier orders wait for', () => {
  const mugsAwaited = (waiting: number) => items.map((item) => (item.sku === skuOf('MUG') ? { ...item, waiting } : item));
  const answered = (units: number, waiting: number, shelves = stocked) => {
    const [decided] = decide([draft([draftLine('MUG', units)])], shelves, mugsAwaited(waiting));
    if (!decided) throw new Error('every request is answered');
    return decided.ok ? decided.value.stock.opened.map(({ quantity }) => quantity) : decided.error;
  };

  it('is not given to a new one, which gets only what they leave', () => {
    expect(answered(3, 7)).toEqual([3]);
    expect(answered(4, 7)).toMatchObject({ shortfalls: [{ sku: 'MUG', wanted: 4, available: 3 }] });
    expect(answered(1, 70)).toMatchObject({ shortfalls: [{ sku: 'MUG', wanted: 1, available: 0 }] });
  });

  it('is kept back once, wherever it lies', () => {
    const shelves = [shelf('MUG', 5, 'a'), shelf('MUG', 5, 'b')];
    expect(answered(4, 6, shelves)).toEqual([4]);
    expect(answered(5, 6, shelves)).toMatchObject({ code: 'order.insufficient_stock' });
  });
});

describe("a shop's order", () => {
  it('is never refused for want of stock', () => {
    const { order } = placed(shopsDraft([draftLine('PLATE', 3)]));
    expect(order).toMatchObject({ status: 'backordered', lines: [{ reserved: 2, backordered: 1 }] });
  });

  it('is held when it names goods that we do not know, with its known lines promised at once', () => {
    const external = { lineId: '7', variantId: '8', sku: 'SHOP-SKU' };
    const { order, stock } = placed(
      shopsDraft([draftLine('MUG', 1), draftLine('NOPE', 2, { external }), draftLine(null, 1, { name: 'Gift' })]),
    );
    expect(order).toMatchObject({ status: 'onHold', hold: 'unmappedSku' });
    expect(order.lines).toMatchObject([
      { sku: 'MUG', reserved: 1, pending: 0 },
      { sku: null, name: 'NOPE', pending: 2, reserved: 0, backordered: 0, external },
      { sku: null, name: 'Gift', pending: 1 },
    ]);
    expect(stock.opened).toHaveLength(1);
  });

  it('is not promised again what the shop has shipped or given up', () => {
    const { order, stock } = placed(shopsDraft([draftLine('MUG', 5, { shipped: 2, cancelled: 1 })]));
    expect(order).toMatchObject({ status: 'partiallyShipped', lines: [{ ordered: 5, reserved: 2, shipped: 2, cancelled: 1 }] });
    expect(stock.opened).toMatchObject([{ quantity: 2 }]);
  });

  it.each([
    ['shipped', { shipped: 5 }],
    ['cancelled', { cancelled: 5 }],
    ['shipped', { shipped: 3, cancelled: 2 }],
  ] as const)('is %s from the start when nothing is left of it: %o', (status, gone) => {
    const { order, stock } = placed(shopsDraft([draftLine('MUG', 5, gone)]));
    expect(order.status).toBe(status);
    expect(stock.movements).toEqual([]);
  });

  it('is not held for unknown goods of which nothing is left to send', () => {
    expect(placed(shopsDraft([draftLine('MUG', 1), draftLine('NOPE', 2, { cancelled: 2 })])).order).toMatchObject({
      status: 'reserved',
      hold: null,
    });
  });

  it("is told by the shop's own number in its timeline", () => {
    expect(placed(shopsDraft([draftLine('MUG', 1)])).entries).toMatchObject([{ what: 'placed', text: '#1001' }]);
  });
});

describe('a batch', () => {
  it('is decided in its order, each answer at its place, and each order with its own number', () => {
    const answers = decide([
      draft([draftLine('MUG', 6)]),
      draft([draftLine('NOPE', 1)]),
      draft([draftLine('MUG', 6)]),
      draft([draftLine('MUG', 4)]),
    ]);
    expect(answers.map((one) => (one.ok ? one.value.order.number : one.error.code))).toEqual([
      '1001',
      'order.unknown_sku',
      'order.insufficient_stock',
      '1004',
    ]);
  });

  it('books one movement after the other, so that each says what was there after it', () => {
    const movements = decide([draft([draftLine('MUG', 6)]), draft([draftLine('MUG', 4)])]).flatMap((one) =>
      one.ok ? one.value.stock.movements : [],
    );
    expect(movements.map(({ reservedAfter }) => reservedAfter)).toEqual([6, 10]);
  });

  it('comes out the same for the same batch on the same situation', () => {
    const drafts = [shopsDraft([draftLine('MUG', 3), draftLine('NOPE', 1)]), draft([draftLine('MUG', 3)])];
    expect(decide(drafts)).toEqual(decide(drafts));
  });

  it('tells of an item that it brings low beside the event of the order that did it', () => {
    const watched = items.map((item) => ({ ...item, lowStockThreshold: item.sku === 'MUG' ? 5 : null, waiting: 2 }));
    const drafts = [
      draft([draftLine('MUG', 4), draftLine('PLATE', 2)], { onShortage: 'backorder' }),
      draft([draftLine('MUG', 9)]),
      draft([draftLine('MUG', 1), draftLine('MUG', 1)]),
      draft([draftLine('MUG', 1)]),
    ];
    const told = decide(drafts, stocked, watched).map((one) => (one.ok ? one.value.events.map(({ type }) => type) : []));
    expect(told).toEqual([['order.placed'], [], ['order.placed', 'inventory.low_stock'], ['order.placed']]);
    const [, , low] = decide(drafts, stocked, watched);
    expect(low?.ok && low.value.events[1]).toMatchObject({ at: now, data: { sku: 'MUG', available: 4, threshold: 5 } });
  });

  it('keeps I4 for every line', () => {
    const drafts = [
      shopsDraft([draftLine('PLATE', 9, { shipped: 1 }), draftLine('NOPE', 3, { cancelled: 1 })]),
      draft([draftLine('MUG', 10)]),
    ];
    for (const decided of decide(drafts)) expect(decided.ok && decided.value.order.lines.every(addsUp)).toBe(true);
  });
});
