import { AuditPage, auditEntryView, auditFilter, auditQuery } from './audit.schemas.js';
import { pageAnswer, pageRequest } from './pages.js';
import { refusals } from './problem.schemas.js';
import { routesOf } from './routes.js';
import { callerOf } from './signed-in.js';

/** Who changed what that matters to security. */
export const auditRoutes = routesOf((server, { read }) => {
  server.get(
    '/audit-log',
    {
      config: { permission: 'audit.view' },
      schema: {
        operationId: 'listAuditLog',
        tags: ['organization'],
        summary: 'Every change that matters to security, newest first',
        description: 'What is here is never changed and never removed. It holds ids and no personal data.',
        querystring: auditQuery,
        response: { 200: AuditPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('moment', request.query);
      const page = await read(callerOf(request).organizationId, ({ audit }) => audit.list(asked, auditFilter(request.query)));
      return reply.send(pageAnswer('moment', page, auditEntryView));
    },
  );
});
