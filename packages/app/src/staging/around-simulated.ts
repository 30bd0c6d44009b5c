import type { ChannelAuthorizer, GuardedFetch } from '@rappit/domain';
import type { SimulatedShopInHand, SimulatedShops } from './shop-window.js';

/** Calls the simulated shops on this machine, which the guard of everybody else would refuse, and nothing else there. */
export const alsoSimulated = ({ send, check, shopify, woocommerce }: SimulatedShops, guard: GuardedFetch): GuardedFetch => {
  const guardOf = (url: string): GuardedFetch =>
    [shopify, woocommerce].some(({ baseUrl }) => url.startsWith(`${baseUrl}/`) || url === baseUrl) ? { send, check } : guard;
  return { check: (url) => guardOf(url).check(url), send: (request) => guardOf(request.url).send(request) };
};

/** A browser reaches the simulated shop through this server. */
export const throughThisServer = (
  authorizer: ChannelAuthorizer,
  { kind, baseUrl }: SimulatedShopInHand,
  publicUrl: string,
): ChannelAuthorizer => ({
  ...authorizer,
  start: (shop, state) => {
    const way = authorizer.start(shop, state);
    if (!way.ok || !way.value.url.startsWith(`${baseUrl}/`)) return way;
    return { ...way, value: { ...way.value, url: `${publicUrl}/test/${kind}${way.value.url.slice(baseUrl.length)}` } };
  },
});
