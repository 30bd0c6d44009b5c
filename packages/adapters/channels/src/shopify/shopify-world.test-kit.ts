import { type Address, type ExternalOrder, type GuardedFetch, ok, type SalesChannel, type ShopPlace } from '@rappit/domain';
import { alsoNearby, guardedFetch } from '@rappit/outbound/guarded';
import {
  type ShopifySimulator,
  type SimulatedOrder,
  type SimulatedShop,
  type SimulatedVariant,
  startShopifySimulator,
} from '@rappit/simulators/shopify';
import type { SalesChannelWorld } from '@rappit/testing/contracts';
import { exampleAddress, fakeClock } from '@rappit/testing/fakes';
import { credentialsText } from './credentials.js';
import { type ShopifyShopOptions, shopifyShop } from './shopify-shop.js';
import { topics } from './webhooks.js';

export const app = {
  clientId: 'client-4711',
  clientSecret: 'SECRET-of-the-app-4711',
  scopes: ['read_orders', 'read_products', 'read_locations', 'write_inventory', 'write_merchant_managed_fulfillment_orders'],
};
export const shopDomain = 'quokka-mugs.myshopify.com';

const guard = guardedFetch({ policy: alsoNearby });

export type ShopifyScene = {
  readonly simulator: ShopifySimulator;
  readonly shop: SimulatedShop;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly open: (options?: Partial<ShopifyShopOptions>) => SalesChannel;
  readonly send: GuardedFetch['send'];
};

/** A simulated shop over real HTTP, which tells time by a clock of the test. */
export const shopifyScene = async (currency = 'EUR'): Promise<ShopifyScene> => {
  const clock = fakeClock();
  const simulator = await startShopifySimulator({ ...app, now: clock.now });
  const shop = simulator.openShop(shopDomain, currency);
  shop.addLocation('Berlin');
  const token = shop.token();
  const credentials = async () => ok(credentialsText({ accessToken: token, refreshToken: null }));
  const open = (options: Partial<ShopifyShopOptions> = {}): SalesChannel =>
    shopifyShop({ send: guard.send, originOf: simulator.originOf, ...options })(shopDomain, credentials);
  return { simulator, shop, clock, open, send: guard.send };
};

const numberIn = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

export const placeOf = (
  { shop }: Pick<ShopifyScene, 'shop'>,
  { inventoryItemId }: SimulatedVariant,
  locationId: string,
): ShopPlace => {
  if (shop.stockAt(inventoryItemId, locationId) === undefined) throw new Error('the variant is stocked there');
  return { externalItemId: inventoryItemId, externalLocationId: locationId };
};

/** The order in the shop's own books. Only what examples hold is taken over. */
const simulatedOrder = (order: ExternalOrder, locationId: string): SimulatedOrder => {
  const { customer } = order;
  const [firstName = null, lastName = null] = customer?.name?.split(' ') ?? [];
  return {
    id: numberIn(order.externalId),
    name: order.externalNumber ?? '',
    createdAt: order.updatedAt,
    updatedAt: order.updatedAt,
    cancelledAt: null,
    cancelReason: null,
    currency: order.currency,
    financialStatus: 'paid',
    email: null,
    phone: null,
    customer: customer && { id: numberIn(customer.externalId ?? ''), firstName, lastName, email: customer.email, phone: null },
    shippingAddress: order.shippingAddress && addressIn(order.shippingAddress),
    billingAddress: order.billingAddress && addressIn(order.billingAddress),
    gateways: ['shopify_payments'],
    tags: order.tags,
    shippingMinor: order.shippingMinor,
    refundedMinor: order.refundedMinor ?? 0,
    lines: order.lines.map(({ external, sku, name, quantity, unitPriceMinor, discountMinor, taxMinor }) => ({
      id: numberIn(external.lineId),
      variantId: external.variantId,
      sku,
      title: name ?? '',
      variantTitle: null,
      unitPriceMinor,
      discountMinor,
      taxMinor,
      quantity,
      current: quantity,
      locationId,
    })),
  };
};

