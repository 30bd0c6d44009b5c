import {
  type AllocationPolicy,
  type AllocationRequest,
  allocate,
  available,
  byPriority,
  fewestLocations,
  type LocationId,
  type Shelf,
} from '@rappit/domain';
import fc from 'fast-check';
import { anyDemands, anyShelves, anySkus } from '../arbitraries/index.js';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { type Law, law } from './law.js';

type PolicyCase = { readonly shelves: readonly Shelf[]; readonly request: AllocationRequest };

/** Up to so many locations every set of them is looked at. */
const LOCATIONS = 6;

const cases = (): fc.Arbitrary<PolicyCase> =>
  anySkus({ maxLength: 3 }).chain((skus) =>
    fc.record({
      shelves: anyShelves(skus, { locations: LOCATIONS, max: 8 }),
      request: anyDemands(skus).map((demands) => ({ demands, onShortage: 'reject' as const })),
    }),
  );

const wantedOf = ({ demands }: AllocationRequest): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of demands) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  return wanted;
};

const covers = (shelves: readonly Shelf[], set: ReadonlySet<LocationId>, wanted: ReadonlyMap<string, number>): boolean =>
  [...wanted].every(([sku, units]) => {
    const there = shelves.filter(({ level, location }) => level.sku === sku && location.active && set.has(location.id));
    return there.reduce((sum, { level }) => sum + available(level), 0) >= units;
  });

const subsets = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  values.reduce<(readonly Value[])[]>((sets, value) => sets.concat(sets.map((set) => set.concat(value))), [[]]);

const prioritiesOf = (shelves: readonly Shelf[], set: Iterable<LocationId>): readonly number[] => {
  const priorityOf = new Map(shelves.map(({ location }) => [location.id, location.priority]));
  return [...set].map((id) => priorityOf.get(id) ?? 0).sort((a, b) => a - b);
};

/** The first priority in which they differ decides. */
const isBetter = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((priority, index) => priority !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

/** Compared with every set of locations there is: no smaller one would have done, and none of the same size has better priorities, unless they tie. */
export const fewestLocationsIsSmallest = (policy: AllocationPolicy = fewestLocations): Law =>
  law('no fewer locations would have everything', cases(), ({ shelves, request }) => {
    const [allocation] = allocate(shelves, [request], policy);
    if (!allocation?.granted) return;
    const used = new Set(allocation.takes.map(({ locationId }) => locationId));
    const locations = [...new Set(shelves.map(({ location }) => location.id))];
    const enough = subsets(locations).filter((set) => covers(shelves, new Set(set), wantedOf(request)));
    const smallest = Math.min(...enough.map((set) => set.length));
    expectEqual(used.size, smallest, 'the number of locations');
    const ours = prioritiesOf(shelves, used);
    const better = enough.find((set) => set.length === smallest && isBetter(prioritiesOf(shelves, set), ours));
    expectEqual(better, undefined, `a set of better priorities than ${ours.join()}`);
  });

/** A location of a higher number gives something only when those before it gave all that they had. */
export const byPriorityDrawsInOrder = (policy: AllocationPolicy = byPriority): Law =>
  law('the lowest priority number is drawn from first', cases(), ({ shelves, request }) => {
    const [allocation] = allocate(shelves, [request], policy);
    if (!allocation?.granted) return;
    const priorityOf = new Map(shelves.map(({ location }) => [location.id, location.priority]));
    for (const { sku, candidates } of allocation.explanation.skus) {
      const last = Math.max(
        ...candidates.filter(({ took }) => took > 0).map(({ locationId }) => priorityOf.get(locationId) ?? 0),
      );
      for (const { locationId, took, available: free } of candidates)
        if ((priorityOf.get(locationId) ?? 0) < last)
          expectThat(took === free, `${sku}: ${took} of ${free} were taken before a later location`);
    }
  });
