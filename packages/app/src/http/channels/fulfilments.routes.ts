import { answer } from '../answer.js';
import { channelIdOf, shipmentIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { channelQuery } from './channels.schemas.js';
import { Fulfilment, FulfilmentPage, fulfilmentView } from './fulfilments.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** Parcels that shops are told of. */
export const fulfilmentRoutes = routesOf((server, { useCases, read, wake }) => {
  server.get(
    '/channels/:id/fulfilments',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('listChannelFulfilments', 'Parcels that a shop is told of, newest first, and whether it knows'),
        params: idParams,
        querystring: channelQuery,
        response: { 200: FulfilmentPage.ref, ...refusals('read', 'channel.not_found') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const id = channelIdOf(request.params.id);
      const page = await read(callerOf(request).organizationId, async ({ channels, channelFulfilments }) =>
        (await channels.find(id)) ? channelFulfilments.list(id, asked) : undefined,
      );
      return page ? reply.send(pageAnswer('id', page, fulfilmentView)) : refuse(reply, { code: 'channel.not_found' });
    },
  );

  server.post(
    '/channels/fulfilments/:id/retry',
    {
      config: { permission: 'channel.sync', cost: 'channel.connect' },
      schema: {
        ...told('retryChannelFulfilment', 'Have a shop told of a parcel again that was given up'),
        description: "By the shipment's id. The shop is asked first whether it knows; a parcel that was told stays as it is.",
        params: idParams,
        headers: keyed,
        response: { 200: Fulfilment.ref, ...refusals('post', 'fulfilment.not_found') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: fulfilmentView }, async (caller) => {
        const again = await useCases.retellFulfilment(caller, shipmentIdOf(request.params.id));
        if (again.ok) wake('fulfilments', [caller.organizationId]);
        return again;
      }),
  );
});
