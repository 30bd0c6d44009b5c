import { fewestLocations } from '../inventory/index.js';
import { decidePlacements, type PlacementRequest } from './decide-placements.js';
import { ada, countedIds, draft, draftLine, now, shelf, shopsDraft, skuOf } from './orders.test-kit.js';

const items = [{ sku: skuOf('MUG'), name: 'A mug', components: null, lowStockThreshold: null, waiting: 0 }];

/** Decides on orders of which so many a month are included, with so many mugs and so many orders of the month there. */
const decide = (requests: readonly PlacementRequest[], { mugs = 100, thisMonth }: { mugs?: number; thisMonth?: number } = {}) =>
  decidePlacements({ ids: countedIds(), policy: fewestLocations })(
    { now, shelves: [shelf('MUG', mugs)], items, numbers: requests.map((_, index) => String(1_001 + index)), thisMonth },
    requests,
  ).map((one) => (one.ok ? one.value.order.lines[0]?.reserved : one.error.code));

const wanted = (mugs: number, monthlyLimit?: number | null): PlacementRequest => ({
  ...{ actor: ada, draft: draft([draftLine('MUG', mugs)]) },
  monthlyLimit,
});
const sold = (mugs: number): PlacementRequest => ({ actor: ada, draft: shopsDraft([draftLine('MUG', mugs)]) });
const REACHED = 'subscription.limit_reached';

it('places as many as are left of the month, and refuses the others with what is used', () => {
  expect(decide([wanted(1, 5), wanted(1, 5), wanted(1, 5), wanted(1, 5)], { thisMonth: 3 })).toEqual([1, 1, REACHED, REACHED]);
  const [refused] = decidePlacements({ ids: countedIds(), policy: fewestLocations })(
    { now, shelves: [], items, numbers: ['1001'], thisMonth: 7 },
    [wanted(1, 5)],
  );
  expect(refused).toEqual({ ok: false, error: { code: REACHED, kind: 'ordersPerMonth', limit: 5, usage: 7 } });
});

it('lets what a shop has sold in beyond the limit, counts it, and gives it the stock of those that are refused', () => {
  expect(decide([wanted(4, 5), sold(4), wanted(4, 5), sold(4)], { mugs: 12, thisMonth: 3 })).toEqual([4, 4, REACHED, 4]);
});

it('counts no order that is refused for something else', () => {
  const unknown: PlacementRequest = { ...wanted(1, 5), draft: draft([draftLine('NOPE', 1)]) };
  expect(decide([wanted(200, 5), unknown, wanted(1, 5), wanted(1, 5)], { thisMonth: 4 })).toEqual([
    ...['order.insufficient_stock', 'order.unknown_sku', 1],
    REACHED,
  ]);
});

it('keeps to each limit where a plan changed between two orders of a batch', () => {
  expect(decide([wanted(1, 1), wanted(1, 3), wanted(1, 1), wanted(1, 3), wanted(1, 3)], { thisMonth: 1 })).toEqual([
    ...[REACHED, 1, REACHED],
    ...[1, REACHED],
  ]);
});

it('limits nothing without a limit, and asks for no count', () => {
  expect(decide([wanted(1), wanted(1, null)])).toEqual([1, 1]);
});
