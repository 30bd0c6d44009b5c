import { ACCOUNT_REQUESTS } from '../../jobs/jobs.js';
import { sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { memberOf, signedInCallerOf } from '../signed-in.js';
import { CheckMail, Forgotten, PasswordChange, PasswordReset } from './passwords.schemas.js';

const done = { 204: { type: 'null', description: 'The new password counts.' } } as const;

/** Setting another password: by a link that is mailed, or by the old one. */
export const passwordRoutes = routesOf((server, deps) => {
  byMail(server, deps);
  byOldPassword(server, deps);
});

const byMail = (server: Typed, { useCases, nudge }: HttpDeps): void => {
  server.post(
    '/auth/password/forgot',
    {
      config: { permission: 'public', limit: 'auth_ip', cost: 'free' },
      schema: {
        operationId: 'forgotPassword',
        tags: ['auth'],
        summary: 'Ask for a link for setting a new password',
        description:
          'Answers the same for every address. Where it has an account, a link is sent there that works once, within an hour.',
        body: Forgotten.ref,
        response: { 202: CheckMail.ref, ...refusals('publicWrite') },
      },
    },
    async (request, reply) => {
      // A user is written to in the language that they chose; nobody else is written to.
      await useCases.requestPasswordReset({ email: request.body.email, language: 'en' });
      nudge(ACCOUNT_REQUESTS);
      return reply.code(202).send({ next: 'checkMail' });
    },
  );

  server.post(
    '/auth/password/reset',
    {
      config: { permission: 'public', limit: 'auth_ip', cost: 'free' },
      schema: {
        operationId: 'resetPassword',
        tags: ['auth'],
        summary: 'Set a new password by the link of a mail',
        description: 'Ends every session of the user, who signs in with the new password.',
        body: PasswordReset.ref,
        response: { ...done, ...refusals('publicWrite', 'link.invalid') },
      },
    },
    async (request, reply) => {
      const reset = await useCases.resetPassword({ ...request.body, requestId: request.id });
      return reset.ok ? reply.code(204).send(null) : sendRefused(reply, reset.error);
    },
  );
};

const byOldPassword = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/auth/password/change',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        operationId: 'changePassword',
        tags: ['auth'],
        summary: 'Change your password',
        description: 'Ends all your other sessions.',
        body: PasswordChange.ref,
        response: { ...done, ...refusals('change', 'account.password_wrong') },
      },
    },
    async (request, reply) => {
      const who = signedInCallerOf(request);
      const changed = await useCases.changePassword(who, { email: memberOf(request).user.email, ...request.body });
      if (!changed.ok) return sendRefused(reply, changed.error);
      return reply.code(204).send(null);
    },
  );
};
