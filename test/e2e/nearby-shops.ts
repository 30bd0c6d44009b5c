import type { GuardedFetch, OutboundRequest } from '@rappit/domain';
import { alsoNearby, guardedFetch } from '@rappit/outbound/guarded';

/** Sees each request to a shop before it is sent, and may keep it waiting. */
export type Watch = (request: OutboundRequest) => Promise<void>;

const SHOPIFY = /^https:\/\/([a-z0-9-]+\.myshopify\.com)\//;
const NEARBY = /^https:(\/\/127\.0\.0\.1:\d+)/;

/** Where a shop is reached on this machine: Shopify's below its simulator, a store at its own port, without TLS. */
export const nearbyUrl = (url: string, shopifyBaseUrl: string): string =>
  url.replace(SHOPIFY, (_, domain: string) => `${shopifyBaseUrl}/${domain}/`).replace(NEARBY, 'http:$1');

/** The guard of a developer's machine, behind which shops are simulated ones. */
export const nearbyShops = (shopifyBaseUrl: string, watch: Watch = async () => undefined): GuardedFetch => {
  const guard = guardedFetch({ policy: alsoNearby });
  return {
    check: (url) => guard.check(nearbyUrl(url, shopifyBaseUrl)),
    send: async (request) => {
      await watch(request);
      return guard.send({ ...request, url: nearbyUrl(request.url, shopifyBaseUrl) });
    },
  };
};
