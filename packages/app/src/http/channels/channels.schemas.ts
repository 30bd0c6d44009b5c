import {
  channelAccesses,
  channelKinds,
  channelStatuses,
  type ChannelChange as DomainChange,
  type Channel as DomainChannel,
  type Listing as DomainListing,
  type ListingProposal as DomainProposal,
  type ChannelTried as DomainTried,
  type UnmappedItem as DomainUnmapped,
  type InboxEntry,
  inboxStatuses,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { locationIdOf } from '../ids.js';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  moment,
  momentOrNull,
  oneOf,
  skuText,
  text,
  uuid,
} from '../vocabulary.schemas.js';

const shopKeys = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 500 }), {
  maxProperties: 10,
  description: `What the owner made in the shop to let us in: \`accessToken\` of a Shopify app, or \`consumerKey\` and \`consumerSecret\` of WooCommerce. The
shop is asked about them before they are kept. Stored sealed, never shown.`,
});

const MappedLocation = Type.Object(
  {
    externalLocationId: Type.Unsafe<string | null>({
      ...anyTextOrNull,
      description: "The shop's own id of its location; null where it has but one, without an id.",
    }),
    locationIds: Type.Union([listOf(uuid, { maxItems: 100 }), Type.Null()], {
      description: 'The stock of these together is shown there; null for all.',
    }),
  },
  closed,
);
const buffer = Type.Integer({
  minimum: 0,
  maximum: 1_000_000,
  description: 'So many units fewer than there are are shown at each of its locations.',
});

export const ChannelChange = component(
  'ChannelChange',
  Type.Object(
    {
      name: Type.Optional(text(200)),
      buffer: Type.Optional(buffer),
      locations: Type.Optional(listOf(MappedLocation, { maxItems: 100 })),
      keys: Type.Optional(shopKeys),
    },
    { ...closed, minProperties: 1 },
  ),
);

export const ChannelTried = component(
  'ChannelTried',
  Type.Object(
    {
      ok: Type.Boolean(),
      problem: Type.Union([Type.Object({ code: anyText, message: anyText }, closed), Type.Null()]),
    },
    { ...closed, description: 'What the shop said when it was asked something harmless.' },
  ),
);

export const NewChannel = component(
  'NewChannel',
  Type.Object(
    {
      kind: oneOf(channelKinds),
      name: text(200),
      shopDomain: text(500, { examples: ['demo.myshopify.com', 'https://shop.example.com'] }),
      webhookSecret: Type.Optional(
        Type.String({
          minLength: 16,
          maxLength: 500,
          description: "The secret of the shop's own app, which signs its webhooks, where it does. Stored sealed, never shown.",
        }),
      ),
      keys: Type.Optional(shopKeys),
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
      status: Type.Unsafe<(typeof channelStatuses)[number]>({
        ...oneOf(channelStatuses),
        description: '`reconnectNeeded`: the shop knows us no more, and its owner has to connect it again.',
      }),
      access: oneOf(channelAccesses),
      buffer: anyInteger,
      locations: listOf(MappedLocation),
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

export const ListingProposal = component(
  'ListingProposal',
  Type.Object(
    {
      externalVariantId: anyText,
      name: Type.Unsafe<string>({ ...anyText, description: 'As the shop calls it.' }),
      externalSku: anyTextOrNull,
      barcode: anyTextOrNull,
      sku: Type.Unsafe<string>({ ...anyText, description: 'The item of ours with that barcode.' }),
    },
    { ...closed, description: 'A variant that nobody has listed, and an item of ours with the same barcode.' },
  ),
);
export const ListingProposalPage = component('ListingProposalPage', pageOf(ListingProposal.ref));

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
  ChannelChange,
  ChannelTried,
  NewChannel,
  Channel,
  ChannelPage,
  NewListing,
  Listing,
  ListingPage,
  ListingProposal,
  ListingProposalPage,
  UnmappedItem,
  UnmappedPage,
  NewGoods,
  Delivery,
  DeliveryPage,
];

export const channelQuery = Type.Object(pageQuery, closed);

export const channelView = (channel: DomainChannel): Static<typeof Channel.ref> => channel;
export const triedView = ({ problem }: DomainTried): Static<typeof ChannelTried.ref> => ({
  ok: problem === null,
  problem: problem && { code: problem.code, message: problem.message },
});
export const changeOf = ({ locations, ...named }: Static<typeof ChannelChange.ref>): DomainChange => ({
  ...named,
  ...(locations && {
    locations: locations.map(({ externalLocationId, locationIds }) => ({
      externalLocationId,
      locationIds: locationIds === null ? null : locationIds.map(locationIdOf),
    })),
  }),
});
export const listingView = (listing: DomainListing): Static<typeof Listing.ref> => listing;
export const proposalView = (proposal: DomainProposal): Static<typeof ListingProposal.ref> => proposal;
export const unmappedView = (item: DomainUnmapped): Static<typeof UnmappedItem.ref> => item;
export const deliveryView = ({ sourceId, dueAt, ...shown }: InboxEntry): Static<typeof Delivery.ref> => ({
  ...shown,
  channelId: sourceId,
  dueAt: shown.status === 'due' ? dueAt : null,
});
