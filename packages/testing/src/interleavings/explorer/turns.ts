import { bug } from '@rappit/domain';
import { EVERYTHING, type Footprint } from './footprint.js';
import type { Gate, Wait } from './gate.js';

/** One turn of a command: what it called, and what that had to do with the others. */
export type Step = { readonly task: number; readonly call: string; readonly footprint: Footprint };

type Asking = { readonly call: string; readonly wait: Wait | undefined; readonly go: () => void };
type Marks = { readonly [Mark in keyof Footprint]: Set<string> };

/**
 * A command that is so many seconds neither at its next turn nor at its end waits for something that nobody told us of. They are counted one
 * by one, so that a machine which stands still for a while loses one of them.
 */
const STUCK_AFTER_SECONDS = 10;

/** Commands at their gates: one of them goes on at a time, from its turn to its next. What they throw is kept in `faults`. */
export const openTurns = (commands: readonly ((gate: Gate) => Promise<void>)[]) => {
  const asking = new Map<number, Asking>();
  const faults: unknown[] = [];
  let marks = noMarks();
  let noted = false;
  let stoodStill: () => void = () => undefined;

  /** Resolves when the command that goes on by this asks for its next turn, or has ended. */
  const goOn = (task: number, act: () => void): Promise<void> =>
    new Promise((resolve, reject) => {
      let seconds = 0;
      const timer = setInterval(() => {
        seconds += 1;
        if (seconds < STUCK_AFTER_SECONDS) return;
        clearInterval(timer);
        reject(new Error(`command ${task + 1} waits for something else than its turn, or never ends`));
      }, 1_000);
      stoodStill = () => {
        clearInterval(timer);
        resolve();
      };
      act();
    });

  const gateOf = (task: number): Gate => ({
    turn: (call, wait) =>
      new Promise((go) => {
        if (asking.has(task)) bug(`a command asked for ${call} while it waited for another turn`);
        asking.set(task, { call, wait, go });
        stoodStill();
      }),
    note: (footprint) => {
      noted = true;
      for (const mark of ['looks', 'changes', 'takes', 'frees'] as const)
        for (const name of footprint[mark] ?? []) marks[mark].add(name);
    },
  });

  const begin = async (): Promise<void> => {
    for (const [task, command] of commands.entries()) {
      const run = async (): Promise<void> => {
        try {
          await command(gateOf(task));
        } catch (fault) {
          faults.push(fault);
        }
        stoodStill();
      };
      await goOn(task, () => void run());
    }
  };

  /** Lets a command have its turn. */
  const step = async (task: number): Promise<Step> => {
    const { call, wait, go } = asking.get(task) ?? bug('only who asks is chosen');
    asking.delete(task);
    marks = noMarks(wait);
    noted = wait !== undefined;
    await goOn(task, go);
    return { task, call, footprint: noted ? marks : unknown };
  };

  const those = (free: boolean): readonly [number, Asking][] =>
    [...asking].filter(([, { wait }]) => (wait?.isFree() ?? true) === free).sort(([a], [b]) => a - b);
  return {
    faults,
    begin,
    step,
    /** Who may go next. */
    ready: (): readonly number[] => those(true).map(([task]) => task),
    /** Who has to wait, with the turn it waits for. */
    waiting: (): readonly Step[] => those(false).map(([task, { call, wait }]) => ({ task, call, footprint: noMarks(wait) })),
  };
};

const noMarks = (wait?: Wait): Marks => ({
  looks: new Set(),
  changes: new Set(),
  takes: new Set(wait ? [wait.lock] : []),
  frees: new Set(),
});

const unknown: Footprint = { ...noMarks(), looks: new Set([EVERYTHING]), changes: new Set([EVERYTHING]) };
