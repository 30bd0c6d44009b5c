/** Numbers as if by chance, the same for the same seed. */
export type Chances = {
  /** True so often, from 0 (never) to 1 (always). */
  readonly happens: (share: number) => boolean;
  /** A whole number from the first to the last, both included. */
  readonly between: (first: number, last: number) => number;
  readonly oneOf: <Value>(values: readonly Value[]) => Value;
  readonly shuffled: <Value>(values: readonly Value[]) => readonly Value[];
};

/** Mulberry32: 32 bits of state, which is plenty for what a test makes up. */
const mulberry32 = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const chancesOf = (seed: number): Chances => {
  const next = mulberry32(seed);
  const between = (first: number, last: number): number => first + Math.floor(next() * (last - first + 1));
  return {
    happens: (share) => next() < share,
    between,
    oneOf: (values) => {
      const chosen = values[between(0, values.length - 1)];
      if (chosen === undefined) throw new Error('nothing can be chosen of nothing');
      return chosen;
    },
    shuffled: (values) =>
      values
        .map((value) => [next(), value] as const)
        .sort(([one], [other]) => one - other)
        .map(([, value]) => value),
  };
};
