import type {
  ApiKeyStores,
  CarrierAccountStores,
  ChannelStores,
  Digest,
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
  UserId,
  WebhookStores,
} from '@rappit/domain';
import { memoryAccountRequestStore } from './memory-account-requests.js';
import { memoryApiKeys } from './memory-api-keys.js';
import { memoryAudit } from './memory-audit.js';
import { memoryCarrierAccounts } from './memory-carrier-accounts.js';
import { memoryChannelAccess } from './memory-channel-access.js';
import { memoryChannelFulfilments } from './memory-channel-fulfilments.js';
import { memoryChannelStock } from './memory-channel-stock.js';
import { memoryChannelSync } from './memory-channel-sync.js';
import { memoryChannels } from './memory-channels.js';
import { memoryImports } from './memory-imports.js';
import { memoryInbox } from './memory-inbox.js';
import { memoryInvitations } from './memory-invitations.js';
import { memoryItems } from './memory-items.js';
import { memoryLocations } from './memory-locations.js';
import { memoryMembers, memoryOrganization, memoryUsers } from './memory-members.js';
import { memoryClaimedKeys } from './memory-once.js';
import { memoryOrderFilters } from './memory-order-filters.js';
import { memoryOrders } from './memory-orders.js';
import { memoryOutbox } from './memory-outbox.js';
import { memoryPeople } from './memory-people.js';
import { memoryPickups } from './memory-pickups.js';
import { memoryReturns } from './memory-returns.js';
import { memorySeals } from './memory-seals.js';
import { memorySessions } from './memory-sessions.js';
import { memoryShipments } from './memory-shipments.js';
import { memoryStock } from './memory-stock.js';
import { memoryBillingAudit, memorySubscriptions } from './memory-subscriptions.js';
import { memoryUsage } from './memory-usage.js';
import { memoryWebhookDeliveries } from './memory-webhook-deliveries.js';
import { memoryWebhookEndpoints } from './memory-webhook-endpoints.js';
import type { Workbench } from './workbench.js';

/** Every store there is: what a unit of work hands out. */
export type AllStores = ChannelStores &
  ReturnStores &
  PickupStores &
  CarrierAccountStores &
  TenancyStores &
  ApiKeyStores &
  InvitationStores &
  SealStores &
  ImportStores &
  SubscriptionStores &
  SavedFilterStores &
  WebhookStores & { readonly outbox: OutboxStore };

/** Whether a user is a member of any organization. */
type Belongs = (userId: UserId) => boolean;

export const memoryStores = (bench: Workbench, digest: Digest, belongs: Belongs = () => false): AllStores & Moment => ({
  now: bench.now,
  items: memoryItems(bench),
  locations: memoryLocations(bench),
  stock: memoryStock(bench, digest),
  orders: memoryOrders(bench),
  shipments: memoryShipments(bench),
  pickups: memoryPickups(bench),
  orderFilters: memoryOrderFilters(bench),
  returns: memoryReturns(bench),
  carrierAccounts: memoryCarrierAccounts(bench),
  channels: memoryChannels(bench),
  channelAccess: memoryChannelAccess(bench),
  channelStock: memoryChannelStock(bench),
  channelSync: memoryChannelSync(bench),
  channelFulfilments: memoryChannelFulfilments(bench),
  inbox: memoryInbox(bench),
  people: memoryPeople(bench),
  outbox: memoryOutbox(bench),
  audit: memoryAudit(bench),
  apiKeys: memoryApiKeys(bench),
  organization: memoryOrganization(bench),
  users: memoryUsers(bench, belongs),
  members: memoryMembers(bench),
  sessions: memorySessions(bench),
  invitations: memoryInvitations(bench),
  seals: memorySeals(bench),
  imports: memoryImports(bench),
  accountRequests: memoryAccountRequestStore(bench),
  claimedKeys: memoryClaimedKeys(bench),
  webhookEndpoints: memoryWebhookEndpoints(bench),
  webhookDeliveries: memoryWebhookDeliveries(bench),
  subscriptions: memorySubscriptions(bench),
  billingAudit: memoryBillingAudit(bench),
  usage: memoryUsage(bench),
});
