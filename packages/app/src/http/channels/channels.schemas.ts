import {
  channelKinds,
  type Channel as DomainChannel,
  type Listing as DomainListing,
  type UnmappedItem as DomainUnmapped,
  type InboxEntry,
  inboxStatuses,
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
  momentOrNull,
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
export const NewGoods = component(
  'UnmappedItemSku',
  Type.Object({ sku: skuText }, { ...closed, description: 'The item that the line is of.' }),
);
export const Delivery = component(
  'ChannelDelivery',
  Type.Object(
    {
      id: uuid,
      channelId: uuid,
      topic: anyText,
      deliveryId: Type.Unsafe<string>({ ...anyText, description: "The shop's own id of it." }),
      receivedAt: moment,
      status: oneOf(inboxStatuses),
      attempts: anyInteger,
      dueAt: Type.Unsafe<Date | null>({ ...momentOrNull, description: 'When it is worked off next; null once it has ended.' }),
      outcome: Type.Unsafe<string | null>({
        ...anyTextOrNull,
        description: 'What became of it, or the code of why the last attempt failed.',
      }),
    },
    { ...closed, description: 'What a shop told us, without what it said. `dead`: given up, until it is replayed.' },
  ),
);
export const DeliveryPage = component('ChannelDeliveryPage', pageOf(Delivery.ref));

export const channelComponents = [
  NewChannel,
  Channel,
  ChannelPage,
  NewListing,
  Listing,
  ListingPage,
  UnmappedItem,
  UnmappedPage,
  NewGoods,
  Delivery,
  DeliveryPage,
];

export const channelQuery = Type.Object(pageQuery, closed);

export const channelView = (channel: DomainChannel): Static<typeof Channel.ref> => channel;
export const listingView = (listing: DomainListing): Static<typeof Listing.ref> => listing;
export const unmappedView = (item: DomainUnmapped): Static<typeof UnmappedItem.ref> => item;
export const deliveryView = ({ sourceId, dueAt, ...shown }: InboxEntry): Static<typeof Delivery.ref> => ({
  ...shown,
  channelId: sourceId,
  dueAt: shown.status === 'due' ? dueAt : null,
});
