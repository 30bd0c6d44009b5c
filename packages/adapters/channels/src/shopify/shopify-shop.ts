import { type OpenShop, ok, type Result, type ShopAskRefused } from '@rappit/domain';
import { object, required } from '../wire/reading.js';
import { text } from '../wire/scalars.js';
import { catalogue, locations } from './catalogue.js';
import { API_VERSION, SHOP } from './documents.js';
import { tellFulfilment } from './fulfilments.js';
import { graphqlClient, type ShopifyClient } from './graphql-client.js';
import type { ShopifyWorld } from './options.js';
import { orderById, ordersSince } from './orders.js';
import { paces } from './pacing.js';
import { readIn } from './page.js';
import { refused } from './refusals.js';
import { showStock } from './show-stock.js';
import { stockShown } from './stock.js';
import { dropWebhooks, ensureWebhooks } from './webhooks.js';

export type ShopifyShopOptions = ShopifyWorld & {
  /** Whether Shopify has granted the app orders of any age (`read_all_orders`). */
  readonly seesAllOrders?: boolean;
};

/** What an app sees without a permission of its own that Shopify gives to few. */
const LOOK_BACK_DAYS = 60;

/**
 * Shopify by its GraphQL Admin API. What is shaped like Shopify stops here.
 * - Stock is compared and set by Shopify; parcels are looked up by their number before they are told of.
 * - Deliveries are signed with the app's own secret, so webhooks need none of ours.
 */
export const shopifyShop = (options: ShopifyShopOptions): OpenShop => {
  const paceOf = paces(options.monotonicMs ?? (() => performance.now()));
  return (shopDomain, credentials) => {
    const client = graphqlClient({ ...options, shopDomain, credentials, pace: paceOf(shopDomain) });
    return {
      kind: 'shopify',
      supports: { compareAndSet: true, lookBackDays: options.seesAllOrders ? null : LOOK_BACK_DAYS },
      orderById: (externalId) => orderById(client, externalId),
      ordersSince: (cursor) => ordersSince(client, cursor),
      catalogue: (cursor) => catalogue(client, cursor),
      locations: () => locations(client),
      stockShown: (places) => stockShown(client, places),
      showStock: (key, places) => showStock(client, key, places),
      tellFulfilment: (fulfilment) => tellFulfilment(client, fulfilment),
      ensureWebhooks: (address) => ensureWebhooks(client, address),
      dropWebhooks: (address) => dropWebhooks(client, address),
      check: () => check(client, shopDomain),
    };
  };
};

const shopIn = object({ shop: required('shop', object({ domain: required('myshopifyDomain', text) })) });

/** Also says no when the shop answers in another version than ours, which means that ours is gone. */
export const check = async (client: ShopifyClient, shopDomain: string): Promise<Result<null, ShopAskRefused>> => {
  const told = readIn(await client.ask(SHOP, {}), shopIn);
  if (!told.ok) return told;
  if (told.value.shop.domain.toLowerCase() !== shopDomain) return refused('The credentials are for another shop.');
  const version = client.answeredIn();
  if (version !== null && version !== API_VERSION)
    return refused(`Shopify answers in version ${version} and not in ${API_VERSION}.`);
  return ok(null);
};
