import { allocate, type Demand } from './allocate.js';
import { byPriority, fewestLocations } from './allocation-policy.js';
import { here, MUG, PLATE, shelf, skuOf, there } from './inventory.test-kit.js';
import type { Shelf } from './level.js';
import type { LocationId } from './location.js';

const mugs = (quantity: number, lineId = 'l1'): Demand => ({ lineId, sku: MUG, quantity });
const plates = (quantity: number, lineId = 'l2'): Demand => ({ lineId, sku: PLATE, quantity });

const ask = (shelves: readonly Shelf[], demands: readonly Demand[], onShortage: 'reject' | 'backorder' = 'reject') => {
  const [allocation] = allocate(shelves, [{ demands, onShortage }], fewestLocations);
  if (!allocation) throw new Error('every request is answered');
  return allocation;
};

describe('one order', () => {
  it('gets what it asks for where it is', () => {
    expect(ask([shelf({ onHand: 10 })], [mugs(4)])).toMatchObject({
      granted: true,
      takes: [{ lineId: 'l1', sku: MUG, quantity: 4, locationId: here }],
      shortfalls: [],
    });
  });

  it('cannot win twice with two lines on one SKU: they are summed before the check', () => {
    expect(ask([shelf({ onHand: 10 })], [mugs(6, 'l1'), mugs(6, 'l2')])).toMatchObject({
      granted: false,
      takes: [],
      shortfalls: [{ sku: MUG, wanted: 12, available: 10 }],
    });
  });

  it('is told every shortfall at once, and gets nothing when it wants all or nothing', () => {
    const { granted, takes, shortfalls } = ask([shelf({ onHand: 1 })], [mugs(2), plates(3)]);
    expect({ granted, takes }).toEqual({ granted: false, takes: [] });
    expect(shortfalls).toEqual([
      { sku: MUG, wanted: 2, available: 1 },
      { sku: PLATE, wanted: 3, available: 0 },
    ]);
  });

  it('gets what is there when it may wait for the rest, dealt out in the order of its lines', () => {
    const { granted, takes, shortfalls } = ask([shelf({ onHand: 5 })], [mugs(3, 'l1'), mugs(4, 'l2')], 'backorder');
    expect(granted).toBe(true);
    expect(takes.map(({ lineId, quantity }) => [lineId, quantity])).toEqual([
      ['l1', 3],
      ['l2', 2],
    ]);
    expect(shortfalls).toEqual([{ sku: MUG, wanted: 7, available: 5 }]);
  });

  it('is served from several locations when none has everything', () => {
    const { takes } = ask([shelf({ at: here, onHand: 3, priority: 1 }), shelf({ at: there, onHand: 3, priority: 2 })], [mugs(5)]);
    expect(takes.map(({ locationId, quantity }) => [locationId, quantity])).toEqual([
      [here, 3],
      [there, 2],
    ]);
  });

  it.each([
    ['at an inactive location', shelf({ onHand: 10, active: false }), 0],
    ['that is safety stock', shelf({ onHand: 10, safetyStock: 8 }), 2],
    ['that others were promised', shelf({ onHand: 10, reserved: 9 }), 1],
    ['beyond which the safety stock reaches', shelf({ onHand: 3, safetyStock: 8 }), 0],
  ])('is not promised stock %s', (_, only, free) => {
    expect(ask([only], [mugs(10)]).shortfalls).toEqual([{ sku: MUG, wanted: 10, available: free }]);
  });

  it('that asks for nothing is granted nothing', () => {
    expect(ask([shelf()], [])).toMatchObject({ granted: true, takes: [], shortfalls: [] });
  });
});

describe('a batch', () => {
  it('is served first come, first served', () => {
    const wishes = [6, 5, 4].map((units) => ({ demands: [mugs(units)], onShortage: 'reject' as const }));
    const answers = allocate([shelf({ onHand: 10 })], wishes, fewestLocations);
    expect(answers.map(({ granted }) => granted)).toEqual([true, false, true]);
    expect(answers[1]?.shortfalls).toEqual([{ sku: MUG, wanted: 5, available: 4 }]);
  });

  it('leaves all that a refused order would have taken to those after it', () => {
    const wishes = [
      { demands: [mugs(10), plates(1)], onShortage: 'reject' as const },
      { demands: [mugs(10)], onShortage: 'reject' as const },
    ];
    expect(allocate([shelf({ onHand: 10 })], wishes, byPriority).map(({ granted }) => granted)).toEqual([false, true]);
  });

  it('does not change the shelves that it was handed', () => {
    const shelves = [Object.freeze(shelf({ onHand: 10 }))];
    allocate(shelves, [{ demands: [mugs(4)], onShortage: 'reject' }], byPriority);
    expect(shelves).toEqual([shelf({ onHand: 10 })]);
  });
});

