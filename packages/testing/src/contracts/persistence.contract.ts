import { accountRequestsContract } from './account-requests.contract.js';
import { accountsContract } from './accounts.contract.js';
import { apiKeysContract } from './api-keys.contract.js';
import { auditContract } from './audit.contract.js';
import { carrierAccountsContract } from './carrier-accounts.contract.js';
import { channelAccessContract } from './channel-access.contract.js';
import { channelFulfilmentsContract } from './channel-fulfilments.contract.js';
import { channelStockContract } from './channel-stock.contract.js';
import { channelSyncContract } from './channel-sync.contract.js';
import { channelsContract } from './channels.contract.js';
import { claimedKeysContract } from './claimed-keys.contract.js';
import type { ContractCase } from './contract.js';
import { importsContract } from './imports.contract.js';
import { inboxContract } from './inbox.contract.js';
import { intakeContract } from './intake.contract.js';
import { intakeOnceContract } from './intake-once.contract.js';
import { invitationsContract } from './invitations.contract.js';
import { itemsContract } from './items.contract.js';
import { kitsContract } from './kits.contract.js';
import { knownBugsContract } from './known-bugs.contract.js';
import { knownBugsInTimeContract } from './known-bugs-in-time.contract.js';
import { ledgerContract } from './ledger.contract.js';
import { locationsContract } from './locations.contract.js';
import { membersContract } from './members.contract.js';
import { onceContract } from './once.contract.js';
import { orderFiltersContract } from './order-filters.contract.js';
import { orderListsContract } from './order-lists.contract.js';
import { ordersContract } from './orders.contract.js';
import { organizationsApartContract } from './organizations-apart.contract.js';
import { outboxContract } from './outbox.contract.js';
import { peopleContract } from './people.contract.js';
import type { PersistenceWorld } from './persistence-world.js';
import { pickupsContract } from './pickups.contract.js';
import { returnsContract } from './returns.contract.js';
import { sealsContract } from './seals.contract.js';
import { sessionsContract } from './sessions.contract.js';
import { shipmentsContract } from './shipments.contract.js';
import { stockContract } from './stock.contract.js';
import { stockGuardContract } from './stock-guard.contract.js';
import { stockListsContract } from './stock-lists.contract.js';
import { subscriptionsContract } from './subscriptions.contract.js';
import { trackingContract } from './tracking.contract.js';
import { unitOfWorkContract } from './unit-of-work.contract.js';
import { unpaidContract } from './unpaid.contract.js';
import { usageContract } from './usage.contract.js';
import { waitingOrdersContract } from './waiting-orders.contract.js';
import { webhookDeliveriesContract } from './webhook-deliveries.contract.js';
import { webhookEndpointsContract } from './webhook-endpoints.contract.js';

/** Every suite that a persistence keeps, by name, so that none is forgotten: all of them take the same world. */
export const persistenceContracts: Readonly<Record<string, readonly ContractCase<PersistenceWorld>[]>> = {
  'a unit of work': unitOfWorkContract,
  'a unit of work under a key': onceContract,
  'a store of claimed keys': claimedKeysContract,
  'a store of many organizations': organizationsApartContract,
  'a store of items': itemsContract,
  'a store of locations': locationsContract,
  'a store of stock': stockContract,
  'a store of stock, handed nonsense': stockGuardContract,
  'a store of imports': importsContract,
  'a ledger': ledgerContract,
  'lists of stock': stockListsContract,
  'a store of orders': ordersContract,
  'a store of orders that wait': waitingOrdersContract,
  'lists of orders': orderListsContract,
  'a store of saved filters': orderFiltersContract,
  'a store of kits': kitsContract,
  'a store of unpaid promises': unpaidContract,
  'a store that knows of the bugs of others': knownBugsContract,
  'a store that knows of the bugs of others in time': knownBugsInTimeContract,
  'an intake of orders': intakeContract,
  'an intake of orders that are told twice': intakeOnceContract,
  'a store of shipments': shipmentsContract,
  'a store of pickups': pickupsContract,
  'a store of returns': returnsContract,
  'a store of parcels on their way': trackingContract,
  'a store of carrier accounts': carrierAccountsContract,
  'a store of channels': channelsContract,
  'a store of what shops let us have': channelAccessContract,
  'a store of what shops show': channelStockContract,
  'a store of readings of shops': channelSyncContract,
  'a store of parcels that shops are told of': channelFulfilmentsContract,
  'an audit log': auditContract,
  'a store of API keys': apiKeysContract,
  'a store of seals': sealsContract,
  'an inbox': inboxContract,
  'a store of what people left': peopleContract,
  'an outbox': outboxContract,
  'a store of webhook endpoints': webhookEndpointsContract,
  'a store of webhooks on their way': webhookDeliveriesContract,
  'a store of subscriptions': subscriptionsContract,
  'what plans limit': usageContract,
  'accounts and memberships': accountsContract,
  'an organization and its members': membersContract,
  'a store of invitations': invitationsContract,
  'a store of sessions': sessionsContract,
  'requests for addresses': accountRequestsContract,
};
