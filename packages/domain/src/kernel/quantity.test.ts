import { isQuantity, MAX_QUANTITY } from './quantity.js';

it.each([1, 2, MAX_QUANTITY])('%d units are a quantity', (units) => {
  expect(isQuantity(units)).toBe(true);
});

it.each([0, -1, 0.5, 1.000001, MAX_QUANTITY + 1, Number.NaN, Number.POSITIVE_INFINITY])('%d is none', (units) => {
  expect(isQuantity(units)).toBe(false);
});
