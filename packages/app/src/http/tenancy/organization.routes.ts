import { answer } from '../answer.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { Organization, OrganizationChange, organizationView } from './organization.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['organization'], summary });

/** The organization that the caller acts for. There is no way to name another one. */
export const organizationRoutes = routesOf((server, { useCases, read }) => {
  server.get(
    '/organization',
    {
      config: { permission: 'organization.view' },
      schema: {
        ...told('getOrganization', 'Your organization'),
        response: { 200: Organization.ref, ...refusals('read', 'organization.not_found') },
      },
    },
    async (request, reply) => {
      const found = await read(callerOf(request).organizationId, ({ organization }) => organization.find());
      return found ? reply.send(organizationView(found)) : refuse(reply, { code: 'organization.not_found' });
    },
  );

  server.patch(
    '/organization',
    {
      config: { permission: 'organization.manage', cost: 'organization.change' },
      schema: {
        ...told('changeOrganization', 'Change your organization'),
        description: 'What is named is changed; what is left out stays.',
        body: OrganizationChange.ref,
        response: { 200: Organization.ref, ...refusals('change', 'organization.not_found', 'organization.changed') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: organizationView }, (caller) =>
        useCases.changeOrganization(caller, request.body),
      ),
  );
});
