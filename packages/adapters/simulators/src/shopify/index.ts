export type { SignedDelivery } from './deliveries.js';
export type {
  SimulatedFulfilment,
  SimulatedLine,
  SimulatedLocation,
  SimulatedOrder,
  SimulatedVariant,
} from './shop-books.js';
export {
  type ShopifyFault,
  type ShopifySimulator,
  type ShopifySimulatorOptions,
  startShopifySimulator,
} from './shopify-simulator.js';
export type { Bought, OrderFacts, SimulatedShop } from './simulated-shop.js';
