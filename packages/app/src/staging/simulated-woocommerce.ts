import { type PostWebhook, type SimulatedOrder, startWooSimulator, type WooSimulator } from '@rappit/simulators/woocommerce';
import { buyer, goods, idsToSkip, OPENED_AT, SHOWN_STOCK, sold } from './goods.js';
import type { ShownOrder, SimulatedShopInHand } from './shop-window.js';

const STORE = 'store.rappit.example';

/** A WooCommerce store that has sold something already. */
export const simulateWooCommerce = async ({ post }: { readonly post: PostWebhook }) => {
  let now = (): Date => OPENED_AT;
  const store = await startWooSimulator({ now: () => now(), post });
  fill(store);
  now = () => new Date();
  store.skipIds(idsToSkip(now()));
  const inHand: SimulatedShopInHand = {
    kind: 'woocommerce',
    shop: STORE,
    baseUrl: store.baseUrl,
    look: () => ({
      kind: 'woocommerce',
      shop: STORE,
      goods: store.items().map(({ sku, name, stock }) => ({ sku, name, stock })),
      orders: store
        .orders()
        .map((order) => shownOf(store, order))
        .toReversed(),
    }),
    buy: (sku, quantity) => {
      const item = store.items().find((one) => one.sku === sku);
      const id = item && store.buy([{ itemId: item.id, quantity, priceMinor: priceOf(sku) }], whoBuys);
      const order = id === undefined ? undefined : store.order(id);
      return order && shownOf(store, order);
    },
  };
  return { inHand, store, deliver: store.deliver, close: store.close };
};

const priceOf = (sku: string): number => goods.find((one) => one.sku === sku)?.priceMinor ?? 1_000;

const fill = (store: WooSimulator): void => {
  for (const [index, { sku, barcode, name }] of goods.entries())
    store.putItem({ id: String(11 + index), sku, barcode, name, option: '', isVirtual: false, stock: SHOWN_STOCK });
  const itemOf = new Map(store.items().map(({ sku, id }) => [sku, id]));
  for (const lines of sold)
    store.buy(
      lines.map(({ sku, quantity }) => ({ itemId: itemOf.get(sku) ?? '', quantity, priceMinor: priceOf(sku) })),
      whoBuys,
    );
};

const party = {
  first_name: buyer.firstName,
  last_name: buyer.lastName,
  address_1: buyer.street,
  city: buyer.city,
  postcode: buyer.zip,
  country: buyer.countryCode,
};
const whoBuys = { billing: { ...party, email: buyer.email, phone: buyer.phone }, shipping: party };

const shownOf = (store: WooSimulator, { id, number, lines }: SimulatedOrder): ShownOrder => ({
  id,
  number,
  lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  trackingNumbers: store.trackingNumbers(id),
});
