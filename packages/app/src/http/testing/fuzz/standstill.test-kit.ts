/** Longer than anything takes on a machine that has time for it. Milliseconds. */
const LONG_MS = 2_000;
const ATTEMPTS = 3;

/** Milliseconds that went by, and those that the processor worked for this process. */
export type Clocks = { readonly wallMs: () => number; readonly workedMs: () => number };

const ofThisProcess: Clocks = {
  wallMs: () => performance.now(),
  workedMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};

/**
 * Asks again where the machine stood still meanwhile: much time went by, and the processor did next to nothing for us.
 * What is slow by itself is so each time, and is answered as it came the last time.
 */
export const pastStandstills = async <Answer>(ask: () => Promise<Answer>, clocks: Clocks = ofThisProcess): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    const [began, worked] = [clocks.wallMs(), clocks.workedMs()];
    const stoodStill = (): boolean => {
      const ms = clocks.wallMs() - began;
      return ms > LONG_MS && clocks.workedMs() - worked < ms / 2;
    };
    try {
      const answer = await ask();
      if (attempt === ATTEMPTS || !stoodStill()) return answer;
    } catch (error) {
      if (attempt === ATTEMPTS || !stoodStill()) throw error;
    }
  }
};
