import {
  type Allocation,
  type AllocationPolicy,
  type AllocationRequest,
  allocate,
  available,
  byPriority,
  fewestLocations,
  levelKey,
  lineUnits,
  type Shelf,
  type Take,
} from '@rappit/domain';
import fc from 'fast-check';
import { anyDemandsWithKits, anyPolicy, anyRequests, anyShelves, anySkus } from '../arbitraries/index.js';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { type Law, law } from './law.js';

export type AllocationCase = {
  readonly shelves: readonly Shelf[];
  readonly requests: readonly AllocationRequest[];
  readonly policy: AllocationPolicy;
};

/** Whatever allocates: the domain's own `allocate`, or another that claims to be as careful. */
export type Allocate = typeof allocate;

const cases = (): fc.Arbitrary<AllocationCase> =>
  anySkus().chain((skus) =>
    fc.record({
      shelves: anyShelves(skus),
      requests: anyRequests(skus, anyDemandsWithKits),
      policy: fc.oneof(fc.constantFrom(fewestLocations, byPriority), anyPolicy()),
    }),
  );

const allocationLaw =
  (name: string, holds: (made: AllocationCase, allocations: readonly Allocation[]) => void) =>
  (allocating: Allocate = allocate): Law =>
    law(name, cases(), (made) => holds(made, allocating(made.shelves, made.requests, made.policy)));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
/** Units of a line, as the line counts them: of a kit, kits. */
const unitsFor = (line: string, takes: readonly Take[]): number => lineUnits(takes.filter(({ lineId }) => lineId === line));

const unitsBy = <Row extends { readonly quantity: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const row of rows) units.set(keyOf(row), (units.get(keyOf(row)) ?? 0) + row.quantity);
  return units;
};

/** Over a whole batch, no level gives more than is available at it, and one that isn't in use gives nothing. No policy can change that. */
export const nothingIsPromisedTwice = allocationLaw(
  'allocating never takes more than is available',
  ({ shelves }, allocations) => {
    const taken = unitsBy(
      allocations.flatMap(({ takes }) => takes),
      levelKey,
    );
    const free = new Map<string, number>(
      shelves.map(({ level, location }) => [levelKey(level), location.active ? available(level) : 0]),
    );
    for (const [key, units] of taken)
      expectThat(
        units <= (free.get(key) ?? 0),
        `${units} of ${free.get(key) ?? 0} available are taken at ${JSON.stringify(key)}`,
      );
  },
);

/** A granted request gets what it asks for, line by line, less what is short; a refused one gets nothing. */
export const takesAreDemandsLessShortfalls = allocationLaw(
  'the sum of the takes is the demand less the shortfall',
  ({ requests, policy }, allocations) => {
    requests.forEach(({ demands, onShortage }, index) => {
      const { granted, takes, shortfalls } = allocations[index] ?? { granted: false, takes: [], shortfalls: [] };
      expectThat(
        granted === (onShortage === 'backorder' || shortfalls.length === 0),
        `request ${index} is granted by its shortfalls`,
      );
      if (!granted) expectEqual(takes, [], `the takes of the refused request ${index}`);
      if (!granted) return;
      for (const { lineId, quantity } of demands) {
        const got = unitsFor(lineId, takes);
        expectThat(got >= 0 && got <= quantity, `line ${lineId} gets ${got} of ${quantity}`);
      }
      if (policy.name === 'any') return;
      for (const [sku, wanted] of unitsBy(demands, (demand) => demand.sku)) {
        const missing = shortfalls.find((shortfall) => shortfall.sku === sku);
        const got = sum(demands.filter((demand) => demand.sku === sku).map(({ lineId }) => unitsFor(lineId, takes)));
        expectEqual(got, missing ? missing.available : wanted, `the units of ${sku} that request ${index} gets`);
      }
    });
  },
);

/** Every take is a positive quantity for a line of the request, of that line's own SKU or of its kit's components. */
export const takesBelongToLines = allocationLaw(
  'every take belongs to a line that asks for its SKU',
  ({ requests }, allocations) => {
    allocations.forEach(({ takes }, index) => {
      for (const { lineId, sku, quantity, unitQuantity } of takes) {
        const demand = requests[index]?.demands.find((one) => one.lineId === lineId);
        const part = demand?.components ? demand.components.find((one) => one.sku === sku)?.quantity : undefined;
        const fits = demand?.components ? part !== undefined && part === unitQuantity : demand?.sku === sku;
        expectThat(fits && quantity > 0, `a take of ${quantity} × ${sku} for ${lineId}`);
      }
    });
  },
);

/** Each location that gives anything of a kit gives all of it: as many kits by one component as by any other. */
export const kitsAreWholeAtEachLocation = allocationLaw('a kit comes whole from one location', ({ requests }, allocations) => {
  allocations.forEach(({ takes }, index) => {
    for (const { lineId, components } of requests[index]?.demands ?? []) {
      if (!components) continue;
      const mine = takes.filter((take) => take.lineId === lineId);
      for (const place of new Set(mine.map(({ locationId }) => locationId))) {
        const there = mine.filter(({ locationId }) => locationId === place);
        const kits = lineUnits(there);
        for (const { sku, quantity } of components)
          expectEqual(
            sum(there.filter((take) => take.sku === sku).map((take) => take.quantity)),
            kits * quantity,
            `units of ${sku}`,
          );
      }
    }
  });
});

/** What is written down as the reason adds up to what was done. */
export const explanationsAddUp = allocationLaw('the explanation adds up to what was taken', ({ requests }, allocations) => {
  allocations.forEach(({ takes, explanation }, index) => {
    for (const { sku, allocated, candidates } of explanation.skus) {
      const lines = (requests[index]?.demands ?? []).filter((demand) => demand.sku === sku);
      expectEqual(sum(candidates.map(({ took }) => took)), allocated, `what candidates gave of ${sku}`);
      expectEqual(allocated, sum(lines.map(({ lineId }) => unitsFor(lineId, takes))), `what was allocated of ${sku}`);
      for (const { available: free, took, because } of candidates) {
        const left = ['notNeeded', 'passedOver', 'usedUp'].includes(because);
        const reason = because === 'chosen' ? took > 0 : took === 0 && left === (free > 0 && because !== 'inactive');
        expectThat(took <= free && reason, `${because}: took ${took} of ${free}`);
      }
    }
  });
});

/** First come first served: a request's outcome doesn't depend on those after it. */
export const laterRequestsChangeNothing =
  (allocating: Allocate = allocate): Law =>
  (options) =>
    law('a request is served without regard to those after it', cases(), ({ shelves, requests, policy }) => {
      const whole = allocating(shelves, requests, policy);
      requests.forEach((_, index) => {
        expectEqual(
          allocating(shelves, requests.slice(0, index + 1), policy)[index],
          whole[index],
          `the outcome of request ${index}`,
        );
      });
    })(options);
