import { randomUUID } from 'node:crypto';
import { usualScopes } from '@rappit/channels/shopify';
import { alsoNearby, guardedFetch } from '@rappit/outbound/guarded';
import { shopBreakers } from '@rappit/resilience';
import type { PostWebhook } from '@rappit/simulators/woocommerce';
import { SECRET } from '../../../../../test/markers.js';
import { oauthAddress, shopConnections } from '../../container/shop-connections.js';
import type { SimulatedShops } from '../../staging/shop-window.js';
import { simulateShopify } from '../../staging/simulated-shopify.js';
import { simulateWooCommerce } from '../../staging/simulated-woocommerce.js';

/** What names lead to in these tests: `inside.example` into our network, every other nowhere. */
const names = async (name: string): Promise<readonly string[]> => (name === 'inside.example' ? ['10.0.0.7'] : []);

/** How the server is called from outside; it listens somewhere else. */
export const PUBLIC_URL = 'https://hub.example.com';

/** A simulated shop of each kind, wired as the app does, and the levers of both. What they send goes through `post`. */
export const simulatedWorld = async (post: PostWebhook = async () => 200) => {
  const config = { publicUrl: PUBLIC_URL, apiPrefix: '/api/v1', appUrl: 'https://desk.example.com' };
  const app = { clientId: `app-${randomUUID()}`, clientSecret: `${SECRET}-${randomUUID()}`, previousSecret: null };
  const [shopify, woo] = await Promise.all([
    simulateShopify({ app, scopes: usualScopes, redirectUri: oauthAddress(config, 'shopify') }),
    simulateWooCommerce({ post }),
  ]);
  const simulatedShops: SimulatedShops = {
    shopify: shopify.inHand,
    woocommerce: woo.inHand,
    ...guardedFetch({ policy: alsoNearby }),
  };
  const breakers = shopBreakers();
  return {
    simulatedShops,
    app,
    shopify: shopify.simulator,
    shop: shopify.shop,
    store: woo.store,
    connections: shopConnections({ config, shopifyApp: app, simulatedShops, breakers, guard: guardedFetch({ names }) }),
    close: async (): Promise<void> => {
      breakers.close();
      await Promise.all([shopify.close(), woo.close()]);
    },
  };
};
