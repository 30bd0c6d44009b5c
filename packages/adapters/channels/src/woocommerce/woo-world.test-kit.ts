import { type ExternalOrder, ok, type SalesChannel, type ShopVariant } from '@rappit/domain';
import { alsoNearby, guardedFetch } from '@rappit/outbound/guarded';
import { type SimulatedOrder, startWooSimulator, type TrackingWay, type WooSimulator } from '@rappit/simulators/woocommerce';
import type { SalesChannelWorld } from '@rappit/testing/contracts';
import type { WooOptions } from './client.js';
import { credentialsOf } from './credentials.js';
import { wooShop } from './woo-shop.js';

export const guard = guardedFetch({ policy: alsoNearby });
/** There is no TLS on this machine. */
export const nearby = { guard, baseUrlOf: (shopDomain: string) => `http://${shopDomain}` } satisfies WooOptions;

/** A clock that moves on by a second whenever something changes, so that every change has a moment of its own. */
export const shopClock = () => {
  let at = Date.UTC(2026, 10, 1, 10);
  return {
    now: () => new Date(at),
    tick: () => {
      at += 1_000;
      return new Date(at);
    },
  };
};

const variant = (externalVariantId: string, facts: Partial<ShopVariant> = {}): ShopVariant => ({
  externalVariantId,
  externalItemId: externalVariantId,
  sku: `MUG-${externalVariantId}`,
  barcode: `4000000000${externalVariantId.replace('/', '')}`,
  name: `Mug ${externalVariantId}`,
  ...facts,
});

export const variants: readonly ShopVariant[] = [
  variant('11'),
  variant('12', { sku: null }),
  variant('22/23', { name: 'Plate - large' }),
  variant('22/24', { name: 'Plate - small', barcode: null }),
  variant('31', { externalItemId: null, name: 'A course of pottery' }),
];

export const fillShelves = (shop: WooSimulator): void => {
  for (const { externalVariantId: id, externalItemId, sku, barcode, name } of variants) {
    const [, option = ''] = name.split(' - ');
    const facts = { sku: sku ?? '', barcode: barcode ?? '', name: name.replace(` - ${option}`, ''), option };
    shop.putItem({ id, ...facts, isVirtual: externalItemId === null, stock: externalItemId === null ? null : 5 });
  }
};

const party = { first_name: 'Mina', last_name: 'Quokka', address_1: '7 Quokka Street', city: 'Lyon', country: 'FR' };

/** An order of two lines that somebody has paid, as the store has it. */
export const simulatedOrder = (id: string, modifiedAt: Date, facts: Partial<SimulatedOrder> = {}): SimulatedOrder => {
  const line = (nth: string, itemId: string, sku: string, quantity: number) => {
    const price = { subtotalMinor: 1_000 * quantity, totalMinor: 1_000 * quantity, taxMinor: 190 * quantity };
    return { id: `${id}${nth}`, itemId, sku, name: sku.toLowerCase(), quantity, ...price };
  };
  return {
    id,
    number: id,
    status: 'processing',
    currency: 'EUR',
    customerId: '5',
    billing: { ...party, email: 'mina@quokka.example' },
    shipping: party,
    lines: [line('1', '11', 'MUG-11', 1), line('2', '22/23', 'MUG-22/23', 2)],
    shippingMinor: 490,
    paymentMethod: 'bacs',
    createdAt: modifiedAt,
    modifiedAt,
    paidAt: modifiedAt,
    completedAt: null,
    refunds: [],
    ...facts,
  };
};

/** The same, as it comes to us. */
export const externalOrder = ({ id, modifiedAt, lines }: SimulatedOrder): ExternalOrder => {
  const address = {
    ...{ name: 'Mina Quokka', company: null, lines: ['7 Quokka Street'], city: 'Lyon', region: null, postalCode: null },
    ...{ countryCode: 'FR', phone: null, email: null },
  };
  return {
    externalId: id,
    externalNumber: id,
    updatedAt: modifiedAt,
    currency: 'EUR',
    customer: { externalId: '5', name: 'Mina Quokka', email: 'mina@quokka.example', phone: null },
    shippingAddress: address,
    billingAddress: address,
    lines: lines.map(({ id: lineId, itemId, sku, name, quantity, taxMinor }) => ({
      ...{ sku, name, quantity, unitPriceMinor: 1_000, taxMinor, discountMinor: 0, shipped: 0, cancelled: 0 },
      external: { lineId, variantId: itemId, sku },
    })),
    shippingMinor: 490,
    totals: { subtotalMinor: 3_000, discountMinor: 0, taxMinor: 570, shippingMinor: 490, totalMinor: 4_060 },
    paymentStatus: 'paid',
    paymentMethod: 'prepaid',
    tags: [],
    refundedMinor: 0,
    cancelReason: null,
    statuses: { order: 'processing' },
  };
};

export type WooWorld = SalesChannelWorld & {
  readonly shop: WooSimulator;
  readonly tick: () => Date;
  readonly close: () => Promise<void>;
};

/** A store on this machine, and our channel to it. */
export const wooWorld = async (
  tracking: TrackingWay = 'notes',
  around: (channel: SalesChannel) => SalesChannel = (channel) => channel,
): Promise<WooWorld> => {
  const { now, tick } = shopClock();
  const shop = await startWooSimulator({ now, tracking, post: async () => 200 });
  fillShelves(shop);
  const credentials = credentialsOf(shop.giveKeys());
  const channel = wooShop({ ...nearby, now })(shop.shopDomain, async () => ok(credentials));
  const place = (externalItemId: string) => ({ externalItemId, externalLocationId: null });
  const faults = { away: 'unavailable', unauthorized: 'unauthorized', lost: 'resetAfterSale' } as const;
  return {
    shop,
    tick,
    channel: around(channel),
    putOrder: ({ externalId, updatedAt }) => void shop.putOrder(simulatedOrder(externalId, updatedAt)),
    exampleOrder: (number) => externalOrder(simulatedOrder(number, tick())),
    places: [place('11'), place('22/23')],
    setStock: ({ externalItemId }, available) => shop.setStock(externalItemId, available),
    variants,
    toldOf: shop.trackingNumbers,
    spoilOrder: shop.spoilOrder,
    webhooks: () => shop.webhooks().map(({ topic, deliveryUrl }) => ({ topic, address: deliveryUrl })),
    addWebhook: ({ topic, address }) =>
      shop.putWebhook({ name: 'Another', status: 'active', topic, deliveryUrl: address, secret: 'SECRETwombat' }),
    dropWebhook: shop.dropWebhook,
    breakDown: (fault) => shop.breakDown(faults[fault]),
    mend: shop.mend,
    close: shop.close,
  };
};
