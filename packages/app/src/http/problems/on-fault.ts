import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from '../deps.js';
import { methodsOf, routeTable } from '../route-table.js';
import { dress, record } from '../wire/observe.js';
import { refusalOf, refusalOfSocket } from './faults.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';
import { refuse } from './refuse.js';
import { loggable } from './unavailable.js';

/** Answers whatever was thrown with a problem, and logs what is our fault without what anybody sent. */
export const answerFault = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const refusal = refusalOf(error);
  if (refusal.code === 'server.fault' || refusal.code === 'server.unavailable')
    request.log.error({ fault: loggable(error) }, refusal.code);
  // Fastify closes the connection on a body that is too large, so that a client which is still sending may never hear why. Node reads the rest away.
  if (refusal.code === 'request.too_large') reply.removeHeader('connection');
  return refuse(reply, refusal);
};

/** Says that there is no such route, or that it takes other methods. */
export const answerNoRoute = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const path = request.url.split('?', 1)[0] ?? '';
  const allowed = methodsOf(routeTable(request.server), path);
  return refuse(reply, allowed.length > 0 ? { code: 'route.method_not_allowed', allowed } : { code: 'route.not_found' });
};

/** Takes over all of Fastify's own faults that have a request. */
export const answerFaults = (server: FastifyInstance): void => {
  server.setErrorHandler(answerFault);
  server.setNotFoundHandler(answerNoRoute);
};

/** For faults that Fastify finds before it has a route, such as a URL that can't be decoded: no hook runs for them. */
export const answerWithoutRoute =
  (meter: HttpDeps['meter']) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    reply.raw.once('finish', () => record({ request, reply, meter }));
    answerFault(error, request, dress(request, reply));
  };

/** For what isn't HTTP at all, too large or too slow: there is no request, and the answer is written by hand. */
export const answerSocket =
  (meter: HttpDeps['meter']) =>
  (error: { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const problem = problemOf(refusalOfSocket(error.code));
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
    ];
    meter.count('http_requests_total', { method: 'unknown', route: 'unmatched', status_code: String(problem.status) });
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };
