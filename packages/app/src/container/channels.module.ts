import { shopifyAuthorizer, shopifyReader, shopifyShop, usualScopes } from '@rappit/channels/shopify';
import { wooAuthorizer, wooReader, wooShop } from '@rappit/channels/woocommerce';
import type { ChannelKind, GuardedFetch, OpenShop, ShopConnection, ShopConnections } from '@rappit/domain';
import { type ShopBreakers, shopBreakers } from '@rappit/resilience';
import { prefixOf } from '../api-prefix.js';
import type { Config } from '../config.js';
import { alsoSimulated, throughThisServer } from '../staging/around-simulated.js';
import { wiring } from './provide.js';
import type { Settings } from './settings.js';
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
    (settings, guard, breakers): ShopConnections => {
      const { simulatedShops: simulated } = settings;
      const world = {
        settings,
        breakers,
        guard: simulated ? alsoSimulated(simulated, guard) : guard,
      };
      return { shopify: shopifyOver(world), woocommerce: wooCommerceOver(world) };
    },
  );
});

const now = (): Date => new Date();

/** One breaker for each shop: it is down, or slow, for whoever asks. */
const behindBreakers =
  (open: OpenShop, breakers: ShopBreakers): OpenShop =>
  (shopDomain, credentials) =>
    breakers.around(shopDomain, open(shopDomain, credentials));

/** Where a shop of that kind sends its owner, or its keys, back to. */
export const oauthAddress = ({ publicUrl, apiPrefix }: Pick<Config, 'publicUrl' | 'apiPrefix'>, kind: ChannelKind): string =>
  `${publicUrl}${prefixOf(apiPrefix)}/oauth/${kind}/callback`;

type World = { readonly settings: Settings; readonly guard: GuardedFetch; readonly breakers: ShopBreakers };

/** Without an app of ours an owner's consent counts for nothing; keys of the owner's own app do. */
const shopifyOver = ({ settings: { config, shopifyApp, simulatedShops }, guard: { send }, breakers }: World): ShopConnection => {
  const { clientId = '', clientSecret = '', previousSecret = null } = shopifyApp ?? {};
  const app = { clientId, clientSecret, scopes: usualScopes, redirectUri: oauthAddress(config, 'shopify') };
  const simulated = simulatedShops?.shopify;
  const world = {
    send,
    ...(simulated && {
      originOf: (shop: string) => (shop === simulated.shop ? `${simulated.baseUrl}/${shop}` : `https://${shop}`),
    }),
  };
  const authorizer = shopifyAuthorizer({ ...world, app, now });
  return {
    authorizer: simulated ? throughThisServer(authorizer, simulated, config.publicUrl) : authorizer,
    open: behindBreakers(shopifyShop(world), breakers),
    consent: shopifyApp !== null,
    appSecrets: [clientSecret, ...(previousSecret === null ? [] : [previousSecret])].filter((secret) => secret !== ''),
  };
};

const wooCommerceOver = ({ settings: { config, simulatedShops }, guard, breakers }: World): ShopConnection => {
  const simulated = simulatedShops?.woocommerce;
  const world = {
    guard,
    ...(simulated && { baseUrlOf: (shop: string) => (shop === simulated.shop ? simulated.baseUrl : `https://${shop}`) }),
  };
  const authorizer = wooAuthorizer({
    ...world,
    appName: 'Rappit',
    callbackUrl: oauthAddress(config, 'woocommerce'),
    returnUrl: `${config.appUrl}/channels`,
  });
  return {
    authorizer: simulated ? throughThisServer(authorizer, simulated, config.publicUrl) : authorizer,
    open: behindBreakers(wooShop(world), breakers),
    consent: true,
    appSecrets: null,
  };
};
