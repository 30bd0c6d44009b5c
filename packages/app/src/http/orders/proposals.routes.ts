import { sendRefused } from '../answer.js';
import { orderIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams } from '../vocabulary.schemas.js';
import { Proposals, proposalsView } from './proposals.schemas.js';

/** What can be done about orders of which more was sold than there was. */
export const proposalRoutes = routesOf((server, { useCases }) => {
  server.get(
    '/orders/:id/proposals',
    {
      config: { permission: 'order.view' },
      schema: {
        operationId: 'listOrderProposals',
        tags: ['orders'],
        summary: 'What can be done about an order that has to wait for goods',
        description: 'Each with the request that carries it out. None for an order that has all it needs.',
        params: idParams,
        response: { 200: Proposals.ref, ...refusals('read', 'order.not_found') },
      },
    },
    async (request, reply) => {
      const id = orderIdOf(request.params.id);
      const proposals = await useCases.shortageProposals(callerOf(request).organizationId, id);
      return proposals.ok ? reply.send(proposalsView(id, proposals.value)) : sendRefused(reply, proposals.error);
    },
  );
});
