import type { RateLimiter } from '@rappit/limits';
import type { LimitSizes } from '../../limit-config.js';

/** Limits of requests, and where they are counted. */
export type RequestLimits = {
  readonly limiter: Pick<RateLimiter, 'charge' | 'look'>;
  readonly sizes: LimitSizes;
  /** Waits. */
  readonly pause: (milliseconds: number) => Promise<void>;
};
