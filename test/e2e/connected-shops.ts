import { randomBytes, randomUUID } from 'node:crypto';
import { OrganizationId } from '@rappit/domain';
import {
  type ShopifySimulator,
  type SignedDelivery,
  type SimulatedShop,
  startShopifySimulator,
} from '@rappit/simulators/shopify';
import { startWooSimulator, type WooSimulator } from '@rappit/simulators/woocommerce';
import pg from 'pg';
import { readConfig } from '../../packages/app/src/config.js';
import { type Swap, swap } from '../../packages/app/src/container/container.js';
import { tokens } from '../../packages/app/src/container/tokens.js';
import { type RunningApp, startApp } from '../../packages/app/src/start.js';
import { freshDatabase, type TestDatabase } from '../database.js';
import { SECRET } from '../markers.js';
import { type ApiClient, insist, registered } from './api-client.js';
import type { AppProcess } from './app-process.js';
import { nearbyShops, type Watch } from './nearby-shops.js';

/** Where shops believe that we are. */
const PUBLIC_URL = 'https://hub.example.com';
export const shopDomain = 'test-mugs.myshopify.com';

const shopifyApp = {
  clientId: 'client-4711',
  clientSecret: `${SECRET}-of-the-app-4711`,
  scopes: ['read_orders', 'read_products', 'read_locations', 'write_inventory', 'write_merchant_managed_fulfillment_orders'],
};

/** What an app on this database is told. The same for all replicas of one installation. */
export const environmentOn = (database: Pick<TestDatabase, 'appUrl' | 'doorUrl'>) => ({
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: database.appUrl,
  DATABASE_DOOR_URL: database.doorUrl,
  JWT_SECRET: randomBytes(32).toString('hex'),
  CREDENTIAL_KEY: randomBytes(32).toString('base64'),
  SHOPIFY_API_KEY: shopifyApp.clientId,
  SHOPIFY_API_SECRET: shopifyApp.clientSecret,
  PUBLIC_URL,
  SIMULATED_CARRIER: 'off',
  LOG_LEVEL: 'silent',
  PRESSURE_EVENT_LOOP_DELAY_MS: '0',
  RATE_LIMIT_AUTH_IP: 'off',
  RATE_LIMIT_AUTH_EMAIL: 'off',
  RATE_LIMIT_API_USER: 'off',
  RATE_LIMIT_API_ORG: 'off',
  RATE_LIMIT_WEBHOOK_IP: 'off',
  RATE_LIMIT_WEBHOOK_ORG: 'off',
});

