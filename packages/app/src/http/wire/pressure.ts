import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../problems/refuse.js';

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

/** Building a server keeps the event loop busy for seconds; measured once a second, that still shows when the first requests come. */
const STARTING_MS = 2_500;

/** Answers 503 with `Retry-After` while the process has more to do than it can. That it has just been started is no such time. */
export const shedUnderPressure = async (server: FastifyInstance, limits: PressureLimits): Promise<void> => {
  await server.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs,
    maxHeapUsedBytes: limits.heapBytes,
    // The plugin measures; what is answered, and where not, is said below.
    pressureHandler: () => undefined,
  });
  let listeningSince = Number.POSITIVE_INFINITY;
  server.addHook('onListen', (done) => {
    listeningSince = performance.now();
    done();
  });
  const onlyStarts = (): boolean =>
    performance.now() - listeningSince < STARTING_MS &&
    !(limits.heapBytes > 0 && server.memoryUsage().heapUsed > limits.heapBytes);
  // A second without one measurement counts as endless for the plugin: a process that was stopped meanwhile would turn away whoever wakes it.
  const isMeasured = (): boolean => Number.isFinite(server.memoryUsage().eventLoopDelay);
  let shedding = false;
  server.addHook('onRequest', ({ routeOptions, log }, reply, done) => {
    const pressed = server.isUnderPressure() && isMeasured() && !onlyStarts();
    if (pressed && !shedding) log.warn(server.memoryUsage(), 'under pressure: requests are turned away');
    shedding = pressed;
    if (pressed && !routeOptions.config.alwaysAnswers) void refuse(reply, { code: 'server.unavailable' });
    else done();
  });
};
