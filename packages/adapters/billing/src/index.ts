export { stripeBilling } from './stripe-billing.js';
export type { StripeConfig, StripeFault, StripePrices } from './stripe-config.js';
export { type StripeAccount, stripeEventReader } from './stripe-events.js';
