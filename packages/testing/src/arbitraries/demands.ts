import type { AllocationPolicy, AllocationRequest, Demand, Sku } from '@rappit/domain';
import fc from 'fast-check';
import { anyQuantity } from './quantities.js';
import { locationId } from './shelves.js';

/** Lines of one order, several of them on one SKU more often than not. */
export const anyDemands = (skus: readonly Sku[]): fc.Arbitrary<readonly Demand[]> =>
  fc
    .array(fc.record({ sku: fc.constantFrom(...skus), quantity: anyQuantity(40) }), { minLength: 1, maxLength: 5 })
    .map((lines) => lines.map((line, index) => ({ ...line, lineId: `line-${index}` })));

/** A batch of orders, first come first served. */
export const anyRequests = (skus: readonly Sku[]): fc.Arbitrary<readonly AllocationRequest[]> =>
  fc.array(fc.record({ demands: anyDemands(skus), onShortage: fc.constantFrom('reject' as const, 'backorder' as const) }), {
    maxLength: 6,
  });

/** A policy as bad as an embedder could write one: any locations, in any order, twice, unknown ones, or none. */
export const anyPolicy = (): fc.Arbitrary<AllocationPolicy> =>
  fc.array(fc.nat({ max: 6 }), { maxLength: 8 }).map((order) => ({ name: 'any', sequence: () => order.map(locationId) }));
