import type { LimitKind, OrganizationId, Page, PageRequest } from '../kernel/index.js';
import type { BillingAuditEntry } from './billing-audit.js';
import type { Subscription } from './subscription.js';

/** The subscription of the organization, which has one from the moment that it is opened: nobody has to make it. */
export type SubscriptionStore = {
  readonly find: () => Promise<Subscription>;
  /** Found and locked until the unit of work ends. */
  readonly lock: () => Promise<Subscription>;
  /** What was locked, as it is from now on. */
  readonly save: (subscription: Subscription) => Promise<void>;
};

/** What became of the organization's subscription. What was appended is never changed and never removed. */
export type BillingAuditStore = {
  readonly append: (entry: BillingAuditEntry) => Promise<void>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<BillingAuditEntry>>;
};

export type SubscriptionStores = {
  readonly subscriptions: SubscriptionStore;
  readonly billingAudit: BillingAuditStore;
  readonly usage: UsageStore;
};

/** How much there is now of what plans limit: members, active locations, items, connected channels, and the orders of this month in UTC. */
export type UsageStore = { readonly count: (kind: LimitKind) => Promise<number> };

/** The door for what the provider tells: whose customer this is. */
export type BillingDoor = { readonly organizationsOfCustomer: (customerId: string) => Promise<readonly OrganizationId[]> };
