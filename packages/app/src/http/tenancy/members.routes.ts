import { answer, sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { userIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams } from '../vocabulary.schemas.js';
import { Member, MemberPage, memberQuery, memberView, RoleChange } from './members.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['organization'], summary });

/** Who belongs to the organization, and as what. */
export const memberRoutes = routesOf((server, deps) => {
  lookAt(server, deps);
  change(server, deps);
});

const lookAt = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/members',
    {
      config: { permission: 'member.view' },
      schema: {
        ...told('listMembers', 'Members'),
        querystring: memberQuery,
        response: { 200: MemberPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ members }) => members.list(asked));
      return reply.send(pageAnswer('id', page, memberView));
    },
  );
};

const change = (server: Typed, { useCases }: HttpDeps): void => {
  server.patch(
    '/members/:id',
    {
      config: { permission: 'member.manage', cost: 'free' },
      schema: {
        ...told('changeRole', 'Give a member another role'),
        description: 'It counts from the next request on. The last admin stays one.',
        params: idParams,
        body: RoleChange.ref,
        response: { 200: Member.ref, ...refusals('change', 'member.not_found', 'member.last_admin') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: memberView }, (caller) =>
        useCases.changeRole(caller, userIdOf(request.params.id), request.body.role),
      ),
  );

  server.delete(
    '/members/:id',
    {
      config: { permission: 'member.manage', cost: 'free' },
      schema: {
        ...told('removeMember', 'Remove a member, or leave'),
        description:
          'Ends their sessions in this organization, and revokes the API keys that they made here. The last admin can neither be removed nor leave.',
        params: idParams,
        response: {
          204: { type: 'null', description: 'Removed.' },
          ...refusals('change', 'member.not_found', 'member.last_admin'),
        },
      },
    },
    async (request, reply) => {
      const removed = await useCases.removeMember(callerOf(request), userIdOf(request.params.id));
      return removed.ok ? reply.code(204).send(null) : sendRefused(reply, removed.error);
    },
  );
};
