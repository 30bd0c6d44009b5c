import { type OpenShop, ok, type Result, type ShopAskRefused, type ShopUnauthorized, type ShopUnavailable } from '@rappit/domain';
import { catalogue } from './catalogue.js';
import { noOf, type OpenSession, type WooOptions, type WooSession, wooClient } from './client.js';
import { orderById, ordersSince } from './orders.js';
import { showStock, stockShown } from './stock.js';
import { tellFulfilment } from './tracking.js';
import { dropWebhooks, ensureWebhooks } from './webhooks.js';

export type WooShopOptions = WooOptions & { readonly now?: () => Date };

/** A harmless call that needs the rights we need: one order, and of it only its id. */
export const proof = async (session: WooSession): Promise<Result<null, ShopAskRefused>> => {
  const answer = await session.ask('wc/v3/orders', { per_page: 1, _fields: 'id' });
  if (!answer.ok) return answer;
  return answer.value.isOk ? ok(null) : noOf(answer.value);
};

/**
 * WooCommerce's REST API v3, of each store at its own address. What is WooCommerce-shaped stops here. All stores that are opened by one of these
 * share its bound on requests to one store.
 */
export const wooShop = (options: WooShopOptions): OpenShop => {
  const open: OpenSession = wooClient(options);
  const now = options.now ?? (() => new Date());
  return (shopDomain, credentials) => {
    const during =
      (is: 'asking' | 'doing') =>
      async <Value, Refused>(
        work: (session: WooSession) => Promise<Result<Value, Refused>>,
      ): Promise<Result<Value, Refused | ShopUnauthorized | ShopUnavailable>> => {
        const session = await open(shopDomain, credentials, is);
        return session.ok ? work(session.value) : session;
      };
    const [asking, doing] = [during('asking'), during('doing')];
    const check = () => asking(proof);
    return {
      kind: 'woocommerce',
      supports: { compareAndSet: false, lookBackDays: null },
      orderById: (externalId) => asking((session) => orderById(session, externalId)),
      ordersSince: (cursor) => asking((session) => ordersSince(session, cursor)),
      catalogue: (cursor) => asking((session) => catalogue(session, cursor)),
      locations: async () => {
        const there = await check();
        return there.ok ? ok([]) : there;
      },
      stockShown: (places) => asking((session) => stockShown(session, places)),
      showStock: (_key, places) => doing((session) => showStock(session, places)),
      tellFulfilment: (fulfilment) => doing((session) => tellFulfilment(session, fulfilment, now().toISOString().slice(0, 10))),
      ensureWebhooks: (address, secret) => doing((session) => ensureWebhooks(session, address, secret)),
      dropWebhooks: (address) => doing((session) => dropWebhooks(session, address)),
      check,
    };
  };
};
