import { pageOrCsv, sendCsv, wantsCsv } from '../csv/send-csv.js';
import { auditSheet, within } from '../csv/sheets.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { AuditPage, auditEntryView, auditFilter, auditQuery } from './audit.schemas.js';

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
        response: { 200: pageOrCsv(AuditPage.ref), ...refusals('read') },
      },
    },
    async (request, reply) => {
      const { organizationId } = callerOf(request);
      const filter = auditFilter(request.query);
      if (wantsCsv(request, request.query)) return sendCsv({ request, reply }, auditSheet(within(read, organizationId), filter));
      const asked = pageRequest('moment', request.query);
      const page = await read(organizationId, ({ audit }) => audit.list(asked, filter));
      return reply.send(pageAnswer('moment', page, auditEntryView));
    },
  );
});
