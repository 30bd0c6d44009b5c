import { bug, type Meter } from '@rappit/domain';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Declared, declaredMetrics } from './declared-metrics.js';
import { type SeriesOf, seriesOf } from './series.js';

/** One page for Prometheus to read. */
export type Exposition = { readonly contentType: string; readonly body: string };

/** A meter, and the page that shows what it has measured together with Node's own process metrics. */
export type PromMeter = {
  readonly meter: Meter;
  readonly expose: () => Promise<Exposition>;
  /** Takes the values of a gauge away: what can't be measured now must not read as it did before. */
  readonly forget: (name: string) => void;
};

/** So many series are kept of each metric that has a label for organizations or channels (ADR 0057). */
const MAX_SERIES = 5_000;

/**
 * Measures for Prometheus, in a registry of its own, so that two meters in one process don't meet.
 * - A name, a kind, a label or a value that wasn't declared is a bug, thrown at the call.
 * - A gauge without labels has no value until it is set: what nobody has measured yet must not read as a healthy zero.
 * - Of a metric with an open label only so many series are kept. Whoever comes later is counted under `other`; in a gauge they aren't shown,
 *   since one value for many would tell of nobody.
 * - Counters and gauges are gathered here and told to the library when somebody reads, since it looks every label up at each call.
 */
export const promMeter = ({ maxSeries = MAX_SERIES }: { readonly maxSeries?: number } = {}): PromMeter => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = declaredAs('counter', maxSeries, (declared) => new Counter({ ...declared, registers: [registry] }));
  const histograms = declaredAs('histogram', maxSeries, (declared) => new Histogram({ ...declared, registers: [registry] }));
  const gauges = declaredAs('gauge', maxSeries, (declared) => unset(new Gauge({ ...declared, registers: [registry] })));
  const tell = (): void => {
    for (const { metric, series } of counters.values())
      for (const { labels, value } of series.untold()) metric.inc(labels, value);
    for (const { metric, series } of gauges.values()) for (const { labels, value } of series.untold()) metric.set(labels, value);
  };
  return {
    meter: {
      count: (name, labels, by = 1) => find(counters, name).series.add(labels, amount(name, by, by >= 0)),
      observe: (name, labels, value) => {
        const { metric, series } = find(histograms, name);
        metric.observe(series.known(labels), amount(name, value));
      },
      set: (name, labels, value) => find(gauges, name).series.set(labels, amount(name, value)),
    },
    expose: async () => {
      tell();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
    forget: (name) => {
      const { metric, series } = find(gauges, name);
      series.empty();
      metric.reset();
      unset(metric);
    },
  };
};

type Configuration = { name: string; help: string; labelNames: string[]; buckets?: number[] };
type Metrics<Metric> = ReadonlyMap<string, { readonly metric: Metric; readonly series: SeriesOf }>;

const declaredAs = <Metric>(
  kind: Declared['kind'],
  maxSeries: number,
  make: (configuration: Configuration) => Metric,
): Metrics<Metric> => {
  const ofKind = Object.entries<Declared>(declaredMetrics).filter(([, declared]) => declared.kind === kind);
  return new Map(
    ofKind.map(([name, declared]) => {
      const configuration = { name, help: declared.help, labelNames: [...declared.labels] };
      const metric = make(declared.kind === 'histogram' ? { ...configuration, buckets: [...declared.buckets] } : configuration);
      return [name, { metric, series: seriesOf(name, declared, maxSeries) }];
    }),
  );
};

/** prom-client starts a gauge without labels at zero, also after a reset. */
const unset = (gauge: Gauge): Gauge => {
  gauge.remove({});
  return gauge;
};

const find = <Metric>(metrics: Metrics<Metric>, name: string): { readonly metric: Metric; readonly series: SeriesOf } =>
  metrics.get(name) ?? bug(`no such metric was declared: ${name}`);

const amount = (name: string, value: number, allowed = true): number =>
  Number.isFinite(value) && allowed ? value : bug(`${name} can't be changed by ${value}`);
