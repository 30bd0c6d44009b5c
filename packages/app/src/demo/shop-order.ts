import type { AllocationExplanation, Order, OrderSummary, Page, UnmappedItem } from '@rappit/domain';
import { deliverOrder } from '../calling/shop-delivery.js';
import type { Chapter } from './chapter.js';

/** How long the job may take to work the webhook off: on a machine that is busy with other things a nudge may be lost, and the sweep of the next minute does it. */
const PATIENCE_MS = 75_000;

const LOOK_EVERY_MS = 100;

/** A signed webhook comes in over HTTP, twice, and becomes one order. Answers its id. */
export const shopOrder = async (chapter: Chapter): Promise<string | undefined> => {
  const { show, api, shop } = chapter;
  show.heading('3. Shopify tells of an order (signed webhook, over HTTP)');
  show.line(
    `first delivery: ${await deliver(chapter, 'delivery-1')}, the same again: ${await deliver(chapter, 'delivery-1')}, once more under another id: ${await deliver(chapter, 'delivery-2')}`,
  );
  const found = await show.waiting('a job reads it', firstOrder(chapter));
  if (!found) {
    show.line('no order appeared: the payload was kept, and could not be read as an order');
    return undefined;
  }
  const { data: orders } = await api.get<Page<OrderSummary>>(`/orders?channelId=${shop.channelId}`);
  const order = await api.get<Order>(`/orders/${found}`);
  show.line(
    `${orders.length} order: ${order.number} (${order.source.kind === 'channel' ? order.source.externalNumber : order.source.kind}), ${order.status}${order.hold ? `, held: ${order.hold}` : ''}`,
  );
  show.table([
    ['  line', 'ordered', 'reserved', 'backordered', 'pending', 'shipped', 'cancelled'],
    ...order.lines.map((line) => [
      `  ${line.sku ?? '(no SKU)'}  ${line.name}`,
      ...(['ordered', 'reserved', 'backordered', 'pending', 'shipped', 'cancelled'] as const).map((state) => String(line[state])),
    ]),
  ]);
  await explain(chapter, found);
  await unmapped(chapter);
  return orders.length === 1 ? found : undefined;
};

const deliver = ({ baseUrl, shop: { shopDomain, webhookSecret }, order }: Chapter, deliveryId: string): Promise<number> =>
  deliverOrder(baseUrl, { shopDomain, webhookSecret, order, deliveryId });

const firstOrder = async ({ api, shop }: Chapter): Promise<string | undefined> => {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const [order] = (await api.get<Page<OrderSummary>>(`/orders?channelId=${shop.channelId}&limit=1`)).data;
    if (order) return order.id;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return undefined;
};

/** Where the stock was taken from, and why. */
const explain = async ({ show, api, shop }: Chapter, orderId: string): Promise<void> => {
  const nameOf = (id: string): string => shop.locations.find((location) => location.id === id)?.name ?? id;
  const { data: allocations } = await api.get<{ data: readonly AllocationExplanation[] }>(`/orders/${orderId}/allocation`);
  for (const allocation of allocations) {
    show.line(`why from there (${allocation.policy}):`);
    for (const sku of allocation.skus)
      for (const candidate of sku.candidates)
        show.line(
          `  ${sku.sku}: ${nameOf(candidate.locationId)} had ${candidate.available}, gave ${candidate.took}: ${candidate.because}`,
        );
  }
};

const unmapped = async ({ show, api }: Chapter): Promise<void> => {
  for (const item of (await api.get<Page<UnmappedItem>>('/channels/unmapped-items')).data)
    show.line(
      `waits for somebody to say what it is: ${item.units} × ${item.name} (SKU in the shop: ${item.externalSku ?? 'none'})`,
    );
};