const addressIn = ({ name, company, lines, city, region, postalCode, countryCode, phone }: Address) => ({
  ...{ name, company, city, phone, countryCode },
  address1: lines[0] ?? null,
  address2: lines[1] ?? null,
  province: null,
  provinceCode: region,
  zip: postalCode,
});

/** Order `#number` of two lines, changed a second later than the one before. */
export const exampleOrder = (number: string, updatedAt: Date, variantIds: readonly string[]): ExternalOrder => {
  const line = (sku: string, at: number, quantity: number): ExternalOrder['lines'][number] => ({
    ...{ sku, name: `A ${sku}`, quantity, unitPriceMinor: 1_250, taxMinor: 238, discountMinor: 100, shipped: 0, cancelled: 0 },
    external: { lineId: `gid://shopify/LineItem/${number}${at}`, variantId: variantIds[at] ?? null, sku },
  });
  const lines = [line('MUG', 0, 1), line('PLATE', 1, 2)];
  const subtotalMinor = 3 * 1_250;
  return {
    externalId: `gid://shopify/Order/${number}`,
    externalNumber: `#${number}`,
    updatedAt,
    currency: 'EUR',
    customer: { externalId: 'gid://shopify/Customer/5', name: 'Mina Okafor', email: 'mina@quokka.example', phone: null },
    shippingAddress: exampleAddress,
    billingAddress: null,
    lines,
    shippingMinor: 490,
    totals: {
      subtotalMinor,
      discountMinor: 200,
      taxMinor: 476,
      shippingMinor: 490,
      totalMinor: subtotalMinor - 200 + 476 + 490,
    },
    paymentStatus: 'paid',
    paymentMethod: 'prepaid',
    refundedMinor: 0,
    tags: ['gift'],
    cancelReason: null,
    statuses: { payment: 'paid' },
  };
};

export type ShopifyWorld = SalesChannelWorld & { readonly close: () => Promise<void> };

/** The world of the contract: five variants, of which one has no SKU and one no barcode. */
export const shopifyWorld = async (wrapped: (channel: SalesChannel) => SalesChannel): Promise<ShopifyWorld> => {
  const scene = await shopifyScene();
  const { simulator, shop, clock } = scene;
  const variants = [0, 1, 2, 3, 4].map((index) =>
    shop.addVariant(
      {
        sku: index === 1 ? null : `MUG-${index}`,
        barcode: index === 2 ? null : `400000000000${index}`,
        productTitle: 'Mug',
        title: `No. ${index}`,
      },
      index === 4 ? null : 10,
    ),
  );
  const [first, second] = variants;
  shop.addLocation('Rotterdam');
  const location = shop.locations()[0]?.id;
  if (!first || !second || location === undefined) throw new Error('there are variants and a location');
  const topicIn = new Map([...topics].map(([name, topic]) => [topic, name]));
  return {
    channel: wrapped(scene.open()),
    putOrder: (order) => shop.putOrder(simulatedOrder(order, location)),
    spoilOrder: (id) => shop.spoilOrder(numberIn(id)),
    places: [placeOf(scene, first, location), placeOf(scene, second, location)],
    setStock: ({ externalItemId }, available) => shop.setStock(externalItemId, location, available),
    variants: variants.map(({ id, inventoryItemId, tracked, sku, barcode, productTitle, title }) => ({
      externalVariantId: id,
      externalItemId: tracked ? inventoryItemId : null,
      sku,
      barcode,
      name: `${productTitle} - ${title}`,
    })),
    toldOf: (id) => shop.fulfilments(numberIn(id)).flatMap(({ number }) => number ?? []),
    webhooks: () => shop.webhooks().map(({ topic, uri }) => ({ topic: topicIn.get(topic) ?? topic, address: uri })),
    addWebhook: ({ topic, address }) => shop.addWebhook(topics.get(topic) ?? topic, address),
    dropWebhook: (topic) => shop.dropWebhooks(topics.get(topic) ?? topic),
    breakDown: simulator.breakDown,
    mend: simulator.mend,
    exampleOrder: (number) => {
      clock.advance(1_000);
      return exampleOrder(number, clock.now(), [first.id, second.id]);
    },
    close: simulator.close,
  };
};
