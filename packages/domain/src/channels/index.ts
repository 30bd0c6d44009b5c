export {
  type ChangeChannelRefused,
  type ChannelChange,
  type ChannelTried,
  type ChannelUnaskable,
  changeChannel,
  disconnectChannel,
  type LocationsInvalid,
  tryChannel,
  type WebhookAddress,
} from './change-channel.js';
export {
  CHANNEL_CREDENTIALS,
  CHANNEL_SECRET,
  type Channel,
  type ChannelAccess,
  ChannelId,
  type ChannelKind,
  type ChannelStatus,
  canBeAsked,
  channelAccesses,
  channelKinds,
  channelStatuses,
  type Listing,
  type MappedLocation,
  type ShopDomainInvalid,
  type UnmappedItem,
} from './channel.js';
export type { ChannelAccessStore, ConnectionBegun, ConnectionDoor, SealedCredentials } from './channel-access.port.js';
export type {
  AuthorizationInvalid,
  ChannelAuthorizer,
  CredentialsInvalid,
  CurrentCredentials,
  Granted,
  OpenShop,
  ShopConnection,
  ShopConnections,
} from './channel-authorizer.port.js';
export type { ChannelFulfilmentStore, ParcelContent } from './channel-fulfilments.port.js';
export { type ChannelStockStore, type CountedListing, type ListingProposal, placeKey } from './channel-stock.port.js';
export type { ChannelSync, ChannelSyncStore } from './channel-sync.port.js';
export {
  type Brought,
  type Connected,
  type ConnectionInvalid,
  type Destination,
  type FinishRefused,
  finishConnection,
  type KindUnsupported,
  startConnection,
  type WayToShop,
} from './connect-shop.js';
export { eraseShop } from './erase-shop.js';
export type {
  ChannelMessage,
  DeliveryUnreadable,
  ExternalLine,
  ExternalOrder,
  PersonConcerned,
  ShopReader,
  ShopReaders,
} from './external-order.js';
export { type Fulfilment, type FulfilmentStatus, fulfilmentStatuses } from './fulfilment.js';
export { type FarewellDeps, hearFarewell } from './hear-farewell.js';
export { type Imported, type ImportOrder, type ImportRefused, importOrder } from './import-order.js';
export {
  type AddChannelRefused,
  addChannel,
  type ChannelExists,
  type ChannelNotFound,
  mapListing,
  type NewChannel,
  type SecretMissing,
} from './keep-channels.js';
export { type Shops, shopsOf } from './open-shops.js';
export { forgetPeople, type KeptOfPerson, keptOfPerson } from './people.js';
export type { Concerned, PeopleStore } from './people.port.js';
export { type ReadAgain, type ReadAgainRefused, readOrderAgain } from './read-order-again.js';
export { type CredentialDeps, renewEnding } from './renew-credentials.js';
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
export { setUpShops } from './set-up-shop.js';
export type { ShopPlace } from './shop-place.js';
export { hearShownStock, lookAtShownStock, showStock } from './show-stock.js';
export { type ShownStock, shownStatuses } from './shown-stock.js';
export type { ChannelDoor, ChannelStore, ChannelStores, ClaimedChannel, NameableLine } from './stores.port.js';
export { syncChannels } from './sync-channels.js';
export { askForSync, type SyncProgress, syncProgress, syncStatuses } from './sync-progress.js';
export { type ShopDelivery, type SignatureInvalid, type Taken, takeDelivery } from './take-delivery.js';
export {
  type FulfilmentNotFound,
  noteFulfilments,
  retellFulfilment,
  type TellDeps,
  tellFulfilments,
} from './tell-fulfilments.js';
export { tidyConnections } from './tidy-connections.js';
export {
  type IgnoreRefused,
  ignoreUnmapped,
  nameKnownGoods,
  type ResolveRefused,
  resolveUnmapped,
  type UnmappedItemNotFound,
} from './unmapped-items.js';
export { workInbox } from './work-inbox.js';
