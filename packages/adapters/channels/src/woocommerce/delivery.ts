import { createHash } from 'node:crypto';

/** A webhook as it came: names of headers in small letters. */
export type WooPosted = {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
};

/**
 * What came to the address of a webhook.
 * - `ping`: WooCommerce tries the address when a webhook is made: a form with its number, unsigned. It wants a 200, and tells nothing.
 * - `delivery`: what the inbox takes. `deliveryId` is the same for the same body of the same webhook and topic, and another for any other:
 *   WooCommerce's own `X-WC-Webhook-Delivery-ID` is the same for all orders that one webhook tells of within a second, so it isn't used.
 */
export type WooArrival =
  | { readonly kind: 'ping' }
  | { readonly kind: 'delivery'; readonly topic: string; readonly deliveryId: string; readonly signature: string }
  | { readonly kind: 'strange' };

const PING = /^webhook_id=\d{1,20}$/;

export const wooArrival = ({ headers, body }: WooPosted): WooArrival => {
  const header = (name: string): string => [headers[`x-wc-webhook-${name}`] ?? ''].flat().join(', ').trim();
  const [topic, signature, webhookId] = [header('topic'), header('signature'), header('id')];
  if (topic !== '' && signature !== '') return { kind: 'delivery', topic, deliveryId: idOf([webhookId, topic], body), signature };
  return body.byteLength < 64 && PING.test(Buffer.from(body).toString('latin1').trim()) ? { kind: 'ping' } : { kind: 'strange' };
};

const idOf = (names: readonly string[], body: Uint8Array): string =>
  createHash('sha256').update(JSON.stringify(names)).update(body).digest('hex');
