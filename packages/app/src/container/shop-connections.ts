import { shopifyAuthorizer, shopifyShop, usualScopes } from '@rappit/channels/shopify';
import { wooAuthorizer, wooShop } from '@rappit/channels/woocommerce';
import type { ChannelKind, GuardedFetch, OpenShop, ShopConnection, ShopConnections } from '@rappit/domain';
import type { ShopBreakers } from '@rappit/resilience';
import { prefixOf } from '../api-prefix.js';
import type { Config } from '../config.js';
import { alsoSimulated, throughThisServer } from '../staging/around-simulated.js';
import type { Settings } from './settings.js';

type Addresses = Pick<Config, 'publicUrl' | 'apiPrefix' | 'appUrl'>;

/** What shops are reached with. `guard` is for the real ones; of simulated ones only their own addresses are called beside it. */
export type ShopWorld = Pick<Settings, 'shopifyApp' | 'simulatedShops'> & {
  readonly config: Addresses;
  readonly guard: GuardedFetch;
  readonly breakers: ShopBreakers;
};

/** How shops of each kind are reached, each behind its own breaker. */
export const shopConnections = (world: ShopWorld): ShopConnections => {
  const { simulatedShops: simulated, guard } = world;
  const around = { ...world, guard: simulated ? alsoSimulated(simulated, guard) : guard };
  return { shopify: shopifyOver(around), woocommerce: wooCommerceOver(around) };
};

const now = (): Date => new Date();

/** One breaker for each shop: it is down, or slow, for whoever asks. */
const behindBreakers =
  (open: OpenShop, breakers: ShopBreakers): OpenShop =>
  (shopDomain, credentials) =>
    breakers.around(shopDomain, open(shopDomain, credentials));

/** Where a shop of that kind sends its owner, or its keys, back to. */
export const oauthAddress = ({ publicUrl, apiPrefix }: Pick<Config, 'publicUrl' | 'apiPrefix'>, kind: ChannelKind): string =>
  `${publicUrl}${prefixOf(apiPrefix)}/oauth/${kind}/callback`;

/** Without an app of ours an owner's consent counts for nothing; keys of the owner's own app do. */
const shopifyOver = ({ config, shopifyApp, simulatedShops, guard: { send }, breakers }: ShopWorld): ShopConnection => {
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

const wooCommerceOver = ({ config, simulatedShops, guard, breakers }: ShopWorld): ShopConnection => {
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
