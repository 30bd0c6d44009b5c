export type { StripeTruth } from './books.js';
export { type SignedEvent, type StripeSimulator, startStripeSimulator } from './stripe-simulator.js';
