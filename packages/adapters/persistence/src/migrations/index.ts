import type { Knex } from 'knex';
import { tenancy } from './0001-tenancy.js';
import { inventory } from './0002-inventory.js';
import { orders } from './0003-orders.js';
import { shipments } from './0004-shipments.js';
import { channels } from './0005-channels.js';
import { deliveries } from './0006-deliveries.js';
import { reconciliations } from './0007-reconciliations.js';
import { writtenTogether } from './0008-written-together.js';
import { imports } from './0009-imports.js';
import { lowStock } from './0010-low-stock.js';
import { untriedUnits } from './0011-untried-units.js';
import { sessions } from './0012-sessions.js';
import { accountRequests } from './0013-account-requests.js';
import { invitations } from './0014-invitations.js';
import { auditLog } from './0015-audit-log.js';
import { apiKeys } from './0016-api-keys.js';
import { kitsAndExpiry } from './0018-kits-and-expiry.js';
import { jsonAsItCame } from './0019-json-as-it-came.js';
import { trackFailures } from './0020-track-failures.js';
import { organizationVersion } from './0021-organization-version.js';
import { purchases } from './0023-purchases.js';
import { carrierAccounts } from './0024-carrier-accounts.js';
import { pickups } from './0025-pickups.js';
import { tracking } from './0026-tracking.js';
import { amounts } from './0027-amounts.js';
import { orderSearch } from './0028-order-search.js';
import { orderFilters } from './0029-order-filters.js';
import { webhookEndpoints } from './0030-webhook-endpoints.js';
import { returns } from './0033-returns.js';
import { returnLabels } from './0034-return-labels.js';
import { shipmentsOfReturns } from './0035-shipments-of-returns.js';
import { shippingOptions } from './0036-shipping-options.js';
import { lastWord } from './0037-last-word.js';
import { inboxLog } from './0038-inbox-log.js';
import { subscriptions } from './0040-subscriptions.js';
import { billingAudit } from './0041-billing-audit.js';
import { searchedByUs } from './0042-searched-by-us.js';
import { channelAccess } from './0043-channel-access.js';
import { channelStock } from './0044-channel-stock.js';
import { channelSync } from './0045-channel-sync.js';
import { channelFulfilments } from './0050-channel-fulfilments.js';
import { sellingSince } from './0053-selling-since.js';
import { reminded } from './0064-reminded.js';

export type Migration = readonly [name: string, sql: string];

/** In their order for ever. A name is never reused, a text that has been released never changed. */
export const migrations: readonly Migration[] = [
  ['0001-tenancy', tenancy],
  ['0002-inventory', inventory],
  ['0003-orders', orders],
  ['0004-shipments', shipments],
  ['0005-channels', channels],
  ['0006-deliveries', deliveries],
  ['0007-reconciliations', reconciliations],
  ['0008-written-together', writtenTogether],
  ['0009-imports', imports],
  ['0010-low-stock', lowStock],
  ['0011-untried-units', untriedUnits],
  ['0012-sessions', sessions],
  ['0013-account-requests', accountRequests],
  ['0014-invitations', invitations],
  ['0015-audit-log', auditLog],
  ['0016-api-keys', apiKeys],
  ['0018-kits-and-expiry', kitsAndExpiry],
  ['0019-json-as-it-came', jsonAsItCame],
  ['0021-organization-version', organizationVersion],
  ['0023-purchases', purchases],
  ['0024-carrier-accounts', carrierAccounts],
  ['0025-pickups', pickups],
  ['0026-tracking', tracking],
  ['0027-amounts', amounts],
  ['0030-webhook-endpoints', webhookEndpoints],
  ['0036-shipping-options', shippingOptions],
  ['0028-order-search', orderSearch],
  ['0033-returns', returns],
  ['0034-return-labels', returnLabels],
  ['0037-last-word', lastWord],
  ['0020-track-failures', trackFailures],
  ['0040-subscriptions', subscriptions],
  ['0041-billing-audit', billingAudit],
  ['0038-inbox-log', inboxLog],
  ['0029-order-filters', orderFilters],
  ['0035-shipments-of-returns', shipmentsOfReturns],
  ['0042-searched-by-us', searchedByUs],
  ['0043-channel-access', channelAccess],
  ['0044-channel-stock', channelStock],
  ['0045-channel-sync', channelSync],
  ['0053-selling-since', sellingSince],
  ['0050-channel-fulfilments', channelFulfilments],
  ['0064-reminded', reminded],
];

/**
 * Migrations as data rather than files: names don't depend on how the package was built. Forward only, each in a transaction of its own,
 * save one that does something `CONCURRENTLY`, which PostgreSQL does outside of one only: it is a single statement, safe to repeat.
 */
export const sourceOf = (list: readonly Migration[]): Knex.MigrationSource<Migration> => ({
  getMigrations: () => Promise.resolve([...list]),
  getMigrationName: ([name]) => name,
  getMigration: ([name, sql]) =>
    Promise.resolve({
      config: { transaction: !/\bCONCURRENTLY\b/.test(sql) },
      up: (knex) => knex.raw(sql),
      down: () => Promise.reject(new Error(`${name} isn't undone: migrations go forward only`)),
    }),
});

export const migrationSource = sourceOf(migrations);
