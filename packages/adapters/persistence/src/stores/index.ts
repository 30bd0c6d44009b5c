import type {
  ApiKeyStores,
  CarrierAccountStores,
  ChannelStores,
  ImportStores,
  InvitationStores,
  Moment,
  OutboxStore,
  PickupStores,
  ReturnStores,
  SavedFilterStores,
  SealStores,
  SubscriptionStores,
  TenancyStores,
  WebhookStores,
} from '@rappit/domain';
import { claimedKeys } from '../idempotency.js';
import type { Scope } from '../scope.js';
import { apiKeyStore } from './api-keys.js';
import { auditStore } from './audit.js';
import { carrierAccountStore } from './carrier-accounts.js';
import { channelAccessStore } from './channel-access.js';
import { channelFulfilmentStore } from './channel-fulfilments.js';
import { channelStockStore } from './channel-stock.js';
import { channelSyncStore } from './channel-sync.js';
import { channelStore } from './channels.js';
import { inboxStore, outboxStore } from './deliveries.js';
import { importStore } from './imports.js';
import { invitationStore } from './invitations.js';
import { itemStore } from './items.js';
import { locationStore } from './locations.js';
import { memberStore, organizationStore } from './members.js';
import { savedFilterStore } from './order-filters.js';
import { orderStore } from './orders.js';
import { peopleStore } from './people.js';
import { pickupStore } from './pickups.js';
import { returnStore } from './returns.js';
import { sealStore } from './seals.js';
import { sessionStore } from './sessions.js';
import { shipmentStore } from './shipments.js';
import { stockStore } from './stock.js';
import { billingAuditStore, subscriptionStore } from './subscriptions.js';
import { usageStore } from './usage.js';
import { accountRequestStore, userStore } from './users.js';
import { webhookDeliveryStore } from './webhook-deliveries.js';
import { webhookEndpointStore } from './webhook-endpoints.js';

/** Everything that can be kept inside a unit of work. */
export type Stores = ReturnStores &
  PickupStores &
  CarrierAccountStores &
  ChannelStores &
  TenancyStores &
  ApiKeyStores &
  InvitationStores &
  SealStores &
  ImportStores &
  SubscriptionStores &
  SavedFilterStores &
  WebhookStores & { readonly outbox: OutboxStore };

export const storesOf = (scope: Scope): Stores & Moment => ({
  now: scope.now,
  items: itemStore(scope),
  locations: locationStore(scope),
  stock: stockStore(scope),
  orders: orderStore(scope),
  orderFilters: savedFilterStore(scope),
  shipments: shipmentStore(scope),
  pickups: pickupStore(scope),
  returns: returnStore(scope),
  carrierAccounts: carrierAccountStore(scope),
  channels: channelStore(scope),
  channelAccess: channelAccessStore(scope),
  channelStock: channelStockStore(scope),
  channelSync: channelSyncStore(scope),
  channelFulfilments: channelFulfilmentStore(scope),
  inbox: inboxStore(scope),
  people: peopleStore(scope),
  outbox: outboxStore(scope),
  audit: auditStore(scope),
  apiKeys: apiKeyStore(scope),
  organization: organizationStore(scope),
  users: userStore(scope),
  members: memberStore(scope),
  sessions: sessionStore(scope),
  invitations: invitationStore(scope),
  seals: sealStore(scope),
  imports: importStore(scope),
  accountRequests: accountRequestStore(scope),
  claimedKeys: claimedKeys(scope),
  webhookEndpoints: webhookEndpointStore(scope),
  webhookDeliveries: webhookDeliveryStore(scope),
  subscriptions: subscriptionStore(scope),
  billingAudit: billingAuditStore(scope),
  usage: usageStore(scope),
});
