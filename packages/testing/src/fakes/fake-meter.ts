import type { Labels, Meter } from '@rappit/domain';

/** One call of a meter, as it was made. */
export type Measured = {
  readonly kind: 'count' | 'observe' | 'set';
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
};

/** Remembers what was measured. `total` adds up the counts of a name, of those labels only that are named. */
export type FakeMeter = Meter & {
  readonly measured: () => readonly Measured[];
  readonly total: (name: string, labels?: Labels) => number;
  /** What a name was set to last, with those labels. */
  readonly last: (name: string, labels?: Labels) => number | undefined;
};

export const fakeMeter = (): FakeMeter => {
  const measured: Measured[] = [];
  const matches = (one: Measured, labels: Labels): boolean =>
    Object.entries(labels).every(([label, value]) => one.labels[label] === value);
  return {
    count: (name, labels, by = 1) => void measured.push({ kind: 'count', name, labels, value: by }),
    observe: (name, labels, value) => void measured.push({ kind: 'observe', name, labels, value }),
    set: (name, labels, value) => void measured.push({ kind: 'set', name, labels, value }),
    measured: () => [...measured],
    last: (name, labels = {}) =>
      measured.findLast((one) => one.kind === 'set' && one.name === name && matches(one, labels))?.value,
    total: (name, labels = {}) =>
      measured
        .filter((one) => one.kind === 'count' && one.name === name && matches(one, labels))
        .reduce((sum, { value }) => sum + value, 0),
  };
};
