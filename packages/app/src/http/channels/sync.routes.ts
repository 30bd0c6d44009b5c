import { answer, sendRefused } from '../answer.js';
import { channelIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { Sync, syncView } from './sync.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** Reading what has changed in a shop, whatever its webhooks have told. */
export const syncRoutes = routesOf((server, { useCases, wake }) => {
  server.get(
    '/channels/:id/sync',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('getChannelSync', "How the reading of a shop's orders goes"),
        description:
          'Counts, rate, and what is to come, of a first import as of the reading that follows every quarter of an hour.',
        params: idParams,
        response: { 200: Sync.ref, ...refusals('read', 'channel.not_found', 'channel.unaskable') },
      },
    },
    async (request, reply) => {
      const progress = await useCases.syncProgress(callerOf(request).organizationId, channelIdOf(request.params.id));
      return progress.ok ? reply.send(syncView(progress.value)) : sendRefused(reply, progress.error);
    },
  );

  server.post(
    '/channels/:id/sync',
    {
      config: { permission: 'channel.sync', cost: 'channel.connect' },
      schema: {
        ...told('syncChannel', 'Have a shop read now'),
        description: 'What has changed there since it was read last. One that is being read goes on. Ask again how it goes.',
        params: idParams,
        headers: keyed,
        response: { 202: Sync.ref, ...refusals('post', 'channel.not_found', 'channel.unaskable') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 202, view: syncView }, async (caller) => {
        const asked = await useCases.askForSync(caller, channelIdOf(request.params.id));
        if (asked.ok) wake('channels', [caller.organizationId]);
        return asked;
      }),
  );
});
