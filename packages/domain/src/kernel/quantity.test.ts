import { isCount, isQuantity, MAX_QUANTITY } from './quantity.js';

it.each([1, 2, MAX_QUANTITY])('%d units are a quantity', (units) => {
  expect(isQuantity(units)).toBe(true);
});

it.each([0, -1, 0.5, 1.000001, MAX_QUANTITY + 1, Number.NaN, Number.POSITIVE_INFINITY])('%d is none', (units) => {
  expect(isQuantity(units)).toBe(false);
});

it.each([
  [0, true],
  [1, true],
  [MAX_QUANTITY, true],
  [MAX_QUANTITY + 1, false],
  [-1, false],
  [0.5, false],
  [Number.NaN, false],
])('%d units, of which there may be none, are a count: %s', (units, is) => {
  expect(isCount(units)).toBe(is);
});
