export { type RedisSignals, redisSignals } from './redis-signals.js';
