import { answer } from '../answer.js';
import { channelIdOf, skuOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  channelQuery,
  Listing,
  ListingPage,
  ListingProposalPage,
  listingView,
  NewListing,
  proposalView,
} from './channels.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** Which SKU each variant of a connected shop is. */
export const listingRoutes = routesOf((server, { useCases, read }) => {
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

  server.get(
    '/channels/:id/listing-proposals',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('listListingProposals', 'Variants of a shop that are listed as nothing, and items with the same barcode'),
        description: 'Variants with the SKU of an item are listed by themselves. Whoever agrees to a proposal lists the variant.',
        params: idParams,
        querystring: channelQuery,
        response: { 200: ListingProposalPage.ref, ...refusals('read', 'channel.not_found') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('pair', request.query);
      const id = channelIdOf(request.params.id);
      const page = await read(callerOf(request).organizationId, async ({ channels, channelStock }) =>
        (await channels.find(id)) ? channelStock.proposals(id, asked) : undefined,
      );
      return page ? reply.send(pageAnswer('pair', page, proposalView)) : refuse(reply, { code: 'channel.not_found' });
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
});
