import { type Gate, isSet, noGo, type Reason, unfilled, warning } from './gate.js';

const ofProbe = (redis: 'up' | 'away' | undefined): readonly Reason[] =>
  redis === 'away' ? [noGo('Redis', 'does not answer')] : [];

/** Each says by itself where Redis is. */
const places = ['REDIS_URL', 'REDIS_HOST', 'REDIS_CLUSTER', 'REDIS_SENTINELS'] as const;

/** GATE-007: limits hold over all processes, and somebody sees them. */
export const limitsGate: Gate = {
  id: 'GATE-007',
  title: 'Rate limits and watching',
  rule: [
    'REDIS_URL or REDIS_HOST is set, or a Cluster or Sentinels are, so that limits count over all processes. A Redis that is away stops `rappit gates --probe` and no start: limits are then kept by each process.',
    'METRICS_TOKEN is set, or `/metrics` is open to whoever reaches it: a warning.',
    'SENTRY_DSN, where set, is a value and not a placeholder.',
  ],
  owns: (variable) => /^(REDIS_|RATE_LIMIT_|METRICS_|SENTRY_|OTEL_)/.test(variable),
  reasons: ({ given, probes }) => [
    ...(places.some((name) => isSet(given, name))
      ? []
      : [noGo('REDIS_HOST', 'must be set when NODE_ENV is production, or REDIS_URL')]),
    ...(isSet(given, 'METRICS_TOKEN') ? [] : [warning('METRICS_TOKEN', 'is not set: whoever reaches /metrics may read it')]),
    ...unfilled(given, ['REDIS_URL', 'METRICS_TOKEN', 'SENTRY_DSN']),
    ...ofProbe(probes.redis),
  ],
};
