import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, OrderSummary, Page } from '@rappit/domain';
import type { Api } from '../calling/api-caller.js';
import { deliverOrder } from '../calling/shop-delivery.js';
import { cancelling, type Placed } from './order.js';
import type { Told } from './told.js';

/** A nudge that is lost is made up for by the sweep of the next minute. */
const PATIENCE_MS = 75_000;
const LOOK_EVERY_MS = 200;

/** A shop that exists only here tells of an order twice: it becomes one. */
export const webhookTest = async ({ api, undo, ground }: Placed, baseUrl: string): Promise<Told<true>> => {
  const webhookSecret = randomBytes(24).toString('hex');
  const shopDomain = `rappit-smoke-${randomBytes(6).toString('hex')}.myshopify.com`;
  const channel = await api.post<Channel>('/channels', { kind: 'shopify', name: 'Smoke test', shopDomain, webhookSecret });
  undo.push(async () => {
    const { status } = await api.ask('DELETE', `/channels/${channel.id}`);
    if (status !== 204) throw new Error(`removing the channel ${channel.id} was answered ${status}`);
  });
  const delivery = { shopDomain, webhookSecret, order: shopOrderOf(ground.sku), deliveryId: randomUUID() };
  const forged = await deliverOrder(baseUrl, { ...delivery, webhookSecret: 'of somebody else' });
  if (forged !== 401) throw new Error(`a webhook that is signed with another secret was answered ${forged}, not 401`);
  for (const deliveryId of [delivery.deliveryId, randomUUID()]) {
    const answered = await deliverOrder(baseUrl, { ...delivery, deliveryId });
    if (answered !== 200) throw new Error(`a signed webhook was answered ${answered}, not 200`);
  }
  const [order, ...more] = await ordersOf(api, channel.id);
  if (!order) throw new Error(`no order came of the webhook within ${PATIENCE_MS / 1_000} seconds: does a worker run?`);
  undo.push(cancelling(api, order.id));
  if (more.length > 0) throw new Error(`${more.length + 1} orders came of one`);
  return { says: `order ${order.number} came of a signed webhook, a forged one was refused`, value: true };
};

const ordersOf = async (api: Api, channelId: string): Promise<readonly OrderSummary[]> => {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(LOOK_EVERY_MS)) {
    const { data } = await api.get<Page<OrderSummary>>(`/orders?channelId=${channelId}`);
    if (data.length > 0) return data;
  }
  return [];
};

const shopOrderOf = (sku: string): string => {
  const id = randomInt(1, 2 ** 47);
  const now = new Date().toISOString();
  return JSON.stringify({
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    created_at: now,
    updated_at: now,
    currency: 'EUR',
    financial_status: 'paid',
    total_price: '1.00',
    tags: 'smoke-test',
    line_items: [{ id: 1, variant_id: 1, sku, name: 'Rappit smoke test', quantity: 1, price: '1.00' }],
  });
};
