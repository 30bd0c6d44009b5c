import { sendRefused } from '../answer.js';
import { sessionIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf } from '../routes.js';
import { callerOf, signedInCallerOf } from '../signed-in.js';
import { idParams } from '../vocabulary.schemas.js';
import { OpenSessions, openSessionView } from './sessions.schemas.js';

const ended = { 204: { type: 'null', description: 'Ended.' } } as const;

/** A user's own sessions, whatever the organization. */
export const sessionRoutes = routesOf((server, { useCases, read }) => {
  server.get(
    '/auth/sessions',
    {
      config: { permission: 'account.view' },
      schema: {
        operationId: 'listSessions',
        tags: ['auth'],
        summary: 'Where you are signed in',
        description: 'The session that was refreshed last comes first; at most a hundred, on one page.',
        response: { 200: OpenSessions.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const { userId, sessionId } = signedInCallerOf(request);
      const open = await read(callerOf(request).organizationId, ({ sessions, now }) => sessions.openOf(userId, now));
      return reply.send({ data: open.map((session) => openSessionView(session, sessionId)), nextCursor: null });
    },
  );

  server.delete(
    '/auth/sessions/:id',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        operationId: 'endSession',
        tags: ['auth'],
        summary: 'End one of your sessions',
        params: idParams,
        response: { ...ended, ...refusals('change', 'session.not_found') },
      },
    },
    async (request, reply) => {
      const done = await useCases.endSession(signedInCallerOf(request), sessionIdOf(request.params.id));
      return done.ok ? reply.code(204).send(null) : sendRefused(reply, done.error);
    },
  );

  server.delete(
    '/auth/sessions',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        operationId: 'endOtherSessions',
        tags: ['auth'],
        summary: 'End all your other sessions',
        response: { ...ended, ...refusals('change') },
      },
    },
    async (request, reply) => {
      const done = await useCases.endOtherSessions(signedInCallerOf(request));
      return done.ok ? reply.code(204).send(null) : sendRefused(reply, done.error);
    },
  );
});
