import { type AuthorizationInvalid, type ChannelAuthorizer, type Err, err, ok } from '@rappit/domain';
import { credentialsIn, credentialsText, isToken } from './credentials.js';
import { graphqlClient } from './graphql-client.js';
import { type ShopifyWorld, USUAL_DEADLINE_MS, usualOrigin } from './options.js';
import { pace } from './pacing.js';
import { provesQuery, type Query, queryIn } from './query-proof.js';
import { unauthorized, unavailable } from './refusals.js';
import { shopDomainIn } from './shop-domain.js';
import { check } from './shopify-shop.js';
import { askForToken } from './tokens.js';

/** Our app, as it is registered with Shopify. */
export type ShopifyApp = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What owners are asked for. Whoever grants less isn't connected. */
  readonly scopes: readonly string[];
  /** Where Shopify sends the owner's browser back to; it has to be registered. */
  readonly redirectUri: string;
};

export type ShopifyAuthorizerOptions = ShopifyWorld & { readonly app: ShopifyApp; readonly now: () => Date };

/** What an order hub needs, for its own and for the merchants' fulfilment. */
export const usualScopes: readonly string[] = [
  'read_orders',
  'read_products',
  'read_locations',
  'read_inventory',
  'write_inventory',
  'read_merchant_managed_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
];

/** How far from now a query may have been signed, either way. Shopify's own library takes as much. */
const SIGNED_WITHIN_MS = 90_000;

/**
 * Shopify's authorization code flow, with tokens that end.
 * - What the browser brings back counts only when Shopify signed it, just now, for the very shop that was begun with.
 * - A pair is replaced whole. While the new one hasn't been used the old refresh token stays good, so an answer that was lost is asked for
 *   again, and a renewal that came to nothing may be repeated with the pair that there is.
 */
export const shopifyAuthorizer = (options: ShopifyAuthorizerOptions): ChannelAuthorizer => {
  const { app, now, send, originOf = usualOrigin, deadlineMs = USUAL_DEADLINE_MS } = options;
  const { monotonicMs = () => performance.now() } = options;
  const tokenUrl = (shopDomain: string): string => `${originOf(shopDomain)}/admin/oauth/access_token`;
  const ours = { client_id: app.clientId, client_secret: app.clientSecret };
  return {
    kind: 'shopify',
    broughtBy: 'browser',
    keys: ['accessToken'],
    start: (shop, state) => {
      const shopDomain = shopDomainIn(shop);
      if (shopDomain === null) return err({ code: 'channel.shop_domain_invalid' });
      const asked = { client_id: app.clientId, scope: app.scopes.join(','), redirect_uri: app.redirectUri, state };
      return ok({ shopDomain, url: `${originOf(shopDomain)}/admin/oauth/authorize?${new URLSearchParams(asked)}` });
    },
    stateOf: ({ state }) => (typeof state === 'string' ? state : undefined),
    finish: async (shopDomain, brought) => {
      const query = queryIn(brought);
      if (!query || !isSound(query, { shopDomain, app, at: now() })) return invalid;
      const body = { ...ours, code: query['code'] ?? '', expiring: '1' };
      const token = await askForToken(send, { url: tokenUrl(shopDomain), body, deadlineMs, at: now() });
      if (!token.ok) return token.error.code === 'shop.unauthorized' ? invalid : token;
      const { scopes, ...granted } = token.value;
      if (!app.scopes.every((scope) => includes(scopes, scope))) return invalid;
      const credentials = async () => ok(granted.credentials);
      const proven = await check(graphqlClient({ ...options, shopDomain, credentials, pace: pace(monotonicMs) }), shopDomain);
      return proven.ok ? ok(granted) : proven;
    },
    renew: async (shopDomain, kept) => {
      const refreshToken = credentialsIn(kept)?.refreshToken ?? null;
      if (refreshToken === null) return unauthorized();
      const until = monotonicMs() + deadlineMs;
      const body = { ...ours, grant_type: 'refresh_token', refresh_token: refreshToken };
      const ask = (timeMs: number) => askForToken(send, { url: tokenUrl(shopDomain), body, deadlineMs: timeMs, at: now() });
      const first = await ask(Math.floor(deadlineMs / 2));
      const leftMs = Math.max(1, Math.floor(until - monotonicMs()));
      const token = !first.ok && first.error.code === 'shop.unknown_outcome' ? await ask(leftMs) : first;
      if (!token.ok) return token.error.code === 'shop.unknown_outcome' ? unavailable(token.error.message) : token;
      const { scopes: _, ...granted } = token.value;
      return ok(granted);
    },
    fromKeys: (shop, { accessToken }) => {
      const shopDomain = shopDomainIn(shop);
      if (shopDomain === null) return err({ code: 'channel.shop_domain_invalid' });
      const typed = accessToken?.trim() ?? '';
      if (!isToken(typed)) return err({ code: 'channel.credentials_invalid', field: 'accessToken' });
      return ok({ shopDomain, credentials: credentialsText({ accessToken: typed, refreshToken: null }) });
    },
  };
};

const invalid: Err<AuthorizationInvalid> = err({ code: 'authorization.invalid' });

type Begun = { readonly shopDomain: string; readonly app: ShopifyApp; readonly at: Date };

const isSound = (query: Query, { shopDomain, app, at }: Begun): boolean => {
  const { code, shop, timestamp } = query;
  if (!provesQuery(query, app.clientSecret)) return false;
  const signedAt = /^\d{1,12}$/.test(timestamp ?? '') ? Number(timestamp) * 1_000 : Number.NaN;
  return Math.abs(at.getTime() - signedAt) <= SIGNED_WITHIN_MS && shopDomainIn(shop ?? '') === shopDomain && (code ?? '') !== '';
};

/** Shopify leaves out what follows from something else: whoever may write may read. */
const includes = (granted: readonly string[], scope: string): boolean =>
  granted.includes(scope) || (scope.startsWith('read_') && granted.includes(scope.replace('read_', 'write_')));
