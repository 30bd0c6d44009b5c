import { ACCOUNT_REQUESTS } from '../../jobs/jobs.js';
import { sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { organizationIdOf } from '../ids.js';
import { guardedLogin } from '../limits/guarded-login.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { memberOf, signedInCallerOf } from '../signed-in.js';
import { originOf } from '../wire/origin.js';
import {
  Access,
  accessView,
  Confirmation,
  Me,
  meView,
  NewAccount,
  OrganizationChoice,
  RefreshToken,
  Session,
  SignIn,
  sessionView,
} from './auth.schemas.js';
import { CheckMail } from './passwords.schemas.js';

/** Opening an organization, signing in, and staying signed in. None takes an Idempotency-Key: their answers hold secrets. */
export const authRoutes = routesOf((server, deps) => {
  signingIn(server, deps);
  stayingSignedIn(server, deps);
  whoIsThere(server, deps);
});

const signingIn = (server: Typed, deps: HttpDeps): void => {
  const { useCases, nudge, signUp } = deps;
  const login = guardedLogin(deps);
  server.post(
    '/auth/register',
    {
      config: { permission: 'public', limit: 'auth_ip', cost: 'free' },
      schema: {
        operationId: 'register',
        tags: ['auth'],
        summary: 'Open an organization',
        description:
          'The new user is its first admin. Where the installation confirms addresses, the answer is 202 for every address alike, and a link is sent there; else the user is signed in at once.',
        body: NewAccount.ref,
        response: { 201: Session.ref, 202: CheckMail.ref, ...refusals('publicWrite', 'account.email_taken') },
      },
    },
    async (request, reply) => {
      const registration = { language: 'en' as const, ...request.body };
      if (signUp === 'confirmed') {
        await useCases.requestRegistration(registration);
        nudge(ACCOUNT_REQUESTS);
        return reply.code(202).send({ next: 'checkMail' });
      }
      const registered = await useCases.register(registration, originOf(request));
      return registered.ok ? reply.code(201).send(sessionView(registered.value)) : sendRefused(reply, registered.error);
    },
  );

  server.post(
    '/auth/register/confirm',
    {
      config: { permission: 'public', limit: 'auth_ip', cost: 'free' },
      schema: {
        operationId: 'confirmRegistration',
        tags: ['auth'],
        summary: 'Open the organization by the link of a mail',
        description: 'The link works once, within a day. The user is signed in at once.',
        body: Confirmation.ref,
        response: { 201: Session.ref, ...refusals('publicWrite', 'link.invalid', 'account.credentials_wrong') },
      },
    },
    async (request, reply) => {
      const confirmed = await useCases.confirmRegistration(request.body, originOf(request));
      return confirmed.ok ? reply.code(201).send(sessionView(confirmed.value)) : sendRefused(reply, confirmed.error);
    },
  );

  server.post(
    '/auth/login',
    {
      config: { permission: 'public', limit: 'auth_ip', cost: 'free' },
      schema: {
        operationId: 'login',
        tags: ['auth'],
        summary: 'Sign in',
        body: SignIn.ref,
        response: { 200: Session.ref, ...refusals('publicWrite', 'account.credentials_wrong') },
      },
    },
    async (request, reply) => {
      const signedIn = await login(request, request.body);
      return signedIn.ok ? reply.send(sessionView(signedIn.value)) : sendRefused(reply, signedIn.error);
    },
  );
};

const stayingSignedIn = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/auth/refresh',
    {
      config: { permission: 'public', limit: 'none', cost: 'free' },
      schema: {
        operationId: 'refreshSession',
        tags: ['auth'],
        summary: 'Go on with a session',
        description:
          'Answers a new access token and the next refresh token. A refresh token that was used before ends its session: whoever holds a stolen one is thrown out together with the owner, who signs in again.',
        body: RefreshToken.ref,
        response: { 200: Session.ref, ...refusals('publicWrite', 'token.invalid') },
      },
    },
    async (request, reply) => {
      const refreshed = await useCases.refreshSession(request.body.refreshToken, request.id);
      return refreshed.ok ? reply.send(sessionView(refreshed.value)) : sendRefused(reply, refreshed.error);
    },
  );

  server.post(
    '/auth/logout',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        operationId: 'logout',
        tags: ['auth'],
        summary: 'Sign out',
        description: 'Ends this session. Its access token is refused within a second, its refresh token at once.',
        response: { 204: { type: 'null', description: 'Signed out.' }, ...refusals('change', 'session.not_found') },
      },
    },
    async (request, reply) => {
      const who = signedInCallerOf(request);
      const ended = await useCases.endSession(who, who.sessionId);
      return ended.ok ? reply.code(204).send(null) : sendRefused(reply, ended.error);
    },
  );

  server.post(
    '/auth/switch',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        operationId: 'switchOrganization',
        tags: ['auth'],
        summary: 'Go on in another organization',
        description: 'The session and its refresh token stay; later refreshes are for the other organization too.',
        body: OrganizationChoice.ref,
        response: { 200: Access.ref, ...refusals('change', 'organization.not_found') },
      },
    },
    async (request, reply) => {
      const choice = organizationIdOf(request.body.organizationId);
      const switched = await useCases.switchOrganization(signedInCallerOf(request), choice);
      return switched.ok ? reply.send(accessView(switched.value)) : sendRefused(reply, switched.error);
    },
  );
};

const whoIsThere = (server: Typed, { accounts }: HttpDeps): void => {
  server.get(
    '/auth/me',
    {
      config: { permission: 'account.view' },
      schema: { operationId: 'me', tags: ['auth'], summary: 'Who is signed in', response: { 200: Me.ref, ...refusals('read') } },
    },
    async (request, reply) => reply.send(meView(memberOf(request), await accounts.membershipsOf(memberOf(request).user.id))),
  );
};
