import { type AllocationPolicy, byPriority, type Candidate, fewestLocations } from './allocation-policy.js';
import { MUG, PLATE } from './inventory.test-kit.js';
import { LocationId } from './location.js';
import type { Sku } from './sku.js';

type Stock = { readonly mugs?: number; readonly plates?: number; readonly priority?: number };

const candidates = (stock: Readonly<Record<string, Stock>>): readonly Candidate[] =>
  Object.entries(stock).map(([name, { mugs = 0, plates = 0, priority = 1 }]) => ({
    locationId: LocationId(name),
    priority,
    available: new Map([...(mugs ? [[MUG, mugs] as const] : []), ...(plates ? [[PLATE, plates] as const] : [])]),
  }));

const wanting = (mugs: number, plates = 0): ReadonlyMap<Sku, number> =>
  new Map([...(mugs ? [[MUG, mugs] as const] : []), ...(plates ? [[PLATE, plates] as const] : [])]);

const sequence = (policy: AllocationPolicy, stock: Readonly<Record<string, Stock>>, wanted: ReadonlyMap<Sku, number>): string =>
  policy.sequence(candidates(stock), wanted).join(' ');

describe('byPriority', () => {
  it('draws from the lowest number first, and from equals in the order of their ids', () => {
    const stock = {
      d: { mugs: 1, priority: 2 },
      c: { mugs: 1, priority: 1 },
      b: { mugs: 1, priority: 2 },
      a: { mugs: 1, priority: 9 },
    };
    expect(sequence(byPriority, stock, wanting(4))).toBe('c b d a');
  });
});

describe('fewestLocations', () => {
  it('draws from one location that has everything, though others have better priorities', () => {
    const stock = { a: { mugs: 2, priority: 1 }, b: { mugs: 2, priority: 2 }, c: { mugs: 4, priority: 3 } };
    expect(sequence(fewestLocations, stock, wanting(4))).toBe('c a b');
  });

  it('takes the best priority among several that have everything, and the first id among equals', () => {
    expect(sequence(fewestLocations, { a: { mugs: 4, priority: 2 }, b: { mugs: 4, priority: 1 } }, wanting(4))).toBe('b a');
    expect(sequence(fewestLocations, { b: { mugs: 4 }, a: { mugs: 4 } }, wanting(4))).toBe('a b');
  });

  it('finds the two that cover everything together, where taking the largest first would need three', () => {
    const stock = {
      most: { mugs: 5, plates: 5, priority: 1 },
      mugs: { mugs: 8, priority: 2 },
      plates: { plates: 8, priority: 3 },
    };
    expect(sequence(fewestLocations, stock, wanting(8, 8))).toBe('mugs plates most');
  });

  it('takes the set of the best priorities among those of one size', () => {
    const stock = { a: { mugs: 2, priority: 3 }, b: { mugs: 2, priority: 1 }, c: { mugs: 2, priority: 2 } };
    expect(sequence(fewestLocations, stock, wanting(4))).toBe('b c a');
  });

  it('begins with those that cover most when nobody has enough', () => {
    const stock = { a: { mugs: 1 }, b: { mugs: 5 }, c: { mugs: 3 } };
    expect(sequence(fewestLocations, stock, wanting(100))).toBe('b c a');
  });

  it('goes on covering what is missing when there are more locations than can be tried in every combination', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`l${index + 10}`, { mugs: index + 1 }]));
    const order = fewestLocations.sequence(candidates(many), wanting(59));
    expect(order.slice(0, 2)).toEqual(['l39', 'l38']);
    expect(new Set(order).size).toBe(order.length);
  });
});
