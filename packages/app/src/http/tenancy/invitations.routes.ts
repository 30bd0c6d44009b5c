import { answer, sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { invitationIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf, memberOf, memberWith } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { originOf } from '../wire/origin.js';
import { Session, sessionView } from './auth.schemas.js';
import { Acceptance, Invitation, InvitationPage, invitationQuery, invitationView, NewInvitation } from './invitations.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['organization'], summary });

/** Asking people to become members, and becoming one. */
export const invitationRoutes = routesOf((server, deps) => {
  lookAt(server, deps);
  sending(server, deps);
  takingBack(server, deps);
  accepting(server, deps);
});

const lookAt = (server: Typed, { read, now }: HttpDeps): void => {
  server.get(
    '/invitations',
    {
      config: { permission: 'member.view' },
      schema: {
        ...told('listInvitations', 'Invitations that were neither accepted nor revoked, newest first'),
        querystring: invitationQuery,
        response: { 200: InvitationPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ invitations }) => invitations.list(asked));
      return reply.send(pageAnswer('id', page, invitationView(now())));
    },
  );
};

const sending = (server: Typed, { useCases, now }: HttpDeps): void => {
  server.post(
    '/invitations',
    {
      config: { permission: 'member.manage', cost: 'member.invite' },
      schema: {
        ...told('invite', 'Invite somebody'),
        description: `A link is sent to the address, by which the invitation can be accepted once, within a day. The answer is the same whether or not
the address has an account here.`,
        headers: keyed,
        body: NewInvitation.ref,
        response: {
          201: Invitation.ref,
          ...refusals('post', 'member.exists', 'invitation.exists', 'invitation.sent_too_often'),
        },
      },
    },
    async (request, reply) => {
      const asked = { language: 'en' as const, ...request.body };
      const shown = { status: 201, view: invitationView(now()) } as const;
      return answer({ request, reply }, shown, (caller) => useCases.invite(caller, memberOf(request).user.id, asked));
    },
  );

  server.post(
    '/invitations/:id/resend',
    {
      config: { permission: 'member.manage', cost: 'member.invite' },
      schema: {
        ...told('resendInvitation', 'Send an invitation again'),
        description:
          'With another link, for another day; the one before is good for nothing any more. At most three times an hour.',
        params: idParams,
        headers: keyed,
        response: { 200: Invitation.ref, ...refusals('post', 'invitation.not_found', 'invitation.sent_too_often') },
      },
    },
    async (request, reply) => {
      const id = invitationIdOf(request.params.id);
      const shown = { status: 200, view: invitationView(now()) } as const;
      return answer({ request, reply }, shown, (caller) => useCases.resendInvitation(caller, memberOf(request).user.id, id));
    },
  );
};

const takingBack = (server: Typed, { useCases }: HttpDeps): void => {
  server.delete(
    '/invitations/:id',
    {
      config: { permission: 'member.manage', cost: 'free' },
      schema: {
        ...told('revokeInvitation', 'Take an invitation back'),
        params: idParams,
        response: { 204: { type: 'null', description: 'Revoked.' }, ...refusals('change', 'invitation.not_found') },
      },
    },
    async (request, reply) => {
      const revoked = await useCases.revokeInvitation(callerOf(request), invitationIdOf(request.params.id));
      return revoked.ok ? reply.code(204).send(null) : sendRefused(reply, revoked.error);
    },
  );
};

const accepting = (server: Typed, deps: HttpDeps): void => {
  server.post(
    '/auth/invitations/accept',
    {
      config: { permission: 'public', limit: 'auth_ip', cost: 'free' },
      schema: {
        operationId: 'acceptInvitation',
        tags: ['auth'],
        summary: 'Accept an invitation by the link of its mail',
        description: `Where the address has an account, its user accepts while signed in, or by its password; where it has none, a name and a new password
make one. A request with the token alone is told which of the two is needed. The answer is a session in the organization.`,
        body: Acceptance.ref,
        response: {
          201: Session.ref,
          ...refusals(
            'publicWrite',
            'link.invalid',
            'account.credentials_wrong',
            'invitation.sign_in_needed',
            'invitation.account_needed',
            'member.exists',
            'subscription.limit_reached',
          ),
        },
      },
    },
    async (request, reply) => {
      const member = await memberWith(deps, request);
      const accepted = await deps.useCases.acceptInvitation({ ...request.body, signedInAs: member?.user.id }, originOf(request));
      return accepted.ok ? reply.code(201).send(sessionView(accepted.value)) : sendRefused(reply, accepted.error);
    },
  );
};
