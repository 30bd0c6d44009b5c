import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { refuse } from './refuse.js';

/** From when on requests are turned away, so that those that were let in get through. Zero doesn't look. */
export type PressureLimits = {
  /** On average over a second, how long whatever is due has to wait for the event loop. */
  readonly eventLoopDelayMs: number;
  readonly heapBytes: number;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers under pressure too: whoever looks after the process has to see it. */
    alwaysAnswers?: true;
  }
}

/** Answers 503 with `Retry-After` while the process has more to do than it can. */
export const shedUnderPressure = async (server: FastifyInstance, limits: PressureLimits): Promise<void> => {
  await server.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs,
    maxHeapUsedBytes: limits.heapBytes,
    // The plugin measures; what is answered, and where not, is said below.
    pressureHandler: () => undefined,
  });
  server.addHook('onRequest', ({ routeOptions }, reply, done) => {
    if (server.isUnderPressure() && !routeOptions.config.alwaysAnswers) void refuse(reply, { code: 'server.unavailable' });
    else done();
  });
};
