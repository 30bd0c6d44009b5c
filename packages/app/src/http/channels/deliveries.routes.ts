import { answer } from '../answer.js';
import { channelIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { channelQuery, Delivery, DeliveryPage, deliveryView } from './channels.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** What shops have told us, and working it off once more. */
export const channelDeliveryRoutes = routesOf((server, { useCases, read, wake }) => {
  server.get(
    '/channels/:id/deliveries',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('listChannelDeliveries', 'What a shop told us, newest first, and what became of it'),
        params: idParams,
        querystring: channelQuery,
        response: { 200: DeliveryPage.ref, ...refusals('read', 'channel.not_found') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const id = channelIdOf(request.params.id);
      const page = await read(callerOf(request).organizationId, async ({ channels, inbox }) =>
        (await channels.find(id)) ? inbox.list(id, asked) : undefined,
      );
      return page ? reply.send(pageAnswer('id', page, deliveryView)) : refuse(reply, { code: 'channel.not_found' });
    },
  );

  server.post(
    '/channels/deliveries/:id/replay',
    {
      config: { permission: 'channel.sync', cost: 'channel.connect' },
      schema: {
        ...told('replayChannelDelivery', 'Work off a delivery of a shop once more'),
        description: 'One that was given up, or one that was done: taking in the same news again changes nothing.',
        params: idParams,
        headers: keyed,
        response: { 200: Delivery.ref, ...refusals('post', 'delivery.not_found', 'delivery.under_way') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: deliveryView }, async (caller) => {
        const replayed = await useCases.replayDelivery(caller, request.params.id.toLowerCase());
        if (replayed.ok) wake('inbox', [caller.organizationId]);
        return replayed;
      }),
  );
});
