import { answer, sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { channelIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  Channel,
  ChannelChange,
  ChannelPage,
  ChannelTried,
  changeOf,
  channelQuery,
  channelView,
  NewChannel,
  triedView,
} from './channels.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** Connected shops, by the keys that their owners made there. */
export const channelRoutes = routesOf((server, deps) => {
  shops(server, deps);
  changing(server, deps);
});

const shops = (server: Typed, { useCases, read, wake }: HttpDeps): void => {
  server.get(
    '/channels',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('listChannels', 'Connected shops, newest first'),
        querystring: channelQuery,
        response: { 200: ChannelPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ channels }) => channels.list(asked));
      return reply.send(pageAnswer('id', page, channelView));
    },
  );

  server.post(
    '/channels',
    {
      config: { permission: 'channel.connect', cost: 'channel.connect' },
      schema: {
        ...told('addChannel', 'Connect a shop by keys that its owner made there'),
        description:
          "With the secret of the shop's own app alone it only tells us of its orders, and nothing can be asked of it.",
        headers: keyed,
        body: NewChannel.ref,
        response: { 201: Channel.ref, ...refusals('post', ...ofAdding) },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 201, view: channelView }, async (caller) => {
        const { webhookSecret = null, keys = null, ...body } = request.body;
        const added = await useCases.addChannel(caller, { ...body, webhookSecret, keys });
        if (added.ok) wake('channels', [caller.organizationId]);
        return added;
      }),
  );
};

const ofAsking = [
  'channel.credentials_invalid',
  'channel.kind_unsupported',
  'channel.shop_domain_invalid',
  'shop.refused',
  'shop.unauthorized',
  'shop.unavailable',
] as const;
const ofAdding = ['channel.exists', 'channel.secret_missing', ...ofAsking] as const;

const changing = (server: Typed, { useCases, wake }: HttpDeps): void => {
  server.patch(
    '/channels/:id',
    {
      config: { permission: 'channel.connect', cost: 'channel.connect' },
      schema: {
        ...told('changeChannel', 'Change how a shop is served'),
        description: 'What is named is changed. New keys are kept once the shop has answered to them.',
        params: idParams,
        body: ChannelChange.ref,
        response: {
          200: Channel.ref,
          ...refusals('change', 'channel.not_found', 'location.not_found', 'channel.locations_invalid', ...ofAsking),
        },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: channelView }, async (caller) => {
        const changed = await useCases.changeChannel(caller, channelIdOf(request.params.id), changeOf(request.body));
        if (changed.ok) wake('channels', [caller.organizationId]);
        return changed;
      }),
  );

  server.post(
    '/channels/:id/test',
    {
      config: { permission: 'channel.connect', cost: 'free' },
      schema: {
        ...told('testChannel', 'Ask a shop whether it knows us'),
        params: idParams,
        headers: keyed,
        response: { 200: ChannelTried.ref, ...refusals('post', 'channel.not_found', 'channel.unaskable') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: triedView }, (caller) =>
        useCases.tryChannel(caller, channelIdOf(request.params.id)),
      ),
  );

  server.delete(
    '/channels/:id',
    {
      config: { permission: 'channel.connect', cost: 'free' },
      schema: {
        ...told('disconnectChannel', 'Let go of a shop'),
        description: `Its webhooks are revoked, as far as it answers, and what let us in is forgotten. Its orders stay, and it can be connected again.`,
        params: idParams,
        response: { 204: { type: 'null', description: 'Disconnected.' }, ...refusals('change', 'channel.not_found') },
      },
    },
    async (request, reply) => {
      const gone = await useCases.disconnectChannel(callerOf(request), channelIdOf(request.params.id));
      return gone.ok ? reply.code(204).send(null) : sendRefused(reply, gone.error);
    },
  );
};
