import { bug } from '@rappit/domain';
import { goBack, learn, type Moment, nextMoment } from './moments.js';
import { type Failure, type Ran, runOnce, type Scope } from './run.js';
import { letterOf, parseSchedule, scheduleText, scheduleWords } from './schedule-text.js';

export type ExploreOptions = {
  /** A scope that takes more runs than this is refused by an exception: it is too large to be explored at every build. */
  readonly most?: number;
  /** Runs every order of turns one by one: what the reduction is compared with. */
  readonly unreduced?: boolean;
};

export type Explored = {
  readonly name: string;
  /** How many were run to their ends. With a failure, up to and with the one that failed. */
  readonly schedules: number;
  /** How many orders the turns of the longest of them have, had nobody to wait for a lock: what the schedules stand for, at most. */
  readonly orders: number;
  readonly failure: Failure | null;
};

/**
 * Runs a scope in all orders of its commands' turns, up to the first that fails: one in which a command throws, all wait for each
 * other, or the scope's check throws.
 * Of orders that differ only in neighbours which don't depend on each other one is run. Such orders lead every command to the same
 * answers and the world to the same end, so that whatever one of them can show, the one that is run shows.
 */
export const explore = async (scope: Scope, { most = 10_000, unreduced = false }: ExploreOptions = {}): Promise<Explored> => {
  const path: Moment[] = [];
  let [runs, schedules, orders] = [0, 0, 0];
  do {
    runs += 1;
    if (runs > most) throw new Error(`${scope.name}: more than ${most} schedules; a smaller scope is needed`);
    const ran = await runOnce(scope, (ready, taken) => {
      const known = path[taken.length];
      if (known) return known.chosen;
      const moment = nextMoment(path, { ready, taken, unreduced });
      if (moment) path.push(moment);
      return moment?.chosen;
    });
    schedules += ran.ended ? 1 : 0;
    orders = Math.max(orders, ordersOf(ran));
    if (ran.failure) return { name: scope.name, schedules, orders, failure: ran.failure };
    learn(path, ran);
  } while (goBack(path));
  return { name: scope.name, schedules, orders, failure: null };
};

/** The multinomial coefficient of the commands' turns. */
const ordersOf = ({ steps }: Ran): number => {
  const turns = new Map<number, number>();
  let orders = 1;
  for (const [index, { task }] of steps.entries()) {
    const own = (turns.get(task) ?? 0) + 1;
    turns.set(task, own);
    orders *= (index + 1) / own;
  }
  return Math.round(orders);
};

/** What came of one schedule: all of its turns, those behind the end of the text included. */
export type Replayed = { readonly schedule: string; readonly steps: string; readonly failure: Failure | null };

/**
 * Runs one schedule, such as `A1 B1 B2 A2`. Where the text ends, whoever comes first in the alphabet goes on.
 * A turn that can't come at its place is an exception: the schedule belongs to another scope, or the code has changed.
 */
export const replay = async (scope: Scope, schedule: string): Promise<Replayed> => {
  const order = parseSchedule(schedule);
  const { steps, failure } = await runOnce(scope, (ready, { length }) => {
    const next = order[length] ?? ready[0];
    return next !== undefined && ready.includes(next) ? next : bug(`${letterOf(next ?? 0)} can't go at turn ${length + 1}`);
  });
  return { schedule: scheduleText(steps), steps: scheduleWords(steps), failure };
};

/** A result on a line, with the schedule of a failure turn by turn. */
export const tellExplored = ({ name, schedules, orders, failure }: Explored): string => {
  const count = `${name}: ${schedules} schedules explored, for up to ${orders < 1e6 ? orders : orders.toExponential(0)} orders`;
  return failure ? `${count}\n  ${failure.what}\n  schedule: ${failure.schedule}\n${failure.steps}` : count;
};
