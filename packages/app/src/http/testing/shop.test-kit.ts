import { createHmac } from 'node:crypto';

/** Beyond 2^53, where a double can't tell neighbours apart. */
export const ORDER_ID = '820982911946154509';
export const LINE_ID = '9007199254740993';
export const VARIANT_ID = '9007199254740995';

/** What a shop of a test signs with. */
export const SECRET = 'a wombat of the shop itself';

/** A line as Shopify writes it. */
export const shopLine = (sku: string, { quantity = 1, id = LINE_ID, variantId = VARIANT_ID } = {}): string =>
  `{"id":${id},"variant_id":${variantId},"sku":${JSON.stringify(sku)},"name":"قميص","quantity":${quantity},"price":"19.00"}`;

/** As Shopify writes it: ids are numbers, which no `JSON.stringify` of ours could spell. */
export const shopOrder = (lines: readonly string[], id = ORDER_ID): string =>
  `{"id":${id},"name":"#1042","currency":"EUR","updated_at":"2026-11-20T18:30:00+03:00","financial_status":"paid","total_price":"19.00",` +
  `"line_items":[${lines.join(',')}]}`;

export const signature = (body: string | Uint8Array, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('base64');

/** What comes with a delivery of that shop. */
export const shopHeaders = (shopDomain: string, body: string | Uint8Array): Readonly<Record<string, string>> => ({
  'x-shopify-topic': 'orders/create',
  'x-shopify-hmac-sha256': signature(body),
  'x-shopify-shop-domain': shopDomain,
  'x-shopify-webhook-id': 'delivery-1',
});
