import { availabilityOf } from './availability.js';
import { here, MUG, PLATE, shelf, skuOf, there } from './inventory.test-kit.js';
import { lineUnits, stockedAs, wholeKits } from './kit.js';
import type { Standing } from './stores.port.js';

const SET = skuOf('SET');
const components = [
  { sku: MUG, quantity: 2 },
  { sku: PLATE, quantity: 1 },
];

it.each([
  [5, 9, 2],
  [4, 1, 1],
  [1, 9, 0],
  [0, 0, 0],
])('of %d mugs and %d plates there are %d whole sets', (mugs, plates, sets) => {
  expect(wholeKits(components, (sku) => (sku === MUG ? mugs : plates))).toBe(sets);
});

it('stock of a kit is stock of its components', () => {
  expect([stockedAs({ sku: SET, components }), stockedAs({ sku: MUG, components: null })]).toEqual([[MUG, PLATE], [MUG]]);
});

describe('units of a line', () => {
  it('are the sum of its parts when it is no kit', () => {
    expect(lineUnits([3, 4].map((quantity) => ({ sku: MUG, quantity, unitQuantity: null })))).toBe(7);
    expect(lineUnits([])).toBe(0);
  });

  it('are whole kits when it is one, wherever their parts are', () => {
    const parts = [
      { sku: MUG, quantity: 2, unitQuantity: 2 },
      { sku: PLATE, quantity: 3, unitQuantity: 1 },
      { sku: MUG, quantity: 4, unitQuantity: 2 },
    ];
    expect(lineUnits(parts)).toBe(3);
  });
});

describe('availability', () => {
  const standing = (...shelves: readonly (Parameters<typeof shelf>[0] & { readonly lapsed?: number })[]): readonly Standing[] =>
    shelves.map(({ lapsed = 0, ...facts } = {}) => {
      const { level, location } = shelf(facts);
      return { level: { ...level, lapsed }, location };
    });

  it('of a kit is what each location has whole, added up', () => {
    const there5 = standing(
      { sku: MUG, at: here, onHand: 5 },
      { sku: PLATE, at: here, onHand: 1 },
      { sku: MUG, at: there, onHand: 2 },
      { sku: PLATE, at: there, onHand: 9, reserved: 8 },
    );
    expect(availabilityOf({ sku: SET, components }, there5)).toEqual({
      available: 2,
      locations: [
        { locationId: here, available: 1 },
        { locationId: there, available: 1 },
      ],
    });
  });

  it('counts neither a closed location nor parts that lie apart', () => {
    const apart = standing({ sku: MUG, at: here, onHand: 8 }, { sku: PLATE, at: there, onHand: 8 });
    expect(availabilityOf({ sku: SET, components }, apart).available).toBe(0);
    expect(availabilityOf({ sku: MUG, components: null }, standing({ onHand: 8, active: false })).available).toBe(0);
  });

  it('counts what lapsed as free', () => {
    expect(availabilityOf({ sku: MUG, components: null }, standing({ onHand: 8, reserved: 7, lapsed: 4 })).available).toBe(5);
  });
});
