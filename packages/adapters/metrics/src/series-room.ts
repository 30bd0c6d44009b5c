import type { Labels } from '@rappit/domain';
import { type Declared, declaredMetrics } from './declared-metrics.js';

/** Who has no series of their own is counted under this. */
const OTHERS = 'other';

const openMetrics = new Map(
  Object.entries<Declared>(declaredMetrics).flatMap(([name, { labels, openLabel }]) =>
    openLabel === undefined ? [] : [[name, { labels, openLabel }] as const],
  ),
);

/** Which series of the metrics with an open label there is room for: the first so many of each metric. Of other metrics there is room for all. */
export const roomFor = (maxSeries: number) => {
  const kept = new Map([...openMetrics.keys()].map((name) => [name, new Set<string>()]));
  const has = (name: string, labels: Labels): boolean => {
    const [series, open] = [kept.get(name), openMetrics.get(name)];
    if (!series || !open) return true;
    const key = open.labels.map((label) => labels[label]).join('\n');
    if (series.has(key)) return true;
    if (series.size >= maxSeries) return false;
    series.add(key);
    return true;
  };
  return {
    has,
    /** The labels under which it is counted. */
    placeOf: (name: string, labels: Labels): Record<string, string> => {
      const open = openMetrics.get(name);
      return open === undefined || has(name, labels) ? { ...labels } : { ...labels, [open.openLabel]: OTHERS };
    },
    empty: (name: string): void => kept.get(name)?.clear(),
  };
};
