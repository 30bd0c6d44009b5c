import {
  type AuthorizationInvalid,
  type ChannelAuthorizer,
  type Err,
  err,
  type Granted,
  ok,
  type Result,
  type ShopDoRefused,
} from '@rappit/domain';
import { type WooOptions, wooClient } from './client.js';
import { credentialsOf, isKey, isSecret } from './credentials.js';
import { overTls, shopDomainOf } from './store-url.js';
import { proof } from './woo-shop.js';

export type WooAuthorizerOptions = WooOptions & {
  /** How the store's owner knows us, on the page where they consent. */
  readonly appName: string;
  /** Where the store sends its keys (WooCommerce demands `https:`), and where the browser goes afterwards. */
  readonly callbackUrl: string;
  readonly returnUrl: string;
};

/**
 * Lets us into a store by the page on which its owner consents (`wc-auth`). The store then sends its keys to us by itself: unsigned, and
 * without saying which store it is. So `state` has to be good for one use and nobody's guess, and the keys are proven by calling that
 * store with them. They never end, and end with the user who consented.
 */
export const wooAuthorizer = (options: WooAuthorizerOptions): ChannelAuthorizer => {
  const { guard, baseUrlOf = overTls, appName, callbackUrl, returnUrl } = options;
  const open = wooClient(options);
  const proven = async (shopDomain: string, credentials: string): Promise<Result<Granted, ShopDoRefused>> => {
    const session = await open(shopDomain, async () => ok(credentials), 'asking');
    const there = session.ok ? await proof(session.value) : session;
    return there.ok ? ok({ credentials, expiresAt: null, renewableUntil: null }) : there;
  };
  return {
    kind: 'woocommerce',
    broughtBy: 'shop',
    keys: ['consumerKey', 'consumerSecret'],
    start: (shop, state) => {
      const shopDomain = shopDomainOf(shop, guard, baseUrlOf);
      if (shopDomain === undefined) return err({ code: 'channel.shop_domain_invalid' });
      const query = new URLSearchParams({
        app_name: appName,
        scope: 'read_write',
        user_id: state,
        return_url: returnUrl,
        callback_url: callbackUrl,
      });
      return ok({ shopDomain, url: `${baseUrlOf(shopDomain)}/wc-auth/v1/authorize?${query}` });
    },
    stateOf: ({ user_id: state }) => (typeof state === 'string' ? state : undefined),
    finish: async (shopDomain, brought) => {
      const { consumer_key: consumerKey, consumer_secret: consumerSecret, key_permissions: permissions } = brought;
      if (!isKey(consumerKey) || !isSecret(consumerSecret) || permissions !== 'read_write') return invalid;
      return proven(shopDomain, credentialsOf({ consumerKey, consumerSecret }));
    },
    renew: proven,
    fromKeys: (shop, { consumerKey, consumerSecret }) => {
      const shopDomain = shopDomainOf(shop, guard, baseUrlOf);
      if (shopDomain === undefined) return err({ code: 'channel.shop_domain_invalid' });
      const [key, secret] = [consumerKey?.trim(), consumerSecret?.trim()];
      if (!isKey(key)) return err({ code: 'channel.credentials_invalid', field: 'consumerKey' });
      if (!isSecret(secret)) return err({ code: 'channel.credentials_invalid', field: 'consumerSecret' });
      return ok({ shopDomain, credentials: credentialsOf({ consumerKey: key, consumerSecret: secret }) });
    },
  };
};

const invalid: Err<AuthorizationInvalid> = err({ code: 'authorization.invalid' });
