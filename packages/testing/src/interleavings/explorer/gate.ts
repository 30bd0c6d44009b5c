import { bug } from '@rappit/domain';
import type { Footprint } from './footprint.js';

/** A lock that a turn waits for. Whoever holds it notes `frees` when it gives it back. */
export type Wait = { readonly lock: string; readonly isFree: () => boolean };

/**
 * Where one command asks for its turns, before each call of a port that has to do with what others share.
 * - The call is made when the turn comes, and everything up to the next turn belongs to it; meanwhile nobody else does anything.
 * - What it looked at and changed is noted before the next turn. Of a turn without any note, nor a lock that it waited for, it is
 *   taken that it had to do with everything: that is never wrong, and only costs schedules.
 */
export type Gate = {
  readonly turn: (call: string, wait?: Wait) => Promise<void>;
  readonly note: (footprint: Partial<Readonly<Record<keyof Footprint, Iterable<string>>>>) => void;
};

/** A gate that is always open: for what is done before the commands begin, and after they have ended. */
export const openGate: Gate = {
  turn: async (call, wait) => {
    if (wait && !wait.isFree()) bug(`${call} would wait for ever`);
  },
  note: () => undefined,
};
