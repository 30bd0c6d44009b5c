import { couldGoBefore, depend } from './footprint.js';
import type { Step } from './turns.js';

/** A turn of a run, with the place of each command's last turn that had to come before it. */
export type Timed = Step & { readonly clock: readonly number[] };

/** Whether a turn has come before another for a reason, and not just because somebody had to be first. */
const comesBefore = (steps: readonly Timed[], at: number, later: Timed): boolean =>
  (later.clock[steps[at]?.task ?? -1] ?? -1) >= at;

const latest = (a: readonly number[], b: readonly number[]): readonly number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, task) => Math.max(a[task] ?? -1, b[task] ?? -1));

/**
 * A further turn of a run, and the places of those it raced with: earlier turns of others that it depends on, that nothing its own
 * command had seen by then put before it, and after which it didn't have to wait.
 */
export const timed = (steps: readonly Timed[], step: Step): { readonly step: Timed; readonly races: readonly number[] } => {
  const own = steps.findLast(({ task }) => task === step.task)?.clock ?? [];
  const itself = new Array<number>(step.task + 1).fill(-1).with(step.task, steps.length);
  let clock = latest(own, itself);
  const races: number[] = [];
  for (const [at, other] of steps.entries()) {
    if (other.task === step.task || (own[other.task] ?? -1) >= at || !depend(other.footprint, step.footprint)) continue;
    if (couldGoBefore(step.footprint, other.footprint)) races.push(at);
    clock = latest(clock, other.clock);
  }
  return { step: { ...step, clock }, races };
};

/**
 * Who may go first at the place of a race, so that the last turn comes before the one there: the commands whose first turn behind
 * that place follows from none in between.
 */
export const initials = (steps: readonly Timed[], race: number): readonly number[] => {
  const last = steps.length - 1;
  const between = [...steps.entries()].filter(([at, step]) => at > race && (at === last || !comesBefore(steps, race, step)));
  const isInitial = (at: number, step: Timed): boolean =>
    !between.some(([before, { task }]) => before < at && (task === step.task || comesBefore(steps, before, step)));
  return between.flatMap(([at, step]) => (isInitial(at, step) ? [step.task] : []));
};
