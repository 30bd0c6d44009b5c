import { bug } from '@rappit/domain';
import { depend, type Footprint } from './footprint.js';
import { initials, type Timed, timed } from './races.js';
import type { Ran } from './run.js';
import type { Step } from './turns.js';

/** A place of the path that is being explored, at which somebody was chosen. */
export type Moment = {
  readonly ready: readonly number[];
  /** Whose next turn was followed at an earlier place, and commutes with every turn since: to follow it here would repeat that. */
  readonly asleep: ReadonlyMap<number, Footprint>;
  /** Who was followed from here, with what the turn had to do with the others. */
  readonly followed: Map<number, Footprint>;
  /** Who has to be followed from here. */
  readonly wanted: Set<number>;
  chosen: number;
  step?: Timed;
};

/** The choice at a place that the path hasn't reached before: whoever went last, so that commands run on. Undefined when all sleep. */
export const nextMoment = (path: readonly Moment[], { ready, taken, unreduced }: Place): Moment | undefined => {
  const last = taken.at(-1);
  const asleep = unreduced ? new Map<number, Footprint>() : asleepAfter(path.at(-1), last);
  const awake = ready.filter((task) => !asleep.has(task));
  const chosen = last && awake.includes(last.task) ? last.task : awake[0];
  if (chosen === undefined) return undefined;
  return { ready, asleep, followed: new Map(), wanted: new Set(unreduced ? ready : [chosen]), chosen };
};

type Place = { readonly ready: readonly number[]; readonly taken: Ran['steps']; readonly unreduced: boolean };

/** Whoever was followed from the place before, or slept there already, as long as that commutes with the turn taken since. */
const asleepAfter = (before: Moment | undefined, last: Step | undefined): ReadonlyMap<number, Footprint> =>
  new Map(
    before && last
      ? [...before.asleep, ...before.followed].filter(
          ([task, footprint]) => task !== last.task && !depend(footprint, last.footprint),
        )
      : [],
  );

/** Writes down what came of a run, and at each place that a turn raced with, who has to be followed to see the race end the other way. */
export const learn = (path: readonly Moment[], { steps }: Ran): void => {
  const past: Timed[] = [];
  for (const [at, moment] of path.entries()) {
    const step = steps[at] ?? bug('every choice has its turn');
    if (moment.step && moment.step.call !== step.call)
      bug(`the same schedule led to ${step.call} instead of ${moment.step.call}`);
    const found = moment.step ? { step: moment.step, races: [] } : timed(past, step);
    moment.step = found.step;
    moment.followed.set(step.task, step.footprint);
    past.push(found.step);
    for (const race of found.races) wantReversed(path, past, race);
  }
};

const wantReversed = (path: readonly Moment[], steps: readonly Timed[], race: number): void => {
  const { wanted, asleep, ready } = path[race] ?? bug('every turn has its place');
  const firsts = initials(steps, race);
  if (firsts.some((task) => wanted.has(task) || asleep.has(task))) return;
  const able = firsts.find((task) => ready.includes(task));
  for (const task of able === undefined ? ready : [able]) wanted.add(task);
};

/** Goes back to the last place from which somebody is still to be followed, and chooses them. False when there is none. */
export const goBack = (path: Moment[]): boolean => {
  for (let moment = path.pop(); moment; moment = path.pop()) {
    const { wanted, followed, asleep } = moment;
    const next = [...wanted].find((task) => !followed.has(task) && !asleep.has(task));
    if (next === undefined) continue;
    const { step: _, ...rest } = moment;
    path.push({ ...rest, chosen: next });
    return true;
  }
  return false;
};
