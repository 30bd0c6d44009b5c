export type { SimulatedItem, SimulatedLine, SimulatedOrder, SimulatedRefund, Wanted, WooParty } from './books.js';
export type { WooKey } from './keys.js';
export type { TrackingWay } from './order-routes.js';
export {
  type Delivered,
  type Mishaps,
  type PostWebhook,
  postOverHttp,
  type SimulatedWebhook,
  type WooRequest,
} from './webhooks.js';
export { startWooSimulator, type WooSimulator, type WooSimulatorOptions } from './woo-simulator.js';