describe('the explanation', () => {
  it('says of each location what was there, what was taken and why', () => {
    const shelves = ['chosen', 'spare', 'empty', 'closed'].map((name, index) =>
      shelf({
        at: name as typeof here,
        onHand: name === 'empty' ? 0 : 5,
        priority: index,
        active: name !== 'closed',
      }),
    );
    const { explanation } = ask(shelves, [mugs(2)]);
    expect(explanation).toEqual({
      policy: 'fewestLocations',
      skus: [
        {
          sku: MUG,
          wanted: 2,
          allocated: 2,
          candidates: [
            { locationId: 'chosen', available: 5, took: 2, because: 'chosen' },
            { locationId: 'spare', available: 5, took: 0, because: 'notNeeded' },
            { locationId: 'empty', available: 0, took: 0, because: 'nothingAvailable' },
            { locationId: 'closed', available: 0, took: 0, because: 'inactive' },
          ],
        },
      ],
    });
  });

  it('of a refused order shows what was looked at, and that nothing was taken', () => {
    const { explanation } = ask([shelf({ onHand: 1 })], [mugs(2)]);
    expect(explanation.skus).toMatchObject([{ wanted: 2, allocated: 0, candidates: [{ available: 1, took: 0 }] }]);
  });

  it('of a SKU that lies nowhere has no candidates', () => {
    expect(ask([], [mugs(2)], 'backorder').explanation.skus).toEqual([{ sku: MUG, wanted: 2, allocated: 0, candidates: [] }]);
  });
});

describe('kits', () => {
  const SET = skuOf('SET');
  const components = [
    { sku: MUG, quantity: 2 },
    { sku: PLATE, quantity: 1 },
  ];
  const sets = (quantity: number, lineId = 'kit'): Demand => ({ lineId, sku: SET, quantity, components });
  const at = (where: LocationId, mugsThere: number, platesThere: number, priority = 1): readonly Shelf[] => [
    shelf({ sku: MUG, at: where, onHand: mugsThere, priority }),
    shelf({ sku: PLATE, at: where, onHand: platesThere, priority }),
  ];

  it('are put together at one location each, of as many locations as need be', () => {
    const { takes, shortfalls } = ask([...at(here, 5, 1), ...at(there, 3, 4)], [sets(3)], 'backorder');
    expect(takes.map(({ sku, locationId, quantity, unitQuantity }) => [sku, locationId, quantity, unitQuantity])).toEqual([
      [MUG, here, 2, 2],
      [PLATE, here, 1, 1],
      [MUG, there, 2, 2],
      [PLATE, there, 1, 1],
    ]);
    expect(shortfalls).toEqual([{ sku: SET, wanted: 3, available: 2 }]);
  });

  it('are not there when their parts lie apart', () => {
    expect(ask([...at(here, 9, 0), ...at(there, 1, 9)], [sets(1)])).toMatchObject({
      granted: false,
      takes: [],
      shortfalls: [{ sku: SET, wanted: 1, available: 0 }],
    });
  });

  it('and their components cannot both win, in whichever order they are asked for', () => {
    for (const demands of [
      [sets(1), mugs(2)],
      [mugs(2), sets(1)],
    ])
      expect(ask(at(here, 3, 1), demands)).toMatchObject({ granted: false, shortfalls: [{ sku: MUG, wanted: 2, available: 1 }] });
  });

  it('put everything back when the request they stand in is refused', () => {
    const [refused, next] = allocate(
      at(here, 2, 1),
      [
        { demands: [sets(1), plates(1)], onShortage: 'reject' },
        { demands: [sets(1)], onShortage: 'reject' },
      ],
      fewestLocations,
    );
    expect([refused?.granted, next?.granted]).toEqual([false, true]);
  });

  it('draw from other locations too when a single SKU of their order counts on the same units', () => {
    const { granted, takes } = ask([...at(here, 3, 3), ...at(there, 2, 0, 2)], [mugs(3), sets(1)]);
    expect(granted).toBe(true);
    expect(takes.filter(({ lineId }) => lineId === 'l1').map(({ locationId, quantity }) => [locationId, quantity])).toEqual([
      [here, 1],
      [there, 2],
    ]);
  });

  it('are explained as kits, and say what another line of the order used up', () => {
    const { explanation } = ask(at(here, 2, 1), [sets(1), mugs(1)], 'backorder');
    expect(explanation.skus).toEqual([
      { sku: SET, wanted: 1, allocated: 1, candidates: [{ locationId: here, available: 1, took: 1, because: 'chosen' }] },
      { sku: MUG, wanted: 1, allocated: 0, candidates: [{ locationId: here, available: 2, took: 0, because: 'usedUp' }] },
    ]);
  });
});

it('a location that the policy leaves out is passed over, and says so', () => {
  const hereOnly = { name: 'hereOnly', sequence: () => [here] };
  const [allocation] = allocate(
    [shelf({ at: here, onHand: 1 }), shelf({ at: there, onHand: 5 })],
    [{ demands: [mugs(3)], onShortage: 'backorder' }],
    hereOnly,
  );
  expect(allocation?.explanation.skus[0]?.candidates.map(({ because }) => because)).toEqual(['chosen', 'passedOver']);
});
