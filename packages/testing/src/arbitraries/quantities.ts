import { MAX_QUANTITY } from '@rappit/domain';
import fc from 'fast-check';

/** What a line or a receipt may name: mostly few units, now and then as many as are allowed. */
export const anyQuantity = (max = MAX_QUANTITY): fc.Arbitrary<number> =>
  fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: Math.min(12, max) }), weight: 9 },
    { arbitrary: fc.integer({ min: 1, max }), weight: 1 },
  );

/** What no line may name. */
export const anyNoQuantity = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ max: 0 }),
    fc.integer({ min: MAX_QUANTITY + 1 }),
    fc.constantFrom(0.5, 1.000_001, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 2),
  );
