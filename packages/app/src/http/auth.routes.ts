import { Me, meView, NewAccount, Session, SignIn, sessionView } from './auth.schemas.js';
import { refusals } from './problem.schemas.js';
import { refuse } from './refuse.js';
import { routesOf } from './routes.js';
import { memberOf } from './signed-in.js';

/** Opening an organization and signing in. These take no Idempotency-Key: their answers hold secrets. */
export const authRoutes = routesOf((server, { useCases, now }) => {
  server.post(
    '/auth/register',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'register',
        tags: ['auth'],
        summary: 'Open an organization',
        description: 'The new user is its first admin, and is signed in at once.',
        body: NewAccount.ref,
        response: { 201: Session.ref, ...refusals('publicWrite', 'account.email_taken') },
      },
    },
    async (request, reply) => {
      const registered = await useCases.register(request.body, now());
      return registered.ok ? reply.code(201).send(sessionView(registered.value)) : refuse(reply, registered.error);
    },
  );

  server.post(
    '/auth/login',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'login',
        tags: ['auth'],
        summary: 'Sign in',
        body: SignIn.ref,
        response: { 200: Session.ref, ...refusals('publicWrite', 'account.credentials_wrong') },
      },
    },
    async (request, reply) => {
      const signedIn = await useCases.login(request.body.email, request.body.password);
      return signedIn.ok ? reply.send(sessionView(signedIn.value)) : refuse(reply, signedIn.error);
    },
  );

  server.get(
    '/auth/me',
    {
      config: { permission: 'account.view' },
      schema: { operationId: 'me', tags: ['auth'], summary: 'Who is signed in', response: { 200: Me.ref, ...refusals('read') } },
    },
    async (request, reply) => reply.send(meView(memberOf(request))),
  );
});
