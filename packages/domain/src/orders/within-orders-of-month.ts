import type { Allocation, AllocationRequest } from '../inventory/index.js';
import { bug, err, type LimitReached, ok, type Result } from '../kernel/index.js';

/** What one order asks for, and how many orders of a month its plan includes; null where nothing limits it. */
export type LimitedWish = AllocationRequest & { readonly monthlyLimit: number | null };

/** Whether a plan limits any of the orders that are asked for, so that those of the month have to be counted. */
export const isLimited = (requests: readonly { readonly monthlyLimit?: number | null | undefined }[]): boolean =>
  requests.some(({ monthlyLimit }) => typeof monthlyLimit === 'number');

type Allot = (wishes: readonly LimitedWish[]) => readonly Allocation[];

/**
 * Gives stock to those wishes that the plan includes, first come first served.
 * - Each order that is placed counts, also of those that nothing limits; one that is refused counts not, and gets no stock.
 * - Stock is given again without those that are beyond the plan: `allot` gives the same to whoever comes before them.
 */
export const allotWithin = (
  thisMonth: number | undefined,
  wishes: readonly LimitedWish[],
  allot: Allot,
): readonly Result<Allocation, LimitReached>[] => {
  if (wishes.every(({ monthlyLimit }) => monthlyLimit === null)) return allot(wishes).map(ok);
  const before = thisMonth ?? bug('where orders are limited they are counted');
  const beyond = new Map<LimitedWish, LimitReached>();
  for (;;) {
    const rest = wishes.filter((wish) => !beyond.has(wish));
    const allocations = allot(rest);
    const found = beyondPlan(before, rest, allocations);
    if (found.size === 0) {
      const granted = new Map(rest.map((wish, index) => [wish, allocations[index]]));
      return wishes.map((wish) => answerOf(granted.get(wish), beyond.get(wish)));
    }
    for (const [wish, reached] of found) beyond.set(wish, reached);
  }
};

const answerOf = (allocation: Allocation | undefined, reached: LimitReached | undefined): Result<Allocation, LimitReached> =>
  reached ? err(reached) : ok(allocation ?? bug('every wish is allotted or beyond the plan'));

const beyondPlan = (
  before: number,
  wishes: readonly LimitedWish[],
  allocations: readonly Allocation[],
): ReadonlyMap<LimitedWish, LimitReached> => {
  const beyond = new Map<LimitedWish, LimitReached>();
  let usage = before;
  for (const [index, wish] of wishes.entries()) {
    const limit = wish.monthlyLimit;
    if (limit !== null && usage >= limit)
      beyond.set(wish, { code: 'subscription.limit_reached', kind: 'ordersPerMonth', limit, usage });
    else if (allocations[index]?.granted) usage += 1;
  }
  return beyond;
};
