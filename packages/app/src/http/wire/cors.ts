import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** What a page of another origin may send and read besides the plainest. */
const requestHeaders = ['authorization', 'content-type', 'idempotency-key', 'x-api-key', 'x-request-id'];
const answerHeaders = [
  ...['content-disposition', 'idempotent-replayed', 'retry-after', 'x-request-id'],
  ...['ratelimit', 'ratelimit-policy', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
];

const PREFLIGHT_SECONDS = 600;

/**
 * Lets pages of these origins use the API from a browser; `*` stands for any page. Without origins it is as if there were no CORS.
 * - Credentials are never allowed: a token is sent by a page itself, and no cookie is ever looked at.
 * - An OPTIONS that asks for nobody known is answered like any method that a path doesn't take.
 * Has to come before the route table is kept: its catch-all is no route of ours.
 */
export const allowOrigins = async (server: FastifyInstance, origins: readonly string[]): Promise<void> => {
  if (origins.length === 0) return;
  const known = new Set(origins);
  await server.register(cors, {
    origin: (origin, decide) => {
      if (known.has('*')) decide(null, '*');
      else decide(null, origin !== undefined && known.has(origin) ? origin : false);
    },
    credentials: false,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: requestHeaders,
    exposedHeaders: answerHeaders,
    maxAge: PREFLIGHT_SECONDS,
    strictPreflight: false,
  });
};
