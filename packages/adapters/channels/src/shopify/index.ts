export type { ShopifyWorld } from './options.js';
export { shopifyReader } from './shopify-reader.js';
export { type ShopifyShopOptions, shopifyShop } from './shopify-shop.js';
