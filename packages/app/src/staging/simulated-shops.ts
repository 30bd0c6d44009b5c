import { usualScopes } from '@rappit/channels/shopify';
import { alsoNearby, guardedFetch, systemNames } from '@rappit/outbound/guarded';
import { type PostWebhook, postOverHttp } from '@rappit/simulators/woocommerce';
import type { ShopifyAppConfig } from '../shop-config.js';
import type { SimulatedShops } from './shop-window.js';
import { simulateShopify } from './simulated-shopify.js';

export { madeUpApp } from './simulated-shopify.js';

import { simulateWooCommerce } from './simulated-woocommerce.js';

type Deps = {
  readonly app: ShopifyAppConfig;
  /** Where this server is reached: nothing else is called by the shops, whoever asks them to. */
  readonly publicUrl: string;
  readonly redirectUri: string;
};

const EVERY_MS = 300;

/** A shop of each kind on this machine, and somebody who brings what they tell. What they know is forgotten with the process. */
export const startSimulatedShops = async ({ app, publicUrl, redirectUri }: Deps) => {
  const post: PostWebhook = async (request) => (isOurs(request.url, publicUrl) ? postOverHttp(request) : 0);
  const [shopify, store] = await Promise.all([
    simulateShopify({ app, scopes: usualScopes, redirectUri }),
    simulateWooCommerce({ post }),
  ]);
  const nearby = guardedFetch({ policy: alsoNearby, names: systemNames });
  let stopped = false;
  let round: Promise<unknown> = Promise.resolve();
  const bring = async (): Promise<void> => {
    for (const { address, headers, body } of shopify.deliveries()) await post({ url: address, headers, body });
    await store.deliver();
  };
  const next = (): void => {
    if (!stopped) round = bring().then(() => void setTimeout(next, EVERY_MS).unref());
  };
  next();
  return {
    shops: { shopify: shopify.inHand, woocommerce: store.inHand, ...nearby } satisfies SimulatedShops,
    close: async (): Promise<void> => {
      stopped = true;
      await Promise.all([shopify.close(), store.close()]);
      await round;
    },
  };
};

const isOurs = (url: string, publicUrl: string): boolean =>
  URL.canParse(url) && new URL(url).origin === new URL(publicUrl).origin;
