import { randomBytes } from 'node:crypto';
import { type SimulatedOrder, type SimulatedShop, startShopifySimulator } from '@rappit/simulators/shopify';
import type { ShopifyAppConfig } from '../shop-config.js';
import { buyer, goods, idsToSkip, OPENED_AT, SHOWN_STOCK, sold } from './goods.js';
import type { ShownOrder, SimulatedShopInHand } from './shop-window.js';

const DOMAIN = 'rappit-demo.myshopify.com';

/** An app that exists nowhere, where none is configured. */
export const madeUpApp = (): ShopifyAppConfig => ({
  clientId: randomBytes(16).toString('hex'),
  clientSecret: randomBytes(16).toString('hex'),
  previousSecret: null,
});

type Deps = {
  readonly app: ShopifyAppConfig;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
};

/** A Shopify with one shop in it, which has sold something already. */
export const simulateShopify = async ({ app, scopes, redirectUri }: Deps) => {
  let now = (): Date => OPENED_AT;
  const simulator = await startShopifySimulator({ ...app, scopes, redirectUri, now: () => now() });
  const shop = simulator.openShop(DOMAIN);
  fill(shop);
  now = () => new Date();
  shop.skipIds(idsToSkip(now()));
  const inHand: SimulatedShopInHand = {
    kind: 'shopify',
    shop: DOMAIN,
    baseUrl: simulator.baseUrl,
    look: () => ({
      kind: 'shopify',
      shop: DOMAIN,
      goods: shop.variants().map(({ sku, productTitle, inventoryItemId }) => ({
        sku: sku ?? '',
        name: productTitle,
        stock: shop.stockAt(inventoryItemId, shop.locations()[0]?.id ?? '') ?? null,
      })),
      orders: shop
        .orders()
        .map((order) => shownOf(shop, order))
        .toReversed(),
    }),
    buy: (sku, quantity) => {
      const variant = shop.variants().find((one) => one.sku === sku);
      return variant && shownOf(shop, shop.buy([{ variantId: variant.id, quantity, priceMinor: priceOf(sku) }], whoBuys));
    },
  };
  return { inHand, simulator, shop, deliveries: shop.deliveries, close: simulator.close };
};

const priceOf = (sku: string): number => goods.find((one) => one.sku === sku)?.priceMinor ?? 1_000;

const fill = (shop: SimulatedShop): void => {
  shop.addLocation('Shelf');
  for (const { sku, barcode, name: productTitle } of goods) shop.addVariant({ sku, barcode, productTitle }, SHOWN_STOCK);
  const variantOf = new Map(shop.variants().map(({ sku, id }) => [sku, id]));
  for (const lines of sold) {
    const bought = lines.map(({ sku, quantity }) => {
      const variantId = variantOf.get(sku);
      return { ...(variantId !== undefined && { variantId }), quantity, priceMinor: priceOf(sku) };
    });
    shop.buy(bought, whoBuys);
  }
  shop.buy([{ sku: 'ENGRAVING', title: 'Engraving, made for this order', quantity: 1, priceMinor: 900 }], whoBuys);
};

const address = {
  name: `${buyer.firstName} ${buyer.lastName}`,
  company: null,
  address1: buyer.street,
  address2: null,
  city: buyer.city,
  province: null,
  provinceCode: null,
  zip: buyer.zip,
  countryCode: buyer.countryCode,
  phone: buyer.phone,
};
const whoBuys = { email: buyer.email, shippingAddress: address, billingAddress: address };

const shownOf = (shop: SimulatedShop, { id, name, lines }: SimulatedOrder): ShownOrder => ({
  id,
  number: name,
  lines: lines.map(({ sku, quantity }) => ({ sku: sku ?? '', quantity })),
  trackingNumbers: shop
    .fulfilments(id)
    .flatMap(({ status, number }) => (status === 'SUCCESS' && number !== null ? [number] : [])),
});
