import type { Channel, ChannelKind, Location, Page } from '@rappit/domain';
import { type Api, apiOf } from '../calling/api-caller.js';
import { goods } from '../staging/goods.js';
import type { SimulatedShopInHand } from '../staging/shop-window.js';

type Deps = {
  /** Of the API, prefix and all. */
  readonly baseUrl: string;
  readonly token: string;
  readonly shops: Readonly<Record<ChannelKind, Pick<SimulatedShopInHand, 'shop'>>>;
};

/** What there is of each, the first time. */
const STOCK = 40;

/**
 * Does what a newcomer would: keeps the goods that the simulated shops sell, with some stock, and connects both shops over HTTP by their owners'
 * consent. Done again it adds nothing, and connects them anew, since simulated shops forget whom they let in.
 */
export const connectShops = async ({ baseUrl, token, shops }: Deps): Promise<readonly Channel[]> => {
  const api = apiOf(baseUrl, token);
  await keepGoods(api);
  await toShopify(baseUrl, token, shops.shopify.shop);
  await toWooCommerce(api, shops.woocommerce.shop);
  return (await api.get<Page<Channel>>('/channels')).data;
};

const keepGoods = async (api: Api): Promise<void> => {
  const added: string[] = [];
  for (const { sku, name, barcode } of goods)
    if ((await api.ask('POST', '/items', { sku, name, barcode, weightGrams: 400 })).status === 201) added.push(sku);
  if (added.length === 0) return;
  const { data } = await api.get<Page<Location>>('/locations');
  const location = data[0] ?? (await api.post<Location>('/locations', { code: 'DEMO', name: 'Demo warehouse', address }));
  for (const sku of added) await api.post('/inventory/receipts', { sku, locationId: location.id, quantity: STOCK });
};

const address = {
  name: 'Demo warehouse',
  lines: ['Hafenweg 1'],
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
  phone: '+49 30 5550199',
};

/** As a browser goes: it keeps the cookie, follows the shop's page, and brings back what it was given there. */
const toShopify = async (baseUrl: string, token: string, shop: string): Promise<void> => {
  const begun = await fetch(`${baseUrl}/oauth/shopify/start?shop=${shop}`, { headers: { authorization: `Bearer ${token}` } });
  const { url } = (await begun.json()) as { readonly url?: string };
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const consented = await fetch(url ?? '', { redirect: 'manual' });
  const back = consented.headers.get('location') ?? '';
  const finished = await fetch(back, { headers: { cookie }, redirect: 'manual' });
  const where = finished.headers.get('location') ?? '';
  if (!where.includes('connected=')) throw new Error(`${shop} was not connected: ${where}`);
};

/** The owner follows "Approve", and the store brings its keys by itself. */
const toWooCommerce = async (api: Api, shop: string): Promise<void> => {
  const { url } = await api.post<{ readonly url: string }>('/oauth/woocommerce/start', { storeUrl: shop });
  const approved = await fetch(url.replace('/authorize?', '/access_granted?'), { redirect: 'manual' });
  if (approved.status !== 302) throw new Error(`${shop} was not connected: ${await approved.text()}`);
};
