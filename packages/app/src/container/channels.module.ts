import { shopifyAuthorizer, shopifyReader, shopifyShop, usualScopes } from '@rappit/channels/shopify';
import { wooAuthorizer, wooReader, wooShop } from '@rappit/channels/woocommerce';
import type { GuardedFetch, OpenShop, ShopConnection, ShopConnections } from '@rappit/domain';
import { type ShopBreakers, shopBreakers } from '@rappit/resilience';
import { prefixOf } from '../api-prefix.js';
import type { Config } from '../config.js';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** Shops, each behind its own breaker, and how they are read and let us in. */
export const channelsModule = wiring((provide) => {
  provide(tokens.readers, [], () => ({ shopify: shopifyReader, woocommerce: wooReader }));
  provide(
    tokens.shopBreakers,
    [],
    () => shopBreakers(),
    (breakers) => breakers.close(),
  );
  provide(
    tokens.shopConnections,
    [tokens.settings, tokens.guardedFetch, tokens.shopBreakers],
    ({ config }, guard, breakers): ShopConnections => ({
      shopify: shopifyOver(config, guard, breakers),
      woocommerce: wooCommerceOver(config, guard, breakers),
    }),
  );
});

const now = (): Date => new Date();

/** One breaker for each shop: it is down, or slow, for whoever asks. */
const behindBreakers =
  (open: OpenShop, breakers: ShopBreakers): OpenShop =>
  (shopDomain, credentials) =>
    breakers.around(shopDomain, open(shopDomain, credentials));

const oauthAddress = ({ publicUrl, apiPrefix }: Config, kind: string): string =>
  `${publicUrl}${prefixOf(apiPrefix)}/oauth/${kind}/callback`;

/** Without an app of ours an owner's consent counts for nothing; keys of the owner's own app do. */
const shopifyOver = (config: Config, { send }: GuardedFetch, breakers: ShopBreakers): ShopConnection => {
  const { clientId = '', clientSecret = '', previousSecret = null } = config.shopifyApp ?? {};
  const app = { clientId, clientSecret, scopes: usualScopes, redirectUri: oauthAddress(config, 'shopify') };
  return {
    authorizer: shopifyAuthorizer({ send, app, now }),
    open: behindBreakers(shopifyShop({ send }), breakers),
    consent: config.shopifyApp !== null,
    appSecrets: [clientSecret, ...(previousSecret === null ? [] : [previousSecret])].filter((secret) => secret !== ''),
  };
};

const wooCommerceOver = (config: Config, guard: GuardedFetch, breakers: ShopBreakers): ShopConnection => ({
  authorizer: wooAuthorizer({
    guard,
    appName: 'Rappit',
    callbackUrl: oauthAddress(config, 'woocommerce'),
    returnUrl: `${config.appUrl}/channels`,
  }),
  open: behindBreakers(wooShop({ guard }), breakers),
  consent: true,
  appSecrets: null,
});
