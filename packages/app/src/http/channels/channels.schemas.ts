import {
  channelKinds,
  type Channel as DomainChannel,
  type Listing as DomainListing,
  type UnmappedItem as DomainUnmapped,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  moment,
  oneOf,
  skuText,
  text,
  uuid,
} from '../vocabulary.schemas.js';

export const NewChannel = component(
  'NewChannel',
  Type.Object(
    {
      kind: oneOf(channelKinds),
      name: text(200),
      shopDomain: text(255, { examples: ['demo.myshopify.com'] }),
      webhookSecret: Type.String({
        minLength: 16,
        maxLength: 500,
        description: "The secret of the shop's own app, which signs its webhooks. Stored sealed, never shown.",
      }),
    },
    closed,
  ),
);

export const Channel = component(
  'Channel',
  Type.Object(
    {
      id: uuid,
      kind: oneOf(channelKinds),
      name: anyText,
      shopDomain: anyText,
      status: oneOf(['connected', 'disconnected']),
      createdAt: moment,
    },
    closed,
  ),
);
export const ChannelPage = component('ChannelPage', pageOf(Channel.ref));

export const NewListing = component(
  'NewListing',
  Type.Object(
    { externalVariantId: text(100, { description: "The shop's own id of the variant, as text." }), sku: skuText },
    closed,
  ),
);
export const Listing = component('Listing', Type.Object({ channelId: uuid, externalVariantId: anyText, sku: anyText }, closed));
export const ListingPage = component('ListingPage', pageOf(Listing.ref));

export const UnmappedItem = component(
  'UnmappedItem',
  Type.Object(
    {
      orderLineId: uuid,
      orderId: uuid,
      orderNumber: anyText,
      channelId: uuid,
      name: anyText,
      externalVariantId: anyTextOrNull,
      externalSku: anyTextOrNull,
      units: anyInteger,
    },
    { ...closed, description: "A line of a shop's order whose goods nobody has mapped yet." },
  ),
);
export const UnmappedPage = component('UnmappedItemPage', pageOf(UnmappedItem.ref));
export const channelComponents = [NewChannel, Channel, ChannelPage, NewListing, Listing, ListingPage, UnmappedItem, UnmappedPage];

export const channelQuery = Type.Object(pageQuery, closed);

export const channelView = (channel: DomainChannel): Static<typeof Channel.ref> => channel;
export const listingView = (listing: DomainListing): Static<typeof Listing.ref> => listing;
export const unmappedView = (item: DomainUnmapped): Static<typeof UnmappedItem.ref> => item;
