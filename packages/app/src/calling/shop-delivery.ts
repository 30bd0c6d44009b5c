import { createHmac } from 'node:crypto';

export type ShopDelivery = {
  readonly shopDomain: string;
  readonly webhookSecret: string;
  /** The order as JSON, byte for byte as it is signed. */
  readonly order: string;
  readonly deliveryId: string;
};

/** Tells of an order as Shopify does, signed with the shop's secret, and answers the status. */
export const deliverOrder = async (
  baseUrl: string,
  { shopDomain, webhookSecret, order, deliveryId }: ShopDelivery,
): Promise<number> => {
  const response = await fetch(`${baseUrl}/webhooks/shopify`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': shopDomain,
      'x-shopify-webhook-id': deliveryId,
      'x-shopify-hmac-sha256': createHmac('sha256', webhookSecret).update(order).digest('base64'),
    },
    body: order,
    signal: AbortSignal.timeout(30_000),
  });
  await response.arrayBuffer();
  return response.status;
};
