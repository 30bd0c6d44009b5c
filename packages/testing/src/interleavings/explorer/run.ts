import type { Gate } from './gate.js';
import { letterOf, scheduleText, scheduleWords } from './schedule-text.js';
import { openTurns, type Step } from './turns.js';

/** A world in which nothing but the beginning has happened, and what is done in it at the same time. */
export type Opened = {
  /** The first is called A in schedules, the next B. */
  readonly commands: readonly ((gate: Gate) => Promise<void>)[];
  /** Throws what doesn't hold when all commands have ended. */
  readonly check: () => Promise<void> | void;
};

/**
 * A few commands on a small world. It is opened anew for each schedule, and the same turns in the same order have to lead to the
 * same end: ids, times and whatever else is drawn may not depend on who went first.
 */
export type Scope = { readonly name: string; readonly open: () => Promise<Opened> | Opened };

/** Something that didn't hold: `schedule` is what `replay` takes, `steps` is the same with the names of the calls. */
export type Failure = { readonly schedule: string; readonly steps: string; readonly what: string; readonly cause: unknown };

export type Ran = {
  readonly steps: readonly Step[];
  /** Not so when it was given up. */
  readonly ended: boolean;
  readonly failure: Failure | null;
};

/** A schedule that takes more turns than this never ends. */
const MOST_STEPS = 5_000;

/** Runs a scope once, in the order that is chosen. Undefined gives the run up. */
export const runOnce = async (
  scope: Scope,
  choose: (ready: readonly number[], steps: readonly Step[]) => number | undefined,
): Promise<Ran> => {
  const { commands, check } = await scope.open();
  const turns = openTurns(commands);
  await turns.begin();
  const steps: Step[] = [];
  for (let ready = turns.ready(); ready.length > 0; ready = turns.ready()) {
    if (steps.length === MOST_STEPS) throw new Error(`${scope.name}: a schedule took more than ${MOST_STEPS} turns`);
    const chosen = choose(ready, steps);
    if (chosen === undefined) return { steps, ended: false, failure: null };
    steps.push(await turns.step(chosen));
  }
  const waiting = turns.waiting();
  const failed = waiting.length > 0 ? [deadlockOf(waiting)] : await faultsOf(turns.faults, check);
  return { steps, ended: true, failure: failed.length > 0 ? failureOf(steps, failed[0]) : null };
};

const faultsOf = async (thrown: readonly unknown[], check: Opened['check']): Promise<readonly unknown[]> => {
  if (thrown.length > 0) return thrown;
  try {
    await check();
    return [];
  } catch (fault) {
    return [fault];
  }
};

const deadlockOf = (waiting: readonly Step[]): Error =>
  new Error(`deadlock: ${waiting.map(({ task, call }) => `${letterOf(task)} waits at ${call}`).join(', ')}`);

const failureOf = (steps: readonly Step[], cause: unknown): Failure => ({
  schedule: scheduleText(steps),
  steps: scheduleWords(steps),
  what: cause instanceof Error ? cause.message : String(cause),
  cause,
});
