import { here, MUG, occasion, PLATE, shelf, there } from './inventory.test-kit.js';
import { availableBySku, fellLow, isLow } from './low-stock.js';

const watched = (threshold: number | null, sku = MUG) => ({ sku, lowStockThreshold: threshold });
const fell = (before: number, now: number, threshold: number | null) =>
  fellLow(occasion(), { before: new Map([[MUG, before]]), now: new Map([[MUG, now]]) }, [watched(threshold)]);

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
  expect(fell(6, 5, 5)).toEqual([
    {
      type: 'inventory.low_stock',
      aggregateId: 'id-1',
      aggregateVersion: 1,
      at: new Date('2026-03-01T12:00:00Z'),
      data: { sku: MUG, available: 5, threshold: 5 },
    },
  ]);
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

it('tells of each item by itself, each event an aggregate of its own', () => {
  const before = new Map([
    [MUG, 9],
    [PLATE, 9],
  ]);
  const events = fellLow(occasion(), { before, now: availableBySku([shelf({ at: here, onHand: 2 })]) }, [
    watched(2),
    watched(1, PLATE),
  ]);
  expect(events.map(({ aggregateId, data }) => [aggregateId, data['sku'], data['available']])).toEqual([
    ['id-1', MUG, 2],
    ['id-2', PLATE, 0],
  ]);
});
