import { inProcessRateLimiter, redisRateLimiter } from '@rappit/limits';
import { promMeter } from '@rappit/metrics';
import { loggable } from '../http/problems/unavailable.js';
import { openLog } from '../logger.js';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** How it is seen from outside, and how often it may be asked. */
export const metricsModule = wiring((provide) => {
  provide(tokens.metrics, [], () => promMeter());
  provide(tokens.meter, [tokens.metrics], ({ meter }) => meter);
  provide(
    tokens.log,
    [tokens.settings],
    ({ config }) => openLog(config.logLevel),
    (log) => log.close(),
  );
  provide(
    tokens.limiter,
    [tokens.settings, tokens.logger],
    ({ config: { redis, limitRedisTimeoutMs, limitReplicas } }, logger) => {
      if (redis === null) return inProcessRateLimiter();
      const report = (error: unknown): void => logger.error({ err: loggable(error) }, 'limits are kept by each process alone');
      return redisRateLimiter({ place: redis, answerMs: limitRedisTimeoutMs, replicas: limitReplicas, report });
    },
    (limiter) => limiter.close(),
  );
  provide(tokens.logger, [tokens.log], ({ logger }) => logger);
});
