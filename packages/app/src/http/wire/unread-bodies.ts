import type { FastifyInstance } from 'fastify';

/**
 * Reads away what a route left of a body when it answered early: whoever keeps the connection open asks the next thing behind it,
 * and it would never be seen. A body that doesn't end is cut off like any request that takes too long.
 */
export const readAwayUnread = (server: FastifyInstance): void => {
  server.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.readableEnded) {
      // A reader that was left in the middle listens still, which keeps the stream from flowing until a tick after it is gone.
      raw.removeAllListeners('readable');
      process.nextTick(() => raw.resume());
    }
    done();
  });
};
