export { stripeBilling } from './stripe-billing.js';
export type { StripeConfig, StripePrices } from './stripe-config.js';
export { type StripeAccount, stripeEventReader } from './stripe-events.js';
