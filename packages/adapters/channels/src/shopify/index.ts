export { shopifyReader } from './shopify-reader.js';