export type ConnectedShops = {
  readonly database: TestDatabase;
  readonly admin: pg.Pool;
  readonly environment: ReturnType<typeof environmentOn>;
  readonly shopify: ShopifySimulator;
  /** The only one of Shopify's. It has one location, and sells nothing yet. */
  readonly shop: SimulatedShop;
  readonly woo: WooSimulator;
  readonly apps: readonly RunningApp[];
  /** One organization, at the nth app. */
  readonly at: (index: number) => ApiClient;
  readonly organizationId: OrganizationId;
  /** Sends what a shop has to tell to the nth app, as Shopify does; answers the status. */
  readonly deliver: (delivery: SignedDelivery, index?: number) => Promise<number>;
  /** One app more, the last of them. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type ShopsOptions = { readonly apps?: number; readonly seed?: number; readonly watch?: Watch };

const posted = async (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> => {
  const answer = await fetch(url, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return answer.status;
};

const clientAt = ({ url }: RunningApp): AppProcess => ({
  apiUrl: `${url}/api/v1`,
  kill: async () => undefined,
  said: () => '',
});

/** Apps over one PostgreSQL, an organization of theirs, and simulated shops of both kinds, all over HTTP; nothing is connected yet. */
export const connectedShops = async ({ apps: count = 1, seed = 1, watch }: ShopsOptions = {}): Promise<ConnectedShops> => {
  const database = await freshDatabase();
  const admin = new pg.Pool({ connectionString: database.superuserUrl, max: 2 });
  const shopify = await startShopifySimulator(shopifyApp);
  const shop = shopify.openShop(shopDomain);
  shop.addLocation('Berlin');
  const apps: RunningApp[] = [];
  const hub = (url: string, index = 0): string => url.replace(PUBLIC_URL, apps[index]?.url ?? '');
  const woo = await startWooSimulator({
    seed,
    post: ({ url, headers, body }) => posted(hub(url), headers, body),
  });
  const environment = environmentOn(database);
  const config = readConfig(environment);
  const swaps: readonly Swap[] = [swap(tokens.guardedFetch, nearbyShops(shopify.baseUrl, watch))];
  const start = async (): Promise<void> => void apps.push(await startApp(config, swaps));
  for (let index = 0; index < count; index += 1) await start();
  const appAt = (index: number): RunningApp => {
    const app = apps[index % apps.length];
    if (!app) throw new Error('an app was started');
    return app;
  };
  const first = await registered(clientAt(appAt(0)));
  const { id } = await first.get<{ id: string }>('/organization');
  return {
    database,
    admin,
    environment,
    shopify,
    shop,
    woo,
    apps,
    at: (index) => first.at(clientAt(appAt(index))),
    organizationId: OrganizationId(id),
    deliver: ({ address, headers, body }, index = 0) => posted(hub(address, index), headers, body),
    start,
    close: async () => {
      for (const app of apps) await app.stop();
      await shopify.close();
      await woo.close();
      await admin.end();
    },
  };
};

const must = async (client: ApiClient, path: string, body: unknown): Promise<Readonly<Record<string, unknown>>> => {
  const answer = await insist(client, path, body);
  if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${String(answer.body['code'])}`);
  return answer.body;
};

/** So many units of each SKU at one location. */
export const stocked = async (client: ApiClient, stock: Readonly<Record<string, number>>): Promise<string> => {
  const location = await must(client, '/locations', { code: 'A', name: 'A', priority: 1, active: true });
  for (const [sku, quantity] of Object.entries(stock)) {
    await must(client, '/items', { sku, name: sku });
    if (quantity > 0) await must(client, '/inventory/receipts', { sku, locationId: location['id'], quantity });
  }
  return String(location['id']);
};

const isSetUp = async ({ at, shop, woo }: ConnectedShops): Promise<boolean> => {
  const { data } = await at(0).get<{ data: { locations: unknown[] }[] }>('/channels');
  return shop.webhooks().length > 0 && woo.webhooks().length > 0 && data.every(({ locations }) => locations.length > 0);
};

/** Connects both shops by keys of their owners, and waits until they tell us of what happens there and we know what they sell. */
export const connectByKeys = async (shops: ConnectedShops): Promise<{ readonly shopifyId: string; readonly wooId: string }> => {
  const { shop, woo, at } = shops;
  const { consumerKey, consumerSecret } = woo.giveKeys();
  const ofShopify = { kind: 'shopify', name: 'Mugs', shopDomain, webhookSecret: shopifyApp.clientSecret };
  const ofWoo = { kind: 'woocommerce', name: 'Plates', shopDomain: woo.shopDomain, keys: { consumerKey, consumerSecret } };
  const one = await must(at(0), '/channels', { ...ofShopify, keys: { accessToken: shop.token() } });
  const other = await must(at(0), '/channels', ofWoo);
  const ids = { shopifyId: String(one['id']), wooId: String(other['id']) };
  while (!(await isSetUp(shops)));
  for (const id of Object.values(ids)) await synced(at(0), id);
  return ids;
};

export type Sync = {
  readonly status: string;
  readonly read: number;
  readonly failed: number;
  readonly problem: string | null;
  readonly finishedAt: string | null;
};

/** Has a shop read, and waits until that is done, however often it has to be tried. */
export const synced = async (client: ApiClient, channelId: string): Promise<Sync> => {
  const path = `/channels/${channelId}/sync`;
  const before = await client.get<Sync>(path);
  await client.post(path, undefined, randomUUID());
  for (;;) {
    const sync = await client.get<Sync>(path);
    if (sync.status === 'done' && sync.finishedAt !== before.finishedAt) return sync;
  }
};
