export {
  CHANNEL_SECRET,
  type Channel,
  ChannelId,
  type ChannelKind,
  channelKinds,
  type Listing,
  type ShopDomainInvalid,
  type UnmappedItem,
} from './channel.js';
export type {
  AuthorizationInvalid,
  ChannelAuthorizer,
  CredentialsInvalid,
  Granted,
  OpenShop,
} from './channel-authorizer.port.js';
export type {
  ChannelMessage,
  DeliveryUnreadable,
  ExternalLine,
  ExternalOrder,
  PersonConcerned,
  ShopReader,
  ShopReaders,
} from './external-order.js';
export { type Imported, type ImportOrder, type ImportRefused, importOrder } from './import-order.js';
export {
  addChannel,
  type ChannelExists,
  type ChannelNotFound,
  mapListing,
  type NewChannel,
  type SecretMissing,
} from './keep-channels.js';
export { forgetPeople, type KeptOfPerson, keptOfPerson } from './people.js';
export type { Concerned, PeopleStore } from './people.port.js';
export { type DeliveryNotFound, type DeliveryUnderWay, type ReplayRefused, replayDelivery } from './replay-delivery.js';
export type {
  ChangedOrders,
  FulfilmentToTell,
  SalesChannel,
  ShopAskRefused,
  ShopCatalogue,
  ShopDoRefused,
  ShopLocation,
  ShopRefused,
  ShopUnauthorized,
  ShopUnavailable,
  ShopUnknownOutcome,
  ShopVariant,
  StockShown,
  StockToShow,
  WebhooksEnsured,
} from './sales-channel.port.js';
export type { ShopPlace } from './shop-place.js';
export type { ChannelDoor, ChannelStore, ChannelStores, NameableLine } from './stores.port.js';
export { type ShopDelivery, type SignatureInvalid, type Taken, takeDelivery } from './take-delivery.js';
export {
  type IgnoreRefused,
  ignoreUnmapped,
  nameKnownGoods,
  type ResolveRefused,
  resolveUnmapped,
  type UnmappedItemNotFound,
} from './unmapped-items.js';
export { workInbox } from './work-inbox.js';
