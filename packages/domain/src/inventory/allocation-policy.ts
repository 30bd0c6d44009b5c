import type { LocationId } from './location.js';
import type { Sku } from './sku.js';

/**
 * An active location that holds some of what is wanted. `available` names only wanted SKUs, each above zero; of a kit it says how many
 * whole ones can be put together there.
 */
export type Candidate = {
  readonly locationId: LocationId;
  readonly priority: number;
  readonly available: ReadonlyMap<Sku, number>;
};

/**
 * In which order locations are drawn from. Only the order is the policy's: how much is taken is not, so no policy can oversell.
 * A location left out of the sequence isn't drawn from.
 */
export type AllocationPolicy = {
  readonly name: string;
  readonly sequence: (candidates: readonly Candidate[], wanted: ReadonlyMap<Sku, number>) => readonly LocationId[];
};

const byPriorityThenId = (a: Candidate, b: Candidate): number =>
  a.priority - b.priority || (a.locationId < b.locationId ? -1 : 1);

/** The lowest priority number first. */
export const byPriority: AllocationPolicy = {
  name: 'byPriority',
  sequence: (candidates) => [...candidates].sort(byPriorityThenId).map(({ locationId }) => locationId),
};

/** Up to this many candidates every combination is tried; beyond, the location that covers most is drawn from first. */
const EXACT_UP_TO = 10;

/**
 * As few parcels as possible: the smallest set of locations that has everything, the one of best priorities among equals.
 * When no set has everything, those that cover most come first.
 */
export const fewestLocations: AllocationPolicy = {
  name: 'fewestLocations',
  sequence: (candidates, wanted) => {
    const sorted = [...candidates].sort(byPriorityThenId);
    const whole = sorted.find((candidate) => covers([candidate], wanted));
    const smallest = whole ? [whole] : sorted.length <= EXACT_UP_TO ? smallestSet(sorted, wanted) : undefined;
    return (smallest ? thenOthers(smallest, sorted) : mostCoveringFirst(sorted, wanted)).map(({ locationId }) => locationId);
  },
};

/** A kit and a single SKU may count on the same units of a location: then the others are drawn from too. */
const thenOthers = (first: readonly Candidate[], all: readonly Candidate[]): readonly Candidate[] => [
  ...first,
  ...all.filter((candidate) => !first.includes(candidate)),
];

const covers = (set: readonly Candidate[], wanted: ReadonlyMap<Sku, number>): boolean =>
  [...wanted].every(([sku, units]) => set.reduce((sum, { available }) => sum + (available.get(sku) ?? 0), 0) >= units);

/** Sets of two, of three and so on; of those of one size that cover everything, the one of the best priorities. */
const smallestSet = (sorted: readonly Candidate[], wanted: ReadonlyMap<Sku, number>): readonly Candidate[] | undefined => {
  for (let size = 2; size <= sorted.length; size += 1) {
    const fitting = setsOfSize(sorted, size).filter((set) => covers(set, wanted));
    const [first, ...others] = fitting;
    if (first) return others.reduce((best, set) => (comparePriorities(set, best) < 0 ? set : best), first);
  }
  return undefined;
};

const setsOfSize = (from: readonly Candidate[], size: number): readonly (readonly Candidate[])[] =>
  size === 0
    ? [[]]
    : from.flatMap((first, index) => setsOfSize(from.slice(index + 1), size - 1).map((others) => [first, ...others]));

/** Candidates stand in the order of their priorities: the first in which two sets differ decides. */
const comparePriorities = (a: readonly Candidate[], b: readonly Candidate[]): number => {
  const at = a.findIndex(({ priority }, index) => priority !== b[index]?.priority);
  return at < 0 ? 0 : (a[at]?.priority ?? 0) - (b[at]?.priority ?? 0);
};

/** Greedy: again and again the location that covers most of what is still missing. */
const mostCoveringFirst = (sorted: readonly Candidate[], wanted: ReadonlyMap<Sku, number>): readonly Candidate[] => {
  const missing = new Map(wanted);
  const left = [...sorted];
  const sequence: Candidate[] = [];
  while (left.length > 0) {
    const coverage = left.map(({ available }) =>
      [...missing].reduce((sum, [sku, units]) => sum + Math.min(units, available.get(sku) ?? 0), 0),
    );
    const best = coverage.indexOf(Math.max(...coverage));
    const [next] = left.splice(best, 1);
    if (!next) break;
    sequence.push(next);
    for (const [sku, units] of missing) missing.set(sku, Math.max(0, units - (next.available.get(sku) ?? 0)));
  }
  return sequence;
};
