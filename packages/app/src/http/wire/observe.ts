import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from '../deps.js';
import { signedIn } from '../signed-in.js';

/** What a caller may name a request: anything else is replaced, so that nothing odd gets into logs. */
const acceptable = /^[\w.:-]{1,100}$/;

/** The caller's `X-Request-Id` where it is acceptable, else a new one. */
export const requestIdOf = (raw: {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}): string => {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : randomUUID();
};

/** The route's pattern, so that a metric has as many labels as there are routes. */
const routeOf = (request: FastifyRequest): string => (request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched'));

/** Counts and times a request, and writes its one line: no body, no header, no path as it was sent. */
export const record = ({ request, reply, meter, organizationId }: Answered): void => {
  const { method } = request;
  const route = routeOf(request);
  meter.count('http_requests_total', { method, route, status_code: String(reply.statusCode) });
  meter.observe('http_request_duration_ms', { method, route }, reply.elapsedTime);
  const ms = Math.round(reply.elapsedTime);
  request.log.info({ method, route, status: reply.statusCode, ms, ...(organizationId && { organizationId }) }, 'request');
};

type Answered = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly meter: HttpDeps['meter'];
  readonly organizationId?: string | undefined;
};

/** What every answer carries, and what is kept of it. */
export const observe = (server: FastifyInstance, { meter }: Pick<HttpDeps, 'meter'>): void => {
  server.addHook('onRequest', (request, reply, done) => {
    dress(request, reply);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    record({ request, reply, meter, organizationId: signedIn(request)?.organizationId });
    done();
  });
};

/** Answers belong to whoever asked: no cache keeps them, and no browser guesses what they are. */
export const dress = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
