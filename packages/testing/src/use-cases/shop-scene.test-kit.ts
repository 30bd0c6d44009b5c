import type { ChannelId, ExternalLine, ExternalOrder, Imported, ImportRefused, OrderId, Result } from '@rappit/domain';
import { exampleAddress } from '../fakes/index.js';
import { ordersScene } from './orders-scene.test-kit.js';

/** The hour of a day at which a shop changed an order. */
export const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 5, hour));

export const shopLine = (sku: string | null, quantity: number, facts: Partial<ExternalLine> = {}): ExternalLine => ({
  sku,
  name: null,
  quantity,
  unitPriceMinor: 1_000,
  taxMinor: 0,
  discountMinor: 0,
  shipped: 0,
  cancelled: 0,
  external: { lineId: `line of ${sku}`, variantId: null, sku },
  ...facts,
});

/** Order 1 of a shop, paid, as it was at an hour. */
export const shopOrder = (hour: number, lines: readonly ExternalLine[], facts: Partial<ExternalOrder> = {}): ExternalOrder => {
  const subtotalMinor = lines.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity, 0);
  return {
    externalId: '1',
    externalNumber: '#1',
    updatedAt: at(hour),
    currency: 'EUR',
    customer: { externalId: '5', name: 'Mina Okafor', email: 'mina@quokka.example', phone: null },
    shippingAddress: exampleAddress,
    billingAddress: null,
    lines,
    shippingMinor: 0,
    totals: { subtotalMinor, discountMinor: 0, taxMinor: 0, shippingMinor: 0, totalMinor: subtotalMinor },
    paymentStatus: 'paid',
    paymentMethod: 'prepaid',
    refundedMinor: 0,
    tags: [],
    cancelReason: null,
    statuses: {},
    ...facts,
  };
};

/** Shops that only tell. */
export const nobodyToAsk = {
  eraseShop: async () => ({ ok: true, value: 'forgotten' }) as const,
  readOrderAgain: async () => ({ ok: true, value: { orderId: null, outcome: 'unaskable' } }) as const,
  hearFarewell: async () => ({ ok: true, value: 'parted' }) as const,
  beginShowing: async () => undefined,
};

/** A hub with mugs and plates, and a shop that tells of orders. */
export const shopScene = async (mugs: number, plates = 0) => {
  const scene = await ordersScene(mugs, plates);
  const { rappit, caller } = scene;
  const added = await rappit.addChannel(caller, {
    kind: 'shopify',
    name: 'A shop',
    shopDomain: 'demo.myshopify.com',
    webhookSecret: 'a wombat',
    keys: null,
  });
  if (!added.ok) throw new Error(added.error.code);
  const channelId: ChannelId = added.value.id;
  const hear = (order: ExternalOrder): Promise<Result<Imported, ImportRefused>> =>
    rappit.importOrder(caller.organizationId, channelId, order);
  return {
    ...scene,
    channelId,
    hear,
    /** What became of it, in a word, or the code of its refusal. */
    outcome: async (order: ExternalOrder): Promise<string> => {
      const heard = await hear(order);
      return heard.ok ? heard.value.outcome : heard.error.code;
    },
    /** The order that the shop's became. */
    orderId: async (externalId = '1'): Promise<OrderId> => {
      const id = await rappit.memory.unitOfWork.read(caller.organizationId, ({ orders }) =>
        orders.ofSource({ channelId, externalId }),
      );
      if (!id) throw new Error('the order is there');
      return id;
    },
  };
};
