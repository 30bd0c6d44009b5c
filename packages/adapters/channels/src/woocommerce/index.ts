export { type WooArrival, type WooPosted, wooArrival } from './delivery.js';
export { wooReader } from './woo-reader.js';
