export { ChannelId, channelKinds, type Channel, type ChannelKind, type Listing, type ShopDomainInvalid, type UnmappedItem } from './channel.js';
export type { ChannelMessage, DeliveryUnreadable, ExternalLine, ExternalOrder, ShopReader, ShopReaders } from './external-order.js';
export { importOrder, type Imported, type ImportOrder, type ImportRefused } from './import-order.js';
export { addChannel, mapListing, type ChannelExists, type ChannelNotFound, type NewChannel } from './keep-channels.js';
export type { ChannelDoor, ChannelStore, ChannelStores } from './stores.port.js';
export { takeDelivery, type ShopDelivery, type SignatureInvalid, type Taken } from './take-delivery.js';
export { workInbox } from './work-inbox.js';
