export { declaredMetrics, type MetricName } from './declared-metrics.js';
export { type Exposition, type PromMeter, promMeter } from './prom-meter.js';
