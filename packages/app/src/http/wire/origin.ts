import type { Origin } from '@rappit/domain';
import type { FastifyRequest } from 'fastify';

/** What the client calls itself. Whoever signs in can read it in the list of sessions. */
export const originOf = (request: FastifyRequest): Origin => ({
  device: request.headers['user-agent'] ?? null,
  requestId: request.id,
});
