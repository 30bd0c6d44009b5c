import { createHash, timingSafeEqual } from 'node:crypto';
import Type from 'typebox';
import type { HttpDeps } from './deps.js';
import { Checks, QueueDepth, TookMs } from './ops.schemas.js';
import { refusals } from './problems/problem.schemas.js';
import { refuse } from './problems/refuse.js';
import { routesOf } from './routes.js';
import { bearerToken } from './signed-in.js';
import { closed, component, oneOf } from './vocabulary.schemas.js';

const Live = component('Live', Type.Object({ status: oneOf(['up']) }, closed));
const Ready = component(
  'Ready',
  Type.Object({ status: oneOf(['ready']), checks: Checks, tookMs: TookMs, queue: Type.Optional(QueueDepth) }, closed),
);
export const opsComponents = [Live, Ready];

const told = (operationId: string, summary: string) => ({ operationId, tags: ['ops'], summary });

/** Whether the process lives, and whether it can do its work. */
export const healthRoutes = routesOf<Pick<HttpDeps, 'readiness'>>((server, { readiness }) => {
  server.get(
    '/health',
    {
      config: { permission: 'public', limit: 'none', alwaysAnswers: true },
      schema: { ...told('live', 'Whether the process lives'), response: { 200: Live.ref, ...refusals('public') } },
    },
    async (_request, reply) => reply.send({ status: 'up' }),
  );

  server.get(
    '/health/ready',
    {
      config: { permission: 'public', limit: 'none', alwaysAnswers: true },
      schema: {
        ...told('ready', 'Whether the service can do its work'),
        response: { 200: Ready.ref, ...refusals('public', 'server.not_ready') },
      },
    },
    async (_request, reply) => {
      const { ready, ...standing } = await readiness();
      return ready ? reply.send({ status: 'ready', ...standing }) : refuse(reply, { code: 'server.not_ready', ...standing });
    },
  );
});

/** For Prometheus, outside the prefix. With a token configured, only for whoever sends it. */
export const metricsRoute = routesOf<Pick<HttpDeps, 'expose' | 'metricsToken'>>((server, { expose, metricsToken }) => {
  server.get(
    '/metrics',
    {
      config: { permission: 'public', limit: 'none', alwaysAnswers: true },
      schema: {
        ...told('metrics', 'Metrics, for Prometheus'),
        description: 'Asks for a bearer token of its own where one is configured.',
        response: {
          200: { description: 'The metrics.', content: { 'text/plain': { schema: Type.String() } } },
          ...refusals('public', 'token.invalid'),
        },
      },
    },
    async (request, reply) => {
      if (metricsToken !== null && !isSame(bearerToken(request) ?? '', metricsToken))
        return refuse(reply, { code: 'token.invalid' });
      const { contentType, body } = await expose();
      return reply.header('content-type', contentType).send(body);
    },
  );
});

/** Takes the same time wherever two texts differ, and however long they are. */
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
