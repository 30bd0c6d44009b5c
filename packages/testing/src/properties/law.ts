import fc from 'fast-check';

/** How often a law is tried, and from which seed; the same seed tries the same cases. */
export type LawOptions = { readonly runs?: number; readonly seed?: number };

/** Something that has to hold for whatever is made up. Throws with the smallest case that breaks it, and the seed to see it again. */
export type Law = (options?: LawOptions) => Promise<void>;

/** A law of this name, tried with what the arbitrary makes up; `holds` throws where it doesn't. */
export const law =
  <Case>(name: string, cases: fc.Arbitrary<Case>, holds: (made: Case) => void | Promise<void>): Law =>
  async ({ runs = 100, seed } = {}) => {
    const outcome = await fc.check(
      fc.asyncProperty(cases, async (made) => {
        await holds(made);
      }),
      { numRuns: runs, ...(seed !== undefined && { seed }) },
    );
    if (!outcome.failed) return;
    const { seed: used, counterexamplePath, numShrinks, counterexample, errorInstance } = outcome;
    const because = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    const smallest = fc.stringify(counterexample?.[0]);
    throw new Error(
      `The law "${name}" is broken: ${because}\nseed: ${used}, path: ${counterexamplePath}, after ${numShrinks} shrinks\nsmallest case: ${smallest}`,
      { cause: errorInstance },
    );
  };
