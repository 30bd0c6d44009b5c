import { bug, type Labels, type Meter } from '@rappit/domain';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Declared, declaredMetrics } from './declared-metrics.js';
import { roomFor } from './series-room.js';

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

type Configuration = { name: string; help: string; labelNames: string[]; registers: Registry[]; buckets?: number[] };

/**
 * Measures for Prometheus, in a registry of its own, so that two meters in one process don't meet.
 * - A name, a kind, a label or a value that wasn't declared is a bug, thrown at the call.
 * - A gauge without labels has no value until it is set: what nobody has measured yet must not read as a healthy zero.
 * - Of a metric with an open label only so many series are kept. Whoever comes later is counted under `other`; in a gauge they aren't shown,
 *   since one value for many would tell of nobody.
 */
export const promMeter = ({ maxSeries = MAX_SERIES }: { readonly maxSeries?: number } = {}): PromMeter => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = declaredAs('counter', registry, (configuration) => new Counter(configuration));
  const histograms = declaredAs('histogram', registry, (configuration) => new Histogram(configuration));
  const gauges = declaredAs('gauge', registry, unsetGauge);
  const room = roomFor(maxSeries);
  return {
    meter: {
      count: (name, labels, by = 1) => {
        find(counters, name, labels).inc(room.placeOf(name, labels), amount(name, by, by >= 0));
      },
      observe: (name, labels, value) => {
        find(histograms, name, labels).observe(room.placeOf(name, labels), amount(name, value));
      },
      set: (name, labels, value) => {
        const gauge = find(gauges, name, labels);
        if (room.has(name, labels)) gauge.set({ ...labels }, amount(name, value));
      },
    },
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
    forget: (name) => {
      const gauge = gauges.get(name)?.metric ?? bug(`no such metric was declared: ${name}`);
      gauge.reset();
      // Resetting starts one without labels at zero.
      gauge.remove({});
      room.empty(name);
    },
  };
};

type Metrics<Metric> = ReadonlyMap<string, { readonly metric: Metric; readonly labels: readonly string[] }>;

const declaredAs = <Metric>(
  kind: Declared['kind'],
  registry: Registry,
  make: (configuration: Configuration) => Metric,
): Metrics<Metric> => {
  const ofKind = Object.entries<Declared>(declaredMetrics).filter(([, declared]) => declared.kind === kind);
  return new Map(
    ofKind.map(([name, declared]) => {
      const configuration = { name, help: declared.help, labelNames: [...declared.labels], registers: [registry] };
      const metric = make(declared.kind === 'histogram' ? { ...configuration, buckets: [...declared.buckets] } : configuration);
      return [name, { metric, labels: declared.labels }];
    }),
  );
};

/** prom-client starts a gauge without labels at zero. */
const unsetGauge = (configuration: Configuration): Gauge => {
  const gauge = new Gauge(configuration);
  gauge.remove({});
  return gauge;
};

const find = <Metric>(metrics: Metrics<Metric>, name: string, labels: Labels): Metric => {
  const declared = metrics.get(name);
  if (!declared) return bug(`no such metric was declared: ${name}`);
  const given = Object.keys(labels);
  const isDeclared = given.length === declared.labels.length && given.every((label) => declared.labels.includes(label));
  return isDeclared ? declared.metric : bug(`${name} has the labels (${namesOf(declared.labels)}), not (${namesOf(given)})`);
};

const namesOf = (labels: readonly string[]): string => labels.toSorted().join(', ');

const amount = (name: string, value: number, allowed = true): number =>
  Number.isFinite(value) && allowed ? value : bug(`${name} can't be changed by ${value}`);
