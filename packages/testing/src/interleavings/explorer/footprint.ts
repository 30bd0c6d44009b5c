/** What one turn of a command had to do with the others, by names that only have to be the same for the same thing. */
export type Footprint = {
  readonly looks: ReadonlySet<string>;
  readonly changes: ReadonlySet<string>;
  /** Locks that the command waited for, or would have. */
  readonly takes: ReadonlySet<string>;
  /** Locks that it gave back. */
  readonly frees: ReadonlySet<string>;
};

/** Stands for every name: whoever looks at it depends on every change, whoever changes it on every look and change. */
export const EVERYTHING = '*';

/** Whether the order of two turns can matter. Neighbours that don't depend on each other end alike whichever goes first. */
export const depend = (a: Footprint, b: Footprint): boolean =>
  meet(a.changes, b.changes) ||
  meet(a.looks, b.changes) ||
  meet(a.changes, b.looks) ||
  meet(a.takes, b.takes) ||
  meet(a.takes, b.frees) ||
  meet(a.frees, b.takes);

/** Whether the second of two turns could have gone before the first: not if it waited for what the first gave back. */
export const couldGoBefore = (second: Footprint, first: Footprint): boolean => !meet(second.takes, first.frees);

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  if (few.size === 0) return false;
  if (few.has(EVERYTHING) || many.has(EVERYTHING)) return true;
  for (const name of few) if (many.has(name)) return true;
  return false;
};
