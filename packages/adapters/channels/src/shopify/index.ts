export type { ShopifyWorld } from './options.js';
export { type ShopifyApp, type ShopifyAuthorizerOptions, shopifyAuthorizer, usualScopes } from './shopify-authorizer.js';
export { shopifyReader } from './shopify-reader.js';
export { type ShopifyShopOptions, shopifyShop } from './shopify-shop.js';
