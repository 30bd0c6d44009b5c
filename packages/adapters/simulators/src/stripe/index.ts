export { type SignedEvent, type StripeSimulator, startStripeSimulator } from './stripe-simulator.js';
