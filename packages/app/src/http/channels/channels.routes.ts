import { answer } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { channelIdOf, skuOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  Channel,
  ChannelPage,
  channelQuery,
  channelView,
  Listing,
  ListingPage,
  listingView,
  NewChannel,
  NewListing,
  UnmappedPage,
  unmappedView,
} from './channels.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** Connected shops, and what their variants are. */
export const channelRoutes = routesOf((server, deps) => {
  shops(server, deps);
  listings(server, deps);
  unmapped(server, deps);
});

const shops = (server: Typed, { useCases, read }: HttpDeps): void => {
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
      config: { permission: 'channel.connect' },
      schema: {
        ...told('addChannel', "Connect a shop by its own app's secret"),
        headers: keyed,
        body: NewChannel.ref,
        response: { 201: Channel.ref, ...refusals('post', 'channel.exists', 'channel.shop_domain_invalid') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 201, view: channelView }, (caller) => useCases.addChannel(caller, request.body)),
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
      config: { permission: 'channel.map' },
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
