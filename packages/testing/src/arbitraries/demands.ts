import type { AllocationPolicy, AllocationRequest, Component, Demand, Sku } from '@rappit/domain';
import fc from 'fast-check';
import { exampleSku } from '../fakes/examples.js';
import { anyQuantity } from './quantities.js';
import { locationId } from './shelves.js';

/** Lines of one order, several of them on one SKU more often than not. */
export const anyDemands = (skus: readonly Sku[]): fc.Arbitrary<readonly Demand[]> =>
  fc
    .array(fc.record({ sku: fc.constantFrom(...skus), quantity: anyQuantity(40) }), { minLength: 1, maxLength: 5 })
    .map((lines) => lines.map((line, index) => ({ ...line, lineId: `line-${index}` })));

/** Some of the SKUs, with how many of each go into one kit. */
export const anyComponents = (skus: readonly Sku[]): fc.Arbitrary<readonly Component[]> =>
  fc
    .uniqueArray(fc.constantFrom(...skus), { minLength: 1, maxLength: 3 })
    .chain((parts) => fc.tuple(...parts.map((sku) => anyQuantity(3).map((quantity) => ({ sku, quantity })))));

/** The same, in which some of the lines ask for a kit of the others' SKUs instead. */
export const anyDemandsWithKits = (skus: readonly Sku[]): fc.Arbitrary<readonly Demand[]> =>
  fc
    .record({
      demands: anyDemands(skus),
      components: anyComponents(skus),
      kits: fc.array(fc.nat({ max: 3 }), { minLength: 5, maxLength: 5 }),
    })
    .map(({ demands, components, kits }) =>
      demands.map((line, index) =>
        kits[index] === 0 ? { ...line, sku: exampleSku('A KIT'), quantity: Math.ceil(line.quantity / 4), components } : line,
      ),
    );

/** A batch of orders, first come first served. */
export const anyRequests = (skus: readonly Sku[], demandsOf = anyDemands): fc.Arbitrary<readonly AllocationRequest[]> =>
  fc.array(fc.record({ demands: demandsOf(skus), onShortage: fc.constantFrom('reject' as const, 'backorder' as const) }), {
    maxLength: 6,
  });

/** A policy as bad as an embedder could write one: any locations, in any order, twice, unknown ones, or none. */
export const anyPolicy = (): fc.Arbitrary<AllocationPolicy> =>
  fc.array(fc.nat({ max: 6 }), { maxLength: 8 }).map((order) => ({ name: 'any', sequence: () => order.map(locationId) }));
