import { here, MUG, PLATE, shelf, there } from './inventory.test-kit.js';
import { available, isSound, levelKey } from './level.js';

it.each([
  [{ onHand: 10, reserved: 0, safetyStock: 0 }, 10],
  [{ onHand: 10, reserved: 4, safetyStock: 0 }, 6],
  [{ onHand: 10, reserved: 4, safetyStock: 5 }, 1],
  [{ onHand: 10, reserved: 10, safetyStock: 0 }, 0],
  [{ onHand: 3, reserved: 0, safetyStock: 5 }, 0],
  [{ onHand: 0, reserved: 0, safetyStock: 0 }, 0],
])('of %o there are %d available', (facts, units) => {
  expect(available(shelf(facts).level)).toBe(units);
});

it.each([
  [{ onHand: 0, reserved: 0 }, true],
  [{ onHand: 5, reserved: 5 }, true],
  [{ onHand: 5, reserved: 6 }, false],
  [{ onHand: 5, reserved: -1 }, false],
  [{ onHand: -1, reserved: 0 }, false],
  [{ onHand: Number.NaN, reserved: 0 }, false],
])('I1 of %o: %s', (level, sound) => {
  expect(isSound(level)).toBe(sound);
});

it('gives each SKU at each location a key of its own', () => {
  const keys = [MUG, PLATE].flatMap((sku) => [here, there].map((locationId) => levelKey({ sku, locationId })));
  expect(new Set(keys).size).toBe(4);
});
