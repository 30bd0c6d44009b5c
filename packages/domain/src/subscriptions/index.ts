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
export {
  type BillingStatus,
  billingStatuses,
  type Holding,
  hasStopped,
  holdingOf,
  isBillingStatus,
  isFinal,
} from './billing-status.js';
export {
  openCheckout,
  openPortal,
  runningOf,
  type SubscriptionExists,
  type SubscriptionNotBought,
  type Wish,
} from './buy-plan.js';
export { changeSubscription, type SubscriptionChange } from './change-subscription.js';
export { type Cost, costs } from './cost.js';
export { type Deadline, type Reminder, type ReminderDays, reminderDays } from './deadline.js';
export { askBilling, type BillingAnswer, countingOf, hearBilling } from './hear.js';
export { listInvoices } from './list-invoices.js';
export { noBilling, readsNoBilling } from './no-billing.js';
export {
  isPlanId,
  type Limits,
  type PlanId,
  planIds,
  plans,
  TRIAL_PLAN,
  type Usage,
  withinLimit,
} from './plan.js';
export {
  type Refreshed,
  type RefreshRefused,
  type RefreshSubscription,
  refreshSubscription,
  SUBSCRIPTION_CHANGED,
  signallingRefresh,
} from './refresh-subscription.js';
export { mailReminder, remindOfEnd, SUBSCRIPTION_REMINDER } from './remind-of-end.js';
export { deadlineOf, reminderDue, stillHolds } from './reminder.js';
export type {
  BillingAuditStore,
  BillingDoor,
  SubscriptionStore,
  SubscriptionStores,
  UsageStore,
} from './stores.port.js';
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
export { BILLING_SOURCE, type TakenEvent, takeBillingEvent, understandBillingEvent } from './take-billing-event.js';
export { freeStanding, freeTerms, noLimits, soldTerms, type Terms } from './terms.js';
export { tidyBillingEvents } from './tidy-billing-events.js';
export { roomWithinPlan, withinPlan } from './within-plan.js';
