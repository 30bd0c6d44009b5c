import { here, MUG, occasion, PLATE, shelf, there } from './inventory.test-kit.js';
import { availableBySku, fellLow, isLow, lowStockEvent, lowStockWatch } from './low-stock.js';

const watched = (threshold: number | null, sku = MUG) => ({ sku, lowStockThreshold: threshold });
const fell = (before: number, now: number, threshold: number | null) =>
  fellLow(new Map([[MUG, before]]), new Map([[MUG, now]]), [watched(threshold)]);

it('adds up what is available at every active location', () => {
  const shelves = [
    shelf({ onHand: 10, reserved: 4 }),
    shelf({ at: there, onHand: 5, safetyStock: 2 }),
    shelf({ at: there, sku: PLATE, onHand: 7, active: false }),
  ];
  expect([...availableBySku(shelves)]).toEqual([
    [MUG, 9],
    [PLATE, 0],
  ]);
});

it('lets no safety stock that is missing at one place eat up what is available at another', () => {
  expect(availableBySku([shelf({ onHand: 1, safetyStock: 5 }), shelf({ at: there, onHand: 3 })]).get(MUG)).toBe(3);
});

it.each([
  [5, 5, true],
  [6, 5, false],
  [0, 0, true],
  [0, null, false],
])('%d units with a threshold of %p are low: %s', (units, threshold, low) => {
  expect(isLow(units, threshold)).toBe(low);
});

it('says what is left of an item that fell to its threshold', () => {
  expect(fell(6, 5, 5)).toEqual([{ sku: MUG, available: 5, threshold: 5 }]);
});

it('tells of each item by an event that is an aggregate of its own', () => {
  const when = occasion();
  const [mugs, plates] = [MUG, PLATE].map((sku) => lowStockEvent(when, { sku, available: 2, threshold: 3 }));
  const event = { type: 'inventory.low_stock', aggregateVersion: 1, at: when.at };
  expect(mugs).toEqual({ ...event, aggregateId: 'id-1', data: { sku: MUG, available: 2, threshold: 3 } });
  expect(plates).toEqual({ ...event, aggregateId: 'id-2', data: { sku: PLATE, available: 2, threshold: 3 } });
});

it.each([
  ['from above the threshold to below it', 6, 0, 5, 1],
  ['from the threshold to below it', 5, 4, 5, 0],
  ['further down', 3, 0, 5, 0],
  ['down, but not so far', 9, 6, 5, 0],
  ['up to the threshold', 3, 5, 5, 0],
  ['up over the threshold', 3, 9, 5, 0],
  ['down to nothing, with an alarm at nothing', 1, 0, 0, 1],
  ['nowhere, with nothing there', 0, 0, 0, 0],
  ['down to nothing, without an alarm', 6, 0, null, 0],
])('an item that went %s is told of rightly', (_, before, now, threshold, events) => {
  expect(fell(before, now, threshold)).toHaveLength(events);
});

it('looks at each item by itself; of one without a shelf there is nothing', () => {
  const before = new Map([MUG, PLATE].map((sku) => [sku, 9]));
  expect(fellLow(before, availableBySku([shelf({ at: here, onHand: 2 })]), [watched(2), watched(1, PLATE)])).toEqual([
    { sku: MUG, available: 2, threshold: 2 },
    { sku: PLATE, available: 0, threshold: 1 },
  ]);
});

describe('a batch that is watched', () => {
  const shelves = [shelf({ onHand: 8 }), shelf({ at: there, onHand: 2 }), shelf({ sku: PLATE, onHand: 3 })];
  const taking = (sku: typeof MUG, quantity: number) => ({ sku, quantity });
  const told = (watch: ReturnType<typeof lowStockWatch>, ...takes: readonly ReturnType<typeof taking>[]) =>
    (watch?.(takes) ?? []).map((one) => [one.sku, one.available]);

  it('says which of its orders brought an item down to its threshold, and only that one', () => {
    const watch = lowStockWatch(shelves, [watched(5)]);
    expect([told(watch, taking(MUG, 4)), told(watch, taking(MUG, 2)), told(watch, taking(MUG, 3))]).toEqual([[], [[MUG, 4]], []]);
  });

  it('adds up what one order takes from several shelves, and tells once of each item', () => {
    const watch = lowStockWatch(shelves, [watched(5), watched(0, PLATE)]);
    expect(told(watch, taking(MUG, 3), taking(PLATE, 3), taking(MUG, 3), taking(MUG, 1))).toEqual([
      [PLATE, 0],
      [MUG, 3],
    ]);
  });

  it('is silent of items without a threshold, of which none is on a shelf, and of what was low before', () => {
    expect(told(lowStockWatch(shelves, [watched(null), watched(3, PLATE)]), taking(MUG, 10), taking(PLATE, 3))).toEqual([]);
    expect(told(lowStockWatch([], [watched(5)]))).toEqual([]);
    expect(lowStockWatch(shelves, [watched(null)])).toBeUndefined();
  });
});
