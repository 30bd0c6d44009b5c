export type { WooOptions } from './client.js';
export { type WooArrival, type WooPosted, wooArrival } from './delivery.js';
export { type WooAuthorizerOptions, wooAuthorizer } from './woo-authorizer.js';
export { wooReader } from './woo-reader.js';
export { type WooShopOptions, wooShop } from './woo-shop.js';
