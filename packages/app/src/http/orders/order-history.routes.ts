import Type from 'typebox';
import { orderIdOf } from '../ids.js';
import { pageAnswer, pageQuery, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { closed, idParams } from '../vocabulary.schemas.js';
import { Allocations, allocationsView, entryView, TimelinePage } from './order-history.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['orders'], summary });
const timelineQuery = Type.Object(pageQuery, closed);

/** What happened to an order, and why its stock was taken from where. */
export const orderHistoryRoutes = routesOf((server, { read }) => {
  server.get(
    '/orders/:id/timeline',
    {
      config: { permission: 'order.view' },
      schema: {
        ...told('getOrderTimeline', 'What happened to an order, oldest first'),
        params: idParams,
        querystring: timelineQuery,
        response: { 200: TimelinePage.ref, ...refusals('read', 'order.not_found') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const id = orderIdOf(request.params.id);
      const page = await read(callerOf(request).organizationId, async ({ orders }) =>
        (await orders.find(id)) ? orders.timeline(id, asked) : undefined,
      );
      return page ? reply.send(pageAnswer('id', page, entryView)) : refuse(reply, { code: 'order.not_found' });
    },
  );

  server.get(
    '/orders/:id/allocation',
    {
      config: { permission: 'order.view' },
      schema: {
        ...told('getOrderAllocation', 'Why stock was taken from where'),
        params: idParams,
        response: { 200: Allocations.ref, ...refusals('read', 'order.not_found') },
      },
    },
    async (request, reply) => {
      const id = orderIdOf(request.params.id);
      const found = await read(callerOf(request).organizationId, async ({ orders }) =>
        (await orders.find(id)) ? orders.allocations(id) : undefined,
      );
      return found ? reply.send(allocationsView(found)) : refuse(reply, { code: 'order.not_found' });
    },
  );
});
