import { answer, sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { channelIdOf, orderLineIdOf, skuOf } from '../ids.js';
import { Order, orderView } from '../orders/orders.schemas.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
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
  Delivery,
  DeliveryPage,
  deliveryView,
  Listing,
  ListingPage,
  listingView,
  NewChannel,
  NewGoods,
  NewListing,
  triedView,
  UnmappedPage,
  unmappedView,
} from './channels.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** Connected shops, and what their variants are. */
export const channelRoutes = routesOf((server, deps) => {
  shops(server, deps);
  changing(server, deps);
  listings(server, deps);
  unmapped(server, deps);
  naming(server, deps);
  deliveries(server, deps);
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

const listings = (server: Typed, { useCases, read }: HttpDeps): void => {
  server.get(
    '/channels/:id/listings',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('listListings', "Which SKU each of a shop's variants is"),
        params: idParams,
        querystring: channelQuery,
        response: { 200: ListingPage.ref, ...refusals('read', 'channel.not_found') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('listing', request.query);
      const id = channelIdOf(request.params.id);
      const page = await read(callerOf(request).organizationId, async ({ channels }) =>
        (await channels.find(id)) ? channels.listings(asked, id) : undefined,
      );
      return page ? reply.send(pageAnswer('listing', page, listingView)) : refuse(reply, { code: 'channel.not_found' });
    },
  );

  server.post(
    '/channels/:id/listings',
    {
      config: { permission: 'channel.map', cost: 'channel.connect' },
      schema: {
        ...told('mapListing', "Say which SKU a shop's variant is"),
        description: 'Replaces what the variant was mapped to.',
        params: idParams,
        headers: keyed,
        body: NewListing.ref,
        response: { 201: Listing.ref, ...refusals('post', 'channel.not_found', 'item.not_found', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const listing = {
        channelId: channelIdOf(request.params.id),
        externalVariantId: request.body.externalVariantId,
        sku: skuOf(request.body.sku),
      };
      return answer({ request, reply }, { status: 201, view: listingView }, (caller) => useCases.mapListing(caller, listing));
    },
  );
};

const unmapped = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/channels/unmapped-items',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('listUnmappedItems', "Lines of shops' orders whose goods nobody has mapped yet, oldest order first"),
        querystring: channelQuery,
        response: { 200: UnmappedPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ channels }) => channels.unmapped(asked));
      return reply.send(pageAnswer('id', page, unmappedView));
    },
  );
};

const ofLine = refusals('post', 'unmapped_item.not_found', 'item.not_found', 'sku.invalid', 'order.invalid_transition');

const naming = (server: Typed, { useCases, wake }: HttpDeps): void => {
  server.post(
    '/channels/unmapped-items/:id/resolve',
    {
      config: { permission: 'channel.map', cost: 'channel.connect' },
      schema: {
        ...told('resolveUnmappedItem', "Say which item a line of a shop's order is of"),
        description:
          "The shop's variant is that item from now on, for other orders that wait for it, too. An order that waited for nothing else goes on.",
        params: idParams,
        headers: keyed,
        body: NewGoods.ref,
        response: { 200: Order.ref, ...ofLine },
      },
    },
    async (request, reply) => {
      const sku = skuOf(request.body.sku);
      const id = orderLineIdOf(request.params.id);
      return answer({ request, reply }, { status: 200, view: orderView }, async (caller) => {
        const named = await useCases.resolveUnmapped(caller, id, sku);
        if (named.ok) wake('backlog', [caller.organizationId]);
        return named;
      });
    },
  );

  server.post(
    '/channels/unmapped-items/:id/ignore',
    {
      config: { permission: 'channel.map', cost: 'channel.connect' },
      schema: {
        ...told('ignoreUnmappedItem', "Give up a line of a shop's order whose goods nobody is going to name"),
        description: 'Its units are cancelled. An order that waited for nothing else goes on.',
        params: idParams,
        headers: keyed,
        response: { 200: Order.ref, ...refusals('post', 'unmapped_item.not_found', 'order.invalid_transition') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: orderView }, (caller) =>
        useCases.ignoreUnmapped(caller, orderLineIdOf(request.params.id)),
      ),
  );
};

const deliveries = (server: Typed, { useCases, read, wake }: HttpDeps): void => {
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
};
