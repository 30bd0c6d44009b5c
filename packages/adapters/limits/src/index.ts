export {
  inProcessRateLimiter,
  type LimitKey,
  type RateLimit,
  type RateLimiter,
  type RedisLimits,
  type RedisRateLimiter,
  redisRateLimiter,
  type Standing,
} from './rate-limiter.js';
export type { RedisPlace } from './redis-place.js';
export { type RedisSignals, redisSignals } from './redis-signals.js';
