import { isAway } from './http/problems/unavailable.js';

/** Between two attempts, growing up to the last. Milliseconds. */
const PAUSES = [250, 500, 1_000, 2_000];
const LONGEST = 4_000;

type World = {
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly say: (line: string) => void;
};

const real: World = {
  now: () => performance.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  // There is no log yet: whatever writes it is made after this.
  say: (line) => console.error(JSON.stringify({ level: 40, msg: line })),
};

/**
 * Tries what a start needs of the database until it answers, for as long as patience lasts; then throws what was in the way last.
 * What isn't an outage is thrown at once.
 */
export const whenItAnswers = async <Value>(
  patienceMs: number,
  attempt: () => Promise<Value>,
  { now, pause, say }: World = real,
): Promise<Value> => {
  const end = now() + patienceMs;
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const milliseconds = PAUSES[tries] ?? LONGEST;
      if (!isAway(error) || now() + milliseconds > end) throw error;
      if (tries === 0) say(`the database does not answer yet: waiting for up to ${patienceMs / 1_000} seconds`);
      await pause(milliseconds);
    }
  }
};
