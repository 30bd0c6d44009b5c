export { type BillingAuditEntry, BillingAuditId, type BillingFacts } from './billing-audit.js';
export {
  type BillingEvent,
  type BillingEventReader,
  type BillingEventRefused,
  type BillingMessage,
  billingEventObjections,
} from './billing-event.port.js';
export type {
  BillingFault,
  BillingPage,
  BillingProvider,
  BillingRefused,
  BillingUnavailable,
  Invoice,
  Payer,
  Purchase,
} from './billing-provider.port.js';
export { type BillingStatus, billingStatuses, type Holding, holdingOf, isBillingStatus } from './billing-status.js';
export { askBilling, type BillingAnswer, countingOf, hearBilling } from './hear.js';
export {
  isPlanId,
  type LimitKind,
  type LimitReached,
  type Limits,
  limitKinds,
  type PlanId,
  planIds,
  plans,
  TRIAL_PLAN,
  type Usage,
  withinLimit,
} from './plan.js';
export { type Refreshed, type RefreshSubscription, refreshSubscription } from './refresh-subscription.js';
export type { BillingAuditStore, BillingDoor, SubscriptionStore, SubscriptionStores } from './stores.port.js';
export {
  type Access,
  accessOf,
  type BilledSubscription,
  GRACE_DAYS,
  limitsOf,
  type Subscription,
  type SubscriptionStanding,
  type SubscriptionStatus,
  subscriptionStandingOf,
  subscriptionStatuses,
  TRIAL_DAYS,
  trialFrom,
} from './subscription.js';
export { BILLING_SOURCE, takeBillingEvent, understandBillingEvent } from './take-billing-event.js';
