import { bug, type Labels } from '@rappit/domain';
import type { Declared } from './declared-metrics.js';

/** Who has no series of their own are counted under this. */
const OTHERS = 'other';

/** What is to be told of a series: what was added since the last time, or what it was set to. */
export type Untold = { readonly labels: Record<string, string>; readonly value: number };

/** The series of one metric. Each call throws at labels that weren't declared. */
export type SeriesOf = {
  /** Adds to the series with these labels, or to that of all others when there is no room for it. */
  readonly add: (labels: Labels, by: number) => void;
  /** Sets the series with these labels, unless there is no room for it. */
  readonly set: (labels: Labels, value: number) => void;
  /** The labels as they came, of a metric that has room for all. */
  readonly known: (labels: Labels) => Record<string, string>;
  /** What was added or set since this was asked last. */
  readonly untold: () => readonly Untold[];
  readonly empty: () => void;
};

type Series = { readonly labels: Record<string, string>; value: number; isTold: boolean };

/** There is room for the first so many series of a metric with an open label, and for all of any other. */
export const seriesOf = (name: string, { labels: names, openLabel }: Declared, maxSeries: number): SeriesOf => {
  const own = new Map<string, Series>();
  const others = new Map<string, Series>();
  const keyFor = (labels: Labels): string =>
    keyOf(names, labels) ?? bug(`${name} has the labels (${listed(names)}), not (${listed(Object.keys(labels))})`);
  const ownOf = (labels: Labels): Series | undefined => {
    const key = keyFor(labels);
    const known = own.get(key);
    return known || (openLabel !== undefined && own.size >= maxSeries) ? known : begun(own, key, labels);
  };
  const othersOf = (labels: Labels): Series => {
    const together = { ...labels, [openLabel ?? bug(`${name} has room for all`)]: OTHERS };
    const key = keyFor(together);
    return others.get(key) ?? begun(others, key, together);
  };
  return {
    add: (labels, by) => {
      const series = ownOf(labels) ?? othersOf(labels);
      series.value = series.isTold ? by : series.value + by;
      series.isTold = false;
    },
    set: (labels, value) => {
      const series = ownOf(labels);
      if (series) Object.assign(series, { value, isTold: false });
    },
    known: (labels) => (ownOf(labels) ?? othersOf(labels)).labels,
    untold: () => [...own.values(), ...others.values()].filter(({ isTold }) => !isTold).map(told),
    empty: () => own.clear(),
  };
};

const begun = (series: Map<string, Series>, key: string, labels: Labels): Series => {
  const one = { labels: { ...labels }, value: 0, isTold: true };
  series.set(key, one);
  return one;
};

const told = (series: Series): Untold => {
  series.isTold = true;
  return { labels: series.labels, value: series.value };
};

/** The values in the order of these names; undefined unless exactly these labels were given. */
const keyOf = (names: readonly string[], labels: Labels): string | undefined => {
  let key = '';
  for (const name of names) {
    const value: unknown = labels[name];
    if (typeof value !== 'string') return undefined;
    key += `${value}\n`;
  }
  return Object.keys(labels).length === names.length ? key : undefined;
};

const listed = (names: readonly string[]): string => names.toSorted().join(', ');
